import Catalog

/// The documentation of every table, in Markdown: `docs/objectives.md`.
public struct DefinitionsPage {
  private let index: TableIndex
  private let addresses: [String: String]

  /// Describes the tables of an index.
  public init(_ index: TableIndex) {
    self.index = index
    var anchors = HeadingAnchors()
    for heading in [Self.title, "Contents", "Notation"] { _ = anchors.add(heading) }
    var addresses: [String: String] = [:]
    for table in index.all {
      addresses[table.title] = anchors.add(table.heading)
      for entry in index.own(table).entries {
        addresses[Self.key(table, entry)] = anchors.add(entry.name)
      }
    }
    self.addresses = addresses
  }

  private static let title = "What an experiment file can name"

  /// The whole page.
  public var markdown: String {
    let parts = [
      "# \(Self.title)",
      "*This page is what `saddle list --markdown` writes; `make docs` writes it again. Change the tables in `Sources`, not the page.*",
      "A setting takes an entry as its name alone or as a map with the entry's settings: `optimizer: sgd`, `optimizer: {name: sgd, rate: 0.01}`. [The guide to experiment files](EXPERIMENTS.md) tells how these are put together.",
      "## Contents", contents,
    ]
    return (parts + [notation].compactMap { $0 } + index.all.map(section))
      .joined(separator: "\n\n") + "\n"
  }

  /// The part of the page on one table.
  public func markdown(of table: EntryTable) -> String { section(table) + "\n" }

  private var contents: String {
    index.all.map { table in
      let entries = index.own(table).entries.map { entry in
        Markdown.link(Markdown.escape(entry.name), to: addresses[Self.key(table, entry)])
      }
      let heading = Markdown.link(Markdown.escape(table.heading), to: addresses[table.title])
      return "- \(heading): \(entries.joined(separator: ", "))"
    }.joined(separator: "\n")
  }

  private var notation: String? {
    let tables = Notation.all(of: index.all).compactMap(\.table)
    return tables.isEmpty ? nil : (["## Notation"] + tables).joined(separator: "\n\n")
  }

  // MARK: Tables

  private func section(_ table: EntryTable) -> String {
    let entries = index.own(table).entries.map { entry in
      let text = EntryMarkdown(words: table.words(of: entry)) { addresses[$0] }
      return (["### \(Markdown.escape(entry.name))", text.sentences] + text.details)
        .joined(separator: "\n\n")
    }
    let head = ["## \(Markdown.escape(table.heading))", setting(table), shared(table)]
    return (head.compactMap { $0 } + entries).joined(separator: "\n\n")
  }

  /// Which settings name entries of a table.
  private func setting(_ table: EntryTable) -> String? {
    index.settingsWords(of: table).map { Markdown.capitalized(Markdown.phrase($0)) + "." }
  }

  /// The entries that another table describes.
  private func shared(_ table: EntryTable) -> String? {
    let entries = index.shared(table).flatMap { other in
      other.entries.map { entry in
        Markdown.link(Markdown.escape(entry.name), to: addresses[Self.key(other, entry)])
      }
    }
    guard !entries.isEmpty else { return nil }
    return "Described above, and \(table.plural) too: \(entries.joined(separator: ", "))."
  }

  private static func key(_ table: EntryTable, _ entry: EntryDescription) -> String {
    "\(table.title)/\(entry.name)"
  }
}
