import Catalog
import Records

/// What the words behind `saddle list` mean.
enum ListSelection {
  /// Nothing in particular.
  case everything
  /// A whole table.
  case table(EntryTable)
  /// Entries of one name, in the tables that describe them.
  case entries([EntryTable])

  /// Finds a table, an entry in any tables, or a table's entry.
  ///
  /// - Throws: `UsageError` where there is no such table or entry.
  init(_ words: [String], in index: TableIndex) throws {
    guard let first = words.first else {
      self = .everything
      return
    }
    let table = index.table(called: first)
    if words.count == 1 {
      if let table {
        self = .table(table)
        return
      }
      let found = Self.entries(first, in: index)
      guard found.isEmpty else {
        self = .entries(found)
        return
      }
      throw UsageError("no table or entry '\(first)'" + Self.hint(first, index))
    }
    guard let table else {
      throw UsageError(
        "no table '\(first)'"
          + Spelling.hint(for: first, among: index.all.map(\.plural) + index.all.map(\.title)))
    }
    let name = words[1]
    guard table[name] != nil else {
      throw UsageError(
        "no \(table.title) '\(name)'" + Spelling.hint(for: name, among: table.entries.map(\.name)))
    }
    self = .entries([table.filtered { $0.name == name }])
  }

  /// The tables that are shown, with the entries that are shown of them.
  func tables(of index: TableIndex) -> [EntryTable] {
    switch self {
    case .everything: index.all
    case .table(let table): [table]
    case .entries(let tables): tables
    }
  }

  /// Entries of a name; those that several tables share are found in the first.
  private static func entries(_ name: String, in index: TableIndex) -> [EntryTable] {
    index.all.map { table in index.own(table).filtered { $0.name == name } }.filter {
      !$0.entries.isEmpty
    }
  }

  private static func hint(_ word: String, _ index: TableIndex) -> String {
    let tables = ["experiments"] + index.all.map(\.plural) + index.all.map(\.title)
    let names = tables + index.all.flatMap(\.entries).map(\.name)
    let hint = Spelling.hint(for: word, among: names)
    return hint.isEmpty
      ? "; there are: experiments, \(index.all.map(\.plural).joined(separator: ", "))" : hint
  }
}
