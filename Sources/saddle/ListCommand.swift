import ArgumentParser
import Catalog
import Runner

struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Shows what an experiment file can name: losses, penalties, metrics, data sets, …")

  @Argument(help: "A table, for example 'loss'; all tables without it.")
  var table: String?

  func run() throws {
    let tables = RunSchema.tables
    guard let table else { return print(tables.map(Self.text).joined(separator: "\n")) }
    guard let found = tables.first(where: { Self.names($0.title).contains(table) }) else {
      throw UsageError(
        "no table '\(table)'; there are \(tables.map(\.title).joined(separator: ", "))")
    }
    print(Self.text(found), terminator: "")
  }

  /// What a table may be called: its title, with hyphens for blanks, in the singular and the plural.
  private static func names(_ title: String) -> [String] {
    let plurals = [title, title + "s", title + "es", title.dropLast() + "ies"]
    return plurals + plurals.map { $0.replacing(" ", with: "-") }
  }

  private static func text(_ table: EntryTable) -> String {
    "\(table.title)\n"
      + table.entries.map { entry in
        var lines = ["  \(entry.name): \(entry.summary)"]
        if !entry.formula.isEmpty { lines.append("      \(entry.formula)") }
        if !entry.source.isEmpty { lines.append("      \(entry.source)") }
        lines += entry.parameters.map { "      \($0.name): \($0.summary)\(suffix($0))" }
        return lines.joined(separator: "\n") + "\n"
      }.joined()
  }

  private static func suffix(_ parameter: Parameter) -> String {
    let range: String
    switch parameter.type {
    case .real(let interval): range = interval.description
    case .integer(let bounds): range = "from \(bounds.lowerBound) to \(bounds.upperBound)"
    case .choice(let words): range = words.joined(separator: " | ")
    default: range = ""
    }
    let standard = parameter.defaultValue.map { "default \($0.canonicalJSON)" } ?? "required"
    return " (" + [range, standard].filter { !$0.isEmpty }.joined(separator: "; ") + ")"
  }
}
