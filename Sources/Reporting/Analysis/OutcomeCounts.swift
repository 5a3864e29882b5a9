/// How comparisons with baselines came out.
struct OutcomeCounts: Hashable, Sendable {
  /// Arms that are better than their baseline.
  let better: Int
  /// Arms that are worse.
  let worse: Int
  /// Comparisons in which every run of the arm, or of its baseline, diverged.
  let bare: Int
  /// All comparisons.
  let total: Int

  /// Arms of which neither can be said.
  var undecided: Int { total - better - worse }
}

extension Analysis {
  /// The outcomes on the primary metric over all strata.
  var outcomes: OutcomeCounts {
    let comparisons = strata.flatMap { stratum in
      stratum.comparisons.isEmpty ? [] : stratum.comparisons[plan.primaryMetric]
    }
    return OutcomeCounts(
      better: comparisons.count { $0.outcome.isBetter },
      worse: comparisons.count { $0.outcome.isWorse },
      bare: comparisons.count { $0.outcome == .diverged || $0.outcome == .baselineDiverged },
      total: comparisons.count)
  }
}
