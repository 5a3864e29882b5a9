import Catalog

/// The experiments of a folder with their questions.
struct ExperimentList {
  private let entries: [ExperimentFolder.Entry]

  init(_ entries: [ExperimentFolder.Entry]) { self.entries = entries }

  /// The list for people.
  var text: String {
    if entries.isEmpty { return "no experiments in Experiments/" }
    let width = entries.map { TerminalText.width($0.name) }.max() ?? 0
    return entries.map { entry in
      let padding = String(repeating: " ", count: width - TerminalText.width(entry.name))
      let text = entry.validPlan?.question ?? "broken: \(entry.fault ?? "")"
      return "\(entry.name)\(padding)  \(text)"
    }.joined(separator: "\n")
  }

  /// The list for scripts.
  var json: Value {
    .list(
      entries.map { entry in
        .map([
          "name": .text(entry.name), "file": .text(entry.options.path),
          "question": entry.validPlan.map { .text($0.question) } ?? .null,
          "error": entry.fault.map(Value.text) ?? .null,
        ])
      })
  }
}
