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
    let mentions = mentions
    guard !mentions.isEmpty else { return nil }
    let described = tables.map { table in table.mentioned(mentions) }
      .filter { !$0.entries.isEmpty }
    let unknown = mentions.filter { mention in
      !described.contains { $0.title == mention.table && $0[mention.entry] != nil }
    }
    var parts = ["## Appendix: definitions"]
    parts += Notation.needed(by: described).compactMap(explain)
    parts += described.map { table in
      describe(table, mentions.filter { $0.table == table.title }.map(\.entry))
    }
    if !unknown.isEmpty {
      let words = unknown.map { "\(Markdown.escape($0.table)) \(Markdown.code($0.entry))" }
      parts.append("Not described here: \(words.joined(separator: ", ")).")
    }
    return parts.joined(separator: "\n\n")
  }

  /// What arms use, then the metrics that there are tables of, each once.
  private var mentions: [Mention] {
    let metrics = plan.metrics.compactMap { request in
      request.metric["name"]?.asText.map { Mention(table: Self.metricTable, entry: $0) }
    }.filter { mention in tables.contains { $0.title == mention.table } }
    return (plan.arms.flatMap(\.mentions) + metrics).reduce(into: []) { mentions, mention in
      if !mentions.contains(mention) { mentions.append(mention) }
    }
  }

  /// What signs mean, folded under them.
  private func explain(_ notation: Notation) -> String? {
    let signs = notation.symbols.map { Markdown.attribute($0.text) }.joined(separator: "; ")
    return notation.table.map { Markdown.details("<b>notation</b>: \(signs)", $0) }
  }

  /// A table's entries, folded under the names of those that are mentioned.
  private func describe(_ table: EntryTable, _ mentioned: [String]) -> String {
    let names = table.entries.map(\.name).filter(mentioned.contains)
      .map(Markdown.attribute).joined(separator: ", ")
    let entries = table.entries.map { entry in
      let text = EntryMarkdown(words: table.words(of: entry))
      let first = "**\(Markdown.escape(entry.name))**: \(text.sentences)"
      return ([first] + text.details).joined(separator: "\n\n")
    }
    return Markdown.details(
      "<b>\(Markdown.attribute(table.plural))</b>: \(names)", entries.joined(separator: "\n\n"))
  }
}

extension EntryTable {
  /// The entries that are mentioned, and those of which these are presets.
  fileprivate func mentioned(_ mentions: [Mention]) -> EntryTable {
    let names = mentions.filter { $0.table == title }.map(\.entry)
    let bases = names.compactMap { self[$0]?.presetOf }
    return filtered { (names + bases).contains($0.name) }
  }
}
