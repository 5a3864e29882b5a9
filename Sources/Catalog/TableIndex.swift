/// Tables, those that settings of their entries name entries of, and the settings that name entries of each.
public struct TableIndex: Sendable {
  /// The tables in the order in which lists show them, each once.
  public let all: [EntryTable]
  private let settings: [(title: String, setting: Phrase)]

  /// Collects tables.
  ///
  /// - Parameters:
  ///   - tables: the tables to begin with.
  ///   - configuration: the settings of a run.
  ///   - others: further settings by the title of the table whose entries they name.
  public init(
    _ tables: [EntryTable], configuration: [Parameter], others: [(title: String, setting: String)]
  ) {
    var all: [EntryTable] = []
    let titles = tables.map(\.title)
    for table in tables { Self.append(table, to: &all, before: titles) }
    self.all = all
    let nested = all.flatMap { table in
      table.entries.filter { $0.presetOf == nil }.flatMap { entry in
        Self.settings(entry.parameters, path: "").map { title, path in
          (title: title, setting: Phrase([.code(path), .text(" of "), .code(entry.name)]))
        }
      }
    }
    settings =
      (Self.settings(configuration, path: "") + others.map { ($0.title, $0.setting) })
      .map { (title: $0, setting: Phrase.code($1)) } + nested
  }

  /// The settings that name entries of a table: dotted keys, and settings of entries.
  public func settings(of table: EntryTable) -> [Phrase] {
    settings.filter { $0.title == table.title }.map(\.setting)
  }

  /// `settings: critic.constraint, generator.constraint`; of many only the first few, and nil where no setting names
  /// entries of the table.
  public func settingsWords(of table: EntryTable) -> Phrase? {
    let settings = settings(of: table)
    guard let first = settings.first else { return nil }
    let selector =
      table.selector == "name"
      ? Phrase([]) : Phrase("; an entry is named by its key ") + .code(table.selector)
    if settings.count == 1 { return Phrase("setting: ") + first + selector }
    let shown =
      settings.count <= 6 ? settings : settings.prefix(4) + [Phrase("\(settings.count - 4) others")]
    return Phrase("settings: ") + Phrase.joined(shown, separator: ", ") + selector
  }

  /// The table of a title.
  public subscript(title: String) -> EntryTable? { all.first { $0.title == title } }

  /// The table that a word means: its title, in the singular or the plural, with hyphens or blanks, in any case; or the
  /// last part of a setting's key.
  public func table(called word: String) -> EntryTable? {
    let word = word.lowercased().replacing("-", with: " ")
    let named = all.first { [$0.title, $0.plural].contains(word) }
    return named
      ?? all.first { table in
        settings(of: table).contains { setting in
          setting.pieces.count == 1
            && setting.plain.split(separator: ".").last?.lowercased() == word
        }
      }
  }

  /// The entries of a table that no earlier table has: tables may share entries.
  public func own(_ table: EntryTable) -> EntryTable {
    table.filtered { home(of: $0, in: table).title == table.title }
  }

  /// The entries of a table that earlier tables have, as entries of these.
  public func shared(_ table: EntryTable) -> [EntryTable] {
    all.map { other in
      table.title == other.title
        ? other.filtered { _ in false }
        : other.filtered { entry in
          table[entry.name].map { home(of: $0, in: table).title == other.title } ?? false
        }
    }.filter { !$0.entries.isEmpty }
  }

  /// The first of the tables that has an entry.
  private func home(of entry: EntryDescription, in table: EntryTable) -> EntryTable {
    all.first { $0[entry.name]?.isSame(as: entry) ?? false } ?? table
  }

  /// Appends a table and those within, but for those that come by themselves.
  private static func append(
    _ table: EntryTable, to tables: inout [EntryTable], before titles: [String]
  ) {
    tables.append(table)
    for inner in table.entries.flatMap(\.parameters).flatMap(\.type.tables)
    where !titles.contains(inner.title) && !tables.contains(where: { $0.title == inner.title }) {
      append(inner, to: &tables, before: titles)
    }
  }

  /// The dotted keys of settings that name entries, with the tables' titles.
  private static func settings(
    _ parameters: [Parameter], path: String
  ) -> [(title: String, path: String)] {
    parameters.flatMap { parameter -> [(title: String, path: String)] in
      let key = path.isEmpty ? parameter.name : "\(path).\(parameter.name)"
      if case .group(let members) = parameter.type { return settings(members, path: key) }
      return parameter.type.tables.map { ($0.title, key) }
    }
  }
}

extension EntryDescription {
  /// Whether two entries say the same of themselves.
  fileprivate func isSame(as other: EntryDescription) -> Bool {
    name == other.name && summary == other.summary && formula == other.formula
      && source == other.source
  }
}

extension ParameterType {
  /// The tables that a value names entries of directly.
  var tables: [EntryTable] {
    switch self {
    case .boolean, .integer, .real, .choice, .text: []
    case .list(let element, _): element.tables
    case .group(let parameters): parameters.flatMap(\.type.tables)
    case .entry(let table), .entries(let table): [table]
    }
  }
}
