import Catalog
import Records

/// Formula, settings and source of every table entry that an arm uses, and of the metrics.
struct AppendixSection {
  /// What was asked.
  let plan: Plan
  /// Where the entries are described.
  let tables: [EntryTable]

  /// The title of the table of metrics, which arms do not mention.
  private static let metricTable = "metric"

  /// The section's text; nil when nothing is mentioned.
  var markdown: String? {
    var mentions: [Mention] = []
    let metrics = plan.metrics.compactMap { request in
      request.metric["name"]?.asText.map { Mention(table: Self.metricTable, entry: $0) }
    }.filter { mention in tables.contains { $0.title == mention.table } }
    for mention in plan.arms.flatMap(\.mentions) + metrics where !mentions.contains(mention) {
      mentions.append(mention)
    }
    guard !mentions.isEmpty else { return nil }
    var parts = ["## Appendix: definitions"]
    var unknown = mentions
    for table in tables {
      let entries = table.entries.filter {
        mentions.contains(Mention(table: table.title, entry: $0.name))
      }
      unknown.removeAll { mention in
        mention.table == table.title && entries.contains { $0.name == mention.entry }
      }
      guard !entries.isEmpty else { continue }
      let names = entries.map { Markdown.attribute($0.name) }.joined(separator: ", ")
      parts.append(
        Markdown.details(
          "<b>\(Markdown.attribute(table.title))</b>: \(names)",
          entries.map(describe).joined(separator: "\n\n")))
    }
    if !unknown.isEmpty {
      parts.append(
        "Not described here: "
          + unknown.map { "\(Markdown.escape($0.table)) \(Markdown.code($0.entry))" }
          .joined(separator: ", ") + ".")
    }
    return parts.joined(separator: "\n\n")
  }

  private func describe(_ entry: EntryDescription) -> String {
    var first = "**\(Markdown.escape(entry.name))**"
    if let base = entry.presetOf { first += " (preset of \(Markdown.code(base)))" }
    first += ": \(Markdown.escape(entry.summary))."
    if !entry.source.isEmpty { first += " Source: \(Markdown.source(entry.source))." }
    var parts = [first]
    if !entry.formula.isEmpty {
      parts.append(
        entry.formula.split(separator: ";").map {
          Markdown.code(String($0).trimmingSpaces)
        }.joined(separator: "<br>\n"))
    }
    if !entry.parameters.isEmpty {
      var table = MarkdownTable([
        ("Parameter", .left), ("Takes", .left), ("Default", .left), ("Meaning", .left),
      ])
      for parameter in entry.parameters {
        table.append([
          Markdown.code(parameter.name), Markdown.escape(parameter.type.words),
          parameter.defaultValue.map { Markdown.code($0.canonicalJSON) } ?? "required",
          Markdown.escape(parameter.summary),
        ])
      }
      parts.append(table.text)
    }
    return parts.joined(separator: "\n\n")
  }
}

extension ParameterType {
  /// What values the setting takes, in words.
  fileprivate var words: String {
    switch self {
    case .boolean: "true or false"
    case .integer(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
    case .real(let interval): interval.description
    case .choice(let words): words.joined(separator: ", ")
    case .text: "text"
    case .list(let type, _): "a list: \(type.words)"
    case .group: "a map"
    case .entry(let table):
      (table.bareParameter.map { $0.type.words + ", or " } ?? "") + "a \(table.title)"
    case .entries(let table): "any number of: \(table.title)"
    }
  }
}

extension String {
  /// The text without spaces at its ends.
  fileprivate var trimmingSpaces: String {
    var text = self[...]
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
