import Records
import Statistics

/// One arm against its baseline on one metric, seed by seed.
struct PairedComparison: Sendable {
  /// What can be said of the arm.
  enum Outcome: String, Sendable {
    /// The difference is in the good direction and significant.
    case better
    /// The same, but the arm diverged on more seeds than its baseline.
    case betterWhereFinite = "better where finite"
    /// The difference is in the bad direction and significant.
    case worse
    /// The difference is not significant.
    case undecided
    /// No seed is finite in both, since every run of the arm diverged while some of its baseline's
    /// finished.
    case diverged
    /// No seed is finite in both, since every run of the baseline diverged while some of the arm's
    /// finished.
    case baselineDiverged = "baseline diverged"
    /// No seed is finite in both for another reason.
    case noPairs = "no pairs"
  }

  /// The significance level of every verdict.
  static let level = 0.05

  /// The arm.
  let arm: Int
  /// The difference arm − baseline over seeds that are finite in both; nil when there is none.
  let difference: PairedDifference?
  /// How often the arm beats its baseline, a diverged run being worse than any finite one; nil
  /// without results.
  let improvement: ImprovementProbability?
  /// The p-value after Holm's correction within the stratum; nil where there is no test.
  let adjustedP: Double?
  /// What can be said of the arm.
  let outcome: Outcome

  /// Compares every arm of `arms` with `baseline` on a metric, and corrects for their number.
  static func all(
    arms: [Int], baseline: Int, metric: Int, goal: MetricRequest.Goal, summaries: [ArmSummary],
    seeds: [Int]
  ) throws(StatisticsError) -> [PairedComparison] {
    let standard = values(summaries[baseline], metric: metric, goal: goal, seeds: seeds)
    var pairings: [Pairing] = []
    for arm in arms {
      pairings.append(
        try Pairing(
          arm: values(summaries[arm], metric: metric, goal: goal, seeds: seeds), baseline: standard)
      )
    }
    // Where no seed is finite in both there is no test, and nothing to correct for.
    let tested = pairings.count { PairedDifference($0, level: 1 - level) != nil }
    let differences = pairings.map {
      PairedDifference($0, level: 1 - level, comparisons: max(tested, 1))
    }
    let improvements = pairings.map {
      ImprovementProbability($0, better: goal == .min ? .smaller : .larger)
    }
    var corrected = holm(differences.compactMap { $0?.p })[...]
    return arms.indices.map { index in
      let difference = differences[index]
      let adjusted = difference == nil ? nil : corrected.popFirst()
      return PairedComparison(
        arm: arms[index], difference: difference, improvement: improvements[index],
        adjustedP: adjusted,
        outcome: outcome(
          difference, p: adjusted, goal: goal, arm: summaries[arms[index]].counts,
          baseline: summaries[baseline].counts))
    }
  }

  /// The results of an arm by seed: a run that diverged is the worst there can be.
  private static func values(
    _ summary: ArmSummary, metric: Int, goal: MetricRequest.Goal, seeds: [Int]
  ) -> [SeededValue] {
    let worst = goal == .min ? Double.infinity : -Double.infinity
    let finals = summary.finalValues(metric)
    return seeds.indices.map { index in
      let isDiverged = summary.runs[index]?.state == .diverged
      return SeededValue(seed: seeds[index], value: isDiverged ? worst : finals[index])
    }
  }

  private static func outcome(
    _ difference: PairedDifference?, p: Double?, goal: MetricRequest.Goal, arm: StateCounts,
    baseline: StateCounts
  ) -> Outcome {
    guard let difference, let p else {
      if arm.done == 0, arm.diverged > 0, baseline.done > 0 { return .diverged }
      if baseline.done == 0, baseline.diverged > 0, arm.done > 0 { return .baselineDiverged }
      return .noPairs
    }
    guard p <= level else { return .undecided }
    guard (difference.mean < 0) == (goal == .min) else { return .worse }
    return arm.diverged > baseline.diverged ? .betterWhereFinite : .better
  }
}

extension PairedComparison.Outcome {
  /// Whether the arm improves on its baseline at least where it is finite, which a diverged
  /// baseline never is.
  var isBetter: Bool {
    self == .better || self == .betterWhereFinite || self == .baselineDiverged
  }
  /// Whether the arm is worse than its baseline, divergence included.
  var isWorse: Bool { self == .worse || self == .diverged }
  /// The words of the answer: better, worse or undecided.
  var word: String { isBetter ? "better" : isWorse ? "worse" : "undecided" }
}
