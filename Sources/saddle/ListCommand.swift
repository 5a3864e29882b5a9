import ArgumentParser
import Catalog
import Runner

struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Shows what an experiment file can name: losses, penalties, metrics, data sets, …",
    discussion: "'saddle list experiments' shows the files of Experiments/ with their questions.")

  @Argument(help: "A table, for example 'loss', or 'experiments'; all tables without it.")
  var table: String?

  @Flag(help: "Writes one JSON document.")
  var json = false

  func run() throws {
    if table == "experiments" || table == "experiment" {
      let list = ExperimentList(try ExperimentFolder.entries())
      return json ? StandardOutput.print(list.json) : StandardOutput.print(list.text)
    }
    let tables = try tables()
    if json {
      StandardOutput.print(.list(tables.map(\.json)))
    } else {
      StandardOutput.print(tables.map(\.text).joined(separator: "\n\n"))
    }
  }

  /// The tables that are asked for.
  private func tables() throws -> [EntryTable] {
    let all = RunSchema.tables.reduce(into: [EntryTable]()) { $1.append(to: &$0) }
    guard let table else { return all }
    guard let found = all.first(where: { Self.names($0.title).contains(table) }) else {
      throw UsageError(
        "no table '\(table)'; there are \(all.map(\.title).joined(separator: ", ")) "
          + "and experiments")
    }
    return [found]
  }

  /// What a table may be called: its title, with hyphens for blanks, in the singular and the plural.
  private static func names(_ title: String) -> [String] {
    let plurals = [title, title + "s", title + "es", title.dropLast() + "ies"]
    return plurals + plurals.map { $0.replacing(" ", with: "-") }
  }
}

extension EntryTable {
  /// Appends the table, then those that settings of its entries name entries of, each once.
  fileprivate func append(to tables: inout [EntryTable]) {
    if tables.contains(where: { $0.title == title }) { return }
    tables.append(self)
    for parameter in entries.flatMap(\.parameters) {
      switch parameter.type {
      case .entry(let table), .entries(let table): table.append(to: &tables)
      case .boolean, .integer, .real, .choice, .text, .list, .group: break
      }
    }
  }
}
