import Records
import Statistics

/// One metric of one arm then and now.
struct MetricComparison: Sendable {
  /// What can be said of it.
  enum Mark: String, Sendable, CaseIterable {
    /// A run that was finite diverges now, or the reverse.
    case diverged
    /// The difference is in the bad direction and significant.
    case worse
    /// The values differ, and the direction is not sure.
    case moved
    /// The difference is in the good direction and significant.
    case better
    /// Every value is the same.
    case equal
    /// The numbers are not answers to the same question.
    case notComparable = "not comparable"
  }

  /// The significance level of *better* and *worse*; p-values are not corrected, since a guard had better cry once too
  /// often.
  static let level = 0.05

  /// The metric's name.
  let metric: String
  /// What can be said.
  let mark: Mark
  /// Why, where it is not comparable; else empty.
  let reason: String
  /// Later − earlier over the seeds that are finite in both; nil without any.
  let difference: PairedDifference?
  /// The means over these seeds.
  let means: (old: Double, new: Double)?
  /// Seeds on which one of both diverged, or had no value.
  let flipped: [Int]
}

extension MetricComparison {
  /// Compares the values of the seeds that have a result then and now.
  ///
  /// - Parameters:
  ///   - column: the position of the metric in the values of either side.
  ///   - obstacle: why they cannot be compared; nil when they can.
  ///   - isExact: whether equal means equal to the last bit; else within 1e-9 of the larger magnitude.
  init(
    _ metric: Baseline.Metric, runs: [(old: Baseline.Run, new: Baseline.Run)],
    column: (old: Int, new: Int), obstacle: String?, isExact: Bool
  ) {
    let values = runs.map { ($0.old.metrics[column.old], $0.new.metrics[column.new]) }
    let pairs = values.compactMap { old, new in old.flatMap { old in new.map { (old, $0) } } }
    let seeds = runs.map(\.old.seed)
    let old = zip(seeds, values).map { SeededValue(seed: $0, value: $1.0) }
    let new = zip(seeds, values).map { SeededValue(seed: $0, value: $1.1) }
    // Only a seed that stands twice makes no pairing; neither a plan nor a file that is read has one.
    let pairing = try? Pairing(arm: new, baseline: old)
    let difference = pairing.flatMap { PairedDifference($0, level: 1 - Self.level) }
    let count = Double(pairs.count)
    self.metric = metric.name
    self.difference = difference
    means =
      pairs.isEmpty
      ? nil : (pairs.map(\.0).reduce(0, +) / count, pairs.map(\.1).reduce(0, +) / count)
    flipped = zip(seeds, values).filter { ($1.0 == nil) != ($1.1 == nil) }.map(\.0)
    reason = obstacle ?? ""
    if obstacle != nil {
      mark = .notComparable
    } else if runs.contains(where: { $0.old.state != $0.new.state }) {
      mark = .diverged
    } else if flipped.isEmpty, pairs.allSatisfy({ Self.agree($0, $1, isExact: isExact) }) {
      mark = .equal
    } else {
      mark = Self.mark(difference, goal: metric.goal)
    }
  }

  private static func agree(_ old: Double, _ new: Double, isExact: Bool) -> Bool {
    old == new || (!isExact && abs(old - new) <= 1e-9 * max(abs(old), abs(new)))
  }

  private static func mark(_ difference: PairedDifference?, goal: MetricRequest.Goal) -> Mark {
    guard let difference, difference.p <= level else { return .moved }
    return (difference.mean < 0) == (goal == .min) ? .better : .worse
  }
}
