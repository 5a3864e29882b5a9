import Catalog

extension EntryTable {
  /// The table for people.
  var text: String {
    ([title]
      + entries.map { entry in
        var lines = ["  \(entry.name): \(entry.summary)"]
        if !entry.formula.isEmpty { lines.append("      \(entry.formula)") }
        if !entry.source.isEmpty { lines.append("      \(entry.source)") }
        if let base = entry.presetOf { lines.append("      a preset of \(base)") }
        lines += entry.parameters.map { parameter in
          "      \(parameter.name): \(parameter.summary) (\(parameter.limits))"
        }
        return lines.joined(separator: "\n")
      }).joined(separator: "\n")
  }
}

extension Parameter {
  /// What values it takes, and which when none is given.
  fileprivate var limits: String {
    let standard = defaultValue.map { "default \($0.canonicalJSON)" } ?? "required"
    return [type.range, standard].filter { !$0.isEmpty }.joined(separator: "; ")
  }
}

extension ParameterType {
  /// The values in words; empty where the type has no bounds of its own.
  fileprivate var range: String {
    switch self {
    case .boolean: "true | false"
    case .real(let interval): interval.description
    case .integer(let bounds): "from \(bounds.lowerBound) to \(bounds.upperBound)"
    case .choice(let words): words.joined(separator: " | ")
    case .list(let element, let count):
      "a list of \(count.lowerBound) to \(count.upperBound)"
        + (element.range.isEmpty ? "" : ", each \(element.range)")
    case .entry(let table), .entries(let table):
      (table.bareParameter.map { $0.type.range + ", or " } ?? "") + "a \(table.title)"
    case .group, .text: ""
    }
  }
}
