import Foundation
import Records
import Runner

/// Results of benchmarks as a table whose rows come one by one.
struct BenchTable {
  /// A column of numbers.
  private struct Column: Sendable {
    let title: String
    /// Where a terminal is narrow, columns of the lowest rank are left out first.
    let rank: Int
    let text: @Sendable (BenchmarkResult) -> String
  }

  private static let columns = [
    Column(title: "median ms", rank: 4) { number($0.milliseconds) },
    Column(title: "quartiles ms", rank: 2) { "\(number($0.low))–\(number($0.high))" },
    Column(title: "GFLOP/s", rank: 3) { number($0.gigaflops) },
    Column(title: "of peak", rank: 4) { String(format: "%.0f %%", 100 * $0.share) },
    Column(title: "  MiB", rank: 3) { $0.memory.map { String(format: "%.0f", $0) } ?? "–" },
    Column(title: "allocations", rank: 1) { $0.allocations.map(count) ?? "not counted" },
    Column(title: "  digest", rank: 0) { String($0.digest.prefix(8)) },
  ]

  private let nameWidth: Int
  private let shown: [Column]

  /// - Parameters:
  ///   - names: the cases.
  ///   - columns: the width of the terminal; nil where there is none.
  init(names: [String], columns: Int?) {
    let nameWidth = (names + ["case"]).map(\.count).max() ?? 0
    func width(_ columns: [Column]) -> Int {
      columns.reduce(nameWidth) { $0 + 2 + $1.title.count }
    }
    var shown = Self.columns
    for rank in 0..<4 where width(shown) > columns ?? .max { shown.removeAll { $0.rank == rank } }
    self.nameWidth = nameWidth
    self.shown = shown
  }

  /// The line above the rows: names of the columns with their units.
  var header: String { line("case", shown.map(\.title)) }

  /// The row of a result.
  func row(_ result: BenchmarkResult) -> String { line(result.name, shown.map { $0.text(result) }) }

  /// The line below the rows.
  func footer(_ document: BenchmarkDocument) -> String {
    "\(document.kernels) kernels, \(Count.text(document.threads, "thread")); a core's peak is "
      + "\(Self.number(document.peak)) GFLOP/s of multiply-adds"
  }

  private func line(_ name: String, _ cells: [String]) -> String {
    name.padding(toLength: nameWidth, withPad: " ", startingAt: 0)
      + zip(shown, cells).map { column, cell in
        String(repeating: " ", count: max(0, column.title.count - cell.count) + 2) + cell
      }.joined()
  }

  /// A positive number with four significant digits, or all before the point.
  private static func number(_ value: Double) -> String {
    let decimals = value < 10 ? 3 : value < 100 ? 2 : value < 1000 ? 1 : 0
    return String(format: "%.\(decimals)f", value)
  }

  private static func count(_ value: Double) -> String { String(format: "%g", value) }
}
