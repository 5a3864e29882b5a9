import Catalog

/// Tables and entries as a terminal shows them.
struct TableScreen {
  let index: TableIndex
  /// The width of the lines.
  let columns: Int

  /// The tables with the names of their entries, and how to see more.
  var overview: String {
    let width = (index.all.map { TerminalText.width($0.plural) }.max() ?? 0) + 2
    let tables = index.all.flatMap { table in
      TerminalText.wrapped(
        table.entries.map(\.name).joined(separator: ", "), to: columns,
        first: table.plural.padding(to: width), indent: width)
    }
    let example = index.all.first.flatMap { table in
      table.entries.first.map {
        "'\(command(table))' shows a table, 'saddle list \($0.name)' an entry"
      }
    }
    let hint = TerminalText.wrapped(
      (example.map { $0 + ", with formulas, sources and settings; " } ?? "")
        + "'saddle list experiments' shows the files of Experiments/", to: columns)
    return (tables + [""] + hint).joined(separator: "\n")
  }

  /// A table with all that its entries say, but for those that another table has.
  func text(_ table: EntryTable) -> String {
    let own = index.own(table)
    let entries = own.entries.map { entry(table.words(of: $0), $0.name) }
    return paragraphs(
      [heading(table)] + legend([own]) + entries + [shared(table), pointers([own])])
  }

  /// Some entries, each by itself with the table that it is one of.
  func entries(_ tables: [EntryTable]) -> String {
    let texts = tables.flatMap { table in
      let whole = index[table.title] ?? table
      return table.entries.map {
        entry(whole.words(of: $0, isAlone: true), "\(table.title) \($0.name)")
      }
    }
    return paragraphs(legend(tables) + texts + [pointers(tables)])
  }

  private func paragraphs(_ paragraphs: [[String]]) -> String {
    paragraphs.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n")
  }

  // MARK: Parts

  private func heading(_ table: EntryTable) -> [String] {
    let settings = index.settingsWords(of: table).map { " (\($0.plain))" } ?? ""
    return TerminalText.wrapped(table.heading + settings, to: columns)
  }

  /// The entries that other tables describe.
  private func shared(_ table: EntryTable) -> [String] {
    index.shared(table).flatMap { other in
      TerminalText.wrapped(
        "\(other.plural) are \(table.plural) too: "
          + other.entries.map(\.name).joined(separator: ", ") + "; '\(command(other))'",
        to: columns)
    }
  }

  private func entry(_ words: EntryWords, _ title: String) -> [String] {
    var lines = TerminalText.wrapped("\(title): \(words.summary)", to: columns, indent: 2)
    let players = words.formula.map(\.player.count).max() ?? 0
    for line in words.formula {
      let player = players > 0 ? line.player.padding(to: players + 2) : ""
      lines += TerminalText.wrappedFormula(
        line.text, to: columns, first: "  " + player, indent: 4 + player.count)
    }
    for phrase in [words.citation].compactMap({ $0 }) + words.remarks {
      lines += TerminalText.wrapped(phrase.plain, to: columns, first: "  ", indent: 4)
    }
    let names = words.parameters.map { TerminalText.width($0.name) }.max() ?? 0
    for parameter in words.parameters {
      lines += TerminalText.wrapped(
        parameter.plainWords, to: columns, first: "  " + parameter.name.padding(to: names + 2),
        indent: names + 4)
    }
    return lines
  }

  /// What the signs in the tables' formulas mean.
  private func legend(_ tables: [EntryTable]) -> [[String]] {
    Notation.needed(by: tables).filter { !$0.symbols.isEmpty }.map { notation in
      let width = (notation.symbols.map { TerminalText.width($0.text) }.max() ?? 0) + 2
      return TerminalText.wrapped(notation.note, to: columns)
        + notation.symbols.flatMap { symbol in
          TerminalText.wrapped(
            symbol.meaning, to: columns, first: "  " + symbol.text.padding(to: width),
            indent: width + 2)
        }
    }
  }

  /// Where the tables are shown that settings point to.
  private func pointers(_ tables: [EntryTable]) -> [String] {
    let titles = tables.flatMap(\.entries).flatMap(\.parameters).flatMap(\.type.words.tables)
    return index.all.filter { titles.contains($0.title) }.map {
      "\($0.plural): \(command($0))"
    }
  }

  private func command(_ table: EntryTable) -> String {
    "saddle list \(table.plural.replacing(" ", with: "-"))"
  }
}

extension Parameter {
  /// The meaning, what values it takes, and which when none is given.
  fileprivate var plainWords: String {
    let standard = defaultValue == nil ? "required" : "default \(defaultWords.plain)"
    return "\(summary) (\(type.words.plain); \(standard))"
  }
}

extension String {
  /// The text with spaces behind it up to a number of columns.
  fileprivate func padding(to columns: Int) -> String {
    self + String(repeating: " ", count: max(0, columns - TerminalText.width(self)))
  }
}
