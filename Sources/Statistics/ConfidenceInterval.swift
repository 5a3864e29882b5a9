/// A confidence interval, its ends included.
public struct ConfidenceInterval: Hashable, Sendable {
  /// The lower end.
  public let lower: Double
  /// The upper end, at least `lower`.
  public let upper: Double
  /// The confidence level, in (0, 1).
  public let level: Double

  /// Joins two ends; `lower` must not be above `upper`.
  public init(lower: Double, upper: Double, level: Double) {
    precondition(lower <= upper, "interval from \(lower) to \(upper)")
    self.lower = lower
    self.upper = upper
    self.level = level
  }
}
