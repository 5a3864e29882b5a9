import Records
import Statistics

/// How many runs of an arm ended in which way.
struct StateCounts: Hashable, Sendable {
  /// Runs that finished.
  var done = 0
  /// Runs that stopped at a number that was not finite.
  var diverged = 0
  /// Finished runs that were finite but dead.
  var dead = 0
  /// Runs without a result that were tried.
  var failed = 0
  /// Runs that were not tried.
  var missing = 0

  /// Adds the counts of another set of runs.
  static func + (left: StateCounts, right: StateCounts) -> StateCounts {
    StateCounts(
      done: left.done + right.done, diverged: left.diverged + right.diverged,
      dead: left.dead + right.dead, failed: left.failed + right.failed,
      missing: left.missing + right.missing)
  }

  /// All runs.
  var total: Int { done + diverged + failed + missing }
}

/// What the runs of one arm amount to.
struct ArmSummary: Sendable {
  /// One run per seed of the plan, in the plan's order; nil where the records have none.
  let runs: [RunResult?]
  /// How they ended.
  let counts: StateCounts
  /// For each metric, the mean over finished runs with its 95 % interval; nil where no run has a
  /// finite value.
  let estimates: [Estimate?]
  /// The mean of the counted operations of finished runs; nil when none finished.
  let operations: Double?

  /// Sums up the runs of one arm.
  init(runs: [RunResult?], metrics: Int) {
    self.runs = runs
    var counts = StateCounts()
    for run in runs {
      switch run?.state {
      case .done:
        counts.done += 1
        if run?.isDead == true { counts.dead += 1 }
      case .diverged: counts.diverged += 1
      case .failed: counts.failed += 1
      case .missing, nil: counts.missing += 1
      }
    }
    self.counts = counts
    estimates = (0..<metrics).map { metric in
      Estimate(runs.map { Self.finalValue($0, metric: metric) })
    }
    let costs = runs.compactMap { $0?.state == .done ? $0.map { Double($0.operations) } : nil }
    operations = costs.isEmpty ? nil : costs.reduce(0, +) / Double(costs.count)
  }

  /// A finished run's value of a metric, in the order of the seeds; nil for other runs.
  func finalValues(_ metric: Int) -> [Double?] {
    runs.map { Self.finalValue($0, metric: metric) }
  }

  private static func finalValue(_ run: RunResult?, metric: Int) -> Double? {
    guard let run, run.state == .done else { return nil }
    return run.metrics[metric]
  }
}
