import Catalog
import Runner
import Testing

@testable import saddle

/// Tables as terminals of several widths show them.
@Suite struct TableScreenTests {
  private static let index = RunSchema.tables

  /// All screens at a width.
  private static func lines(_ columns: Int) -> [Substring] {
    let screen = TableScreen(index: index, columns: columns)
    let tables = index.all.map(screen.text)
    let entries = index.all.flatMap { table in
      table.entries.map { entry in screen.entries([table.filtered { $0.name == entry.name }]) }
    }
    return ([screen.overview] + tables + entries).flatMap { $0.split(separator: "\n") }
  }

  @Test(arguments: [60, 80, 120]) func linesFit(_ columns: Int) {
    for line in Self.lines(columns) where TerminalText.width(String(line)) > columns {
      // A word or a part of a formula that is too long for any line stands alone.
      let words = line.trimmingPrefix { $0 == " " }.split(separator: " ")
      #expect(words.count <= 1, "\(line)")
    }
  }

  /// Wrapping takes no word away and brings no other.
  @Test func wordsAreTheSameAtAnyWidth() {
    let narrow = Self.lines(60).flatMap { $0.split(separator: " ") }
    let wide = Self.lines(10_000).flatMap { $0.split(separator: " ") }
    #expect(narrow == wide)
    #expect(Self.lines(60).count > Self.lines(10_000).count)
  }

  @Test func widthOfATerminal() {
    #expect(TerminalText.columns(of: nil) == 80)
    #expect([10, 60, 120, 300].map { TerminalText.columns(of: $0) } == [40, 60, 120, 120])
  }

  @Test func formulasAreBrokenBehindCommas() {
    #expect(
      TerminalText.wrappedFormula("v = W u, u = W v", to: 12, first: "  ", indent: 4)
        == ["  v = W u,", "    u = W v"])
    #expect(
      TerminalText.wrappedFormula("aaaa + bbbb + cccc, d", to: 12, first: "  ", indent: 4)
        == ["  aaaa +", "    bbbb +", "    cccc, d"])
  }
}
