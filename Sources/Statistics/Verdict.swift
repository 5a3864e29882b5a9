/// Whether the records support a claim.
public enum Verdict: String, Hashable, Sendable, CaseIterable {
  /// The whole interval is on the claim's side of its threshold.
  case holds = "true"
  /// The whole interval is on the other side.
  case fails = "false"
  /// The interval holds the threshold, or there is no interval.
  case undecided

  /// The verdict on "the quantity is at least `threshold`": true when the interval's lower end
  /// reaches the threshold, false when the upper end is below it, else undecided; undecided without
  /// an interval.
  public init(_ interval: ConfidenceInterval?, atLeast threshold: Double) {
    guard let interval, !threshold.isNaN else {
      self = .undecided
      return
    }
    if interval.lower >= threshold {
      self = .holds
    } else if interval.upper < threshold {
      self = .fails
    } else {
      self = .undecided
    }
  }

  /// The verdict on "the quantity is at most `threshold`", the mirror image of `atLeast`.
  public init(_ interval: ConfidenceInterval?, atMost threshold: Double) {
    self.init(
      interval.map {
        ConfidenceInterval(lower: -$0.upper, upper: -$0.lower, level: $0.level)
      }, atLeast: -threshold)
  }
}
