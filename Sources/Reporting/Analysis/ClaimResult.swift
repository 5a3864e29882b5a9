import Records
import Statistics

/// A claim with its verdict: true or false when the whole interval is on one side of its threshold,
/// else undecided.
public struct ClaimResult: Sendable {
  /// What one of the claim's arms contributes.
  public struct Part: Sendable {
    /// The index of the arm in `Plan.arms`.
    public let arm: Int
    /// What was measured, as the claim's threshold counts it; nil without results.
    public let value: Double?
    /// Its 95 % interval; nil with too few results.
    public let interval: ConfidenceInterval?
    /// Whether the interval decides it.
    public let verdict: Verdict
    /// Runs of the arm that diverged; with any, an interval over finished runs cannot make the
    /// claim true.
    public let diverged: Int
  }

  /// The claim.
  public let claim: Claim
  /// One part per arm that it speaks of.
  public let parts: [Part]
  /// True when it is true for each arm, false when it is false for any, else undecided.
  public let verdict: Verdict
}

extension ClaimResult {
  /// Checks a claim against the numbers.
  init(_ claim: Claim, _ analysis: Analysis) {
    let metric = analysis.plan.metrics.firstIndex { $0.name == claim.metric } ?? 0
    let parts = claim.arms.map { Self.part(claim.statement, arm: $0, metric: metric, analysis) }
    self.claim = claim
    self.parts = parts
    if parts.contains(where: { $0.verdict == .fails }) {
      verdict = .fails
    } else {
      let holds = !parts.isEmpty && parts.allSatisfy { $0.verdict == .holds }
      verdict = holds ? .holds : .undecided
    }
  }

  private static func part(
    _ statement: Claim.Statement, arm: Int, metric: Int, _ analysis: Analysis
  ) -> Part {
    let summary = analysis.summaries[arm]
    let comparison = analysis.comparison(arm, metric: metric)
    let wantsLess = analysis.plan.metrics[metric].goal == .min
    let value: Double?
    let interval: ConfidenceInterval?
    let verdict: Verdict
    switch statement {
    case .improves(let probability):
      value = comparison?.improvement?.probability
      interval = comparison?.improvement?.interval
      // Divergence is in the probability already.
      let decided = Verdict(interval, atLeast: probability)
      return Part(
        arm: arm, value: value, interval: interval, verdict: decided,
        diverged: summary.counts.diverged)
    case .improvesBy(let amount):
      let difference = comparison?.difference
      value = difference.map { wantsLess ? 0 - $0.mean : $0.mean }
      interval = difference?.interval.map { wantsLess ? $0.mirrored : $0 }
      verdict = Verdict(interval, atLeast: amount)
    case .reaches(let threshold):
      value = summary.estimates[metric]?.mean
      interval = summary.estimates[metric]?.interval
      verdict =
        wantsLess
        ? Verdict(interval, atMost: threshold) : Verdict(interval, atLeast: threshold)
    }
    let isMarred = verdict == .holds && summary.counts.diverged > 0
    return Part(
      arm: arm, value: value, interval: interval, verdict: isMarred ? .undecided : verdict,
      diverged: summary.counts.diverged)
  }
}

extension ConfidenceInterval {
  /// The interval of the negated quantity.
  fileprivate var mirrored: ConfidenceInterval {
    ConfidenceInterval(lower: 0 - upper, upper: 0 - lower, level: level)
  }
}
