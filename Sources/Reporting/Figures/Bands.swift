import Records
import Statistics

/// A column of a history over seeds: the median and quartiles at each step, for one arm.
struct Bands: Sendable {
  /// One moment with at least one finite value.
  struct Point: Sendable {
    /// The generator step.
    let step: Int
    /// The median and the quartiles.
    let band: BandPoint
  }

  /// The moments in ascending order, at most `Bands.most` of them.
  let points: [Point]

  /// The most moments of a curve; longer histories are thinned evenly, both ends kept.
  private static let most = 60

  /// Sums up one column for every arm.
  static func all(_ table: HistoryTable, column: Int, arms: Int) -> [Bands] {
    var rows = [[HistoryTable.Row]](repeating: [], count: arms)
    for row in table.rows { rows[row.arm].append(row) }
    return rows.map { Bands($0, column: column) }
  }

  private init(_ rows: [HistoryTable.Row], column: Int) {
    let sorted = rows.sorted { ($0.step, $0.seed) < ($1.step, $1.seed) }
    var moments: [(step: Int, values: [Double?])] = []
    for row in sorted {
      if moments.last?.step == row.step {
        moments[moments.count - 1].values.append(row.values[column])
      } else {
        moments.append((row.step, [row.values[column]]))
      }
    }
    let kept = Self.thinned(moments.count).map { moments[$0] }
    points = zip(kept, Statistics.band(kept.map(\.values), .quantiles(lower: 0.25, upper: 0.75)))
      .compactMap { moment, band in band.map { Point(step: moment.step, band: $0) } }
  }

  private static func thinned(_ count: Int) -> [Int] {
    guard count > most else { return Array(0..<count) }
    return (0..<most).map { $0 * (count - 1) / (most - 1) }
  }

  /// The rows of a data block: step, median, lower and upper quartile, moved onto the axis.
  func rows(_ scale: AxisScale) -> [[String]] {
    points.map { point in
      [String(point.step)]
        + [point.band.centre, point.band.lower, point.band.upper]
        .map { NumberText.data(scale.clamped($0)) }
    }
  }

  /// Every number that a chart of it shows.
  var shown: [Double] { points.flatMap { [$0.band.lower, $0.band.centre, $0.band.upper] } }
}
