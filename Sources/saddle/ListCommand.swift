import ArgumentParser
import Catalog
import Reporting
import Runner

struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Shows what an experiment file can name: losses, penalties, metrics, data sets, …",
    usage: "saddle list [<table>] [<entry>] [--json | --markdown]",
    discussion: """
      'saddle list' shows the names, 'saddle list losses' a table with formulas, sources and settings, \
      'saddle list hinge' an entry of whatever table, 'saddle list layer batch' that of one, and \
      'saddle list experiments' the files of Experiments/ with their questions.
      """)

  @Argument(help: "A table, an entry, or a table and an entry of it; or 'experiments'.")
  var words: [String] = []

  @Flag(help: "Writes one JSON document.")
  var json = false

  @Flag(help: "Writes Markdown: of all tables docs/objectives.md, or the part of it on one table.")
  var markdown = false

  func validate() throws {
    if words.count > 2 { throw ValidationError("Give a table and an entry at most.") }
    if json, markdown { throw ValidationError("Give '--json' or '--markdown', not both.") }
    if markdown, isOfExperiments || words.count > 1 {
      throw ValidationError("'--markdown' takes no more than a table.")
    }
  }

  func run() throws {
    if isOfExperiments {
      let list = ExperimentList(try ExperimentFolder.entries())
      return json ? StandardOutput.print(list.json) : StandardOutput.print(list.text)
    }
    let index = RunSchema.tables
    let selection = try ListSelection(words, in: index)
    if json { return StandardOutput.print(.list(selection.tables(of: index).map(\.json))) }
    if markdown { return StandardOutput.write(try page(selection, index)) }
    let screen = TableScreen(
      index: index, columns: TerminalText.columns(of: StandardOutput.columns))
    switch selection {
    case .everything: StandardOutput.print(screen.overview)
    case .table(let table): StandardOutput.print(screen.text(table))
    case .entries(let tables): StandardOutput.print(screen.entries(tables))
    }
  }

  private var isOfExperiments: Bool { ["experiments", "experiment"].contains(words.first) }

  private func page(_ selection: ListSelection, _ index: TableIndex) throws -> String {
    let page = DefinitionsPage(index)
    switch selection {
    case .everything: return page.markdown
    case .table(let table): return page.markdown(of: table)
    case .entries: throw UsageError("'--markdown' takes a table, not an entry")
    }
  }
}
