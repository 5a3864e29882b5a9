/// A mean over seeds with its uncertainty.
public struct Estimate: Hashable, Sendable {
  /// How many finite values there were.
  public let count: Int
  /// The arithmetic mean.
  public let mean: Double
  /// The sample standard deviation, with n − 1; 0 for one value.
  public let deviation: Double
  /// Student's t interval for the mean, x̄ ± t_{n−1, (1+level)/2} · s/√n; nil for one value.
  public let interval: ConfidenceInterval?
  /// Reasons to trust it less.
  public let caveats: [Caveat]

  /// Summarizes the finite ones of some values; nil when there is none.
  ///
  /// The interval supposes independent values from a distribution near to normal.
  ///
  /// - Parameter level: the confidence level, in (0, 1).
  public init?(_ values: [Double?], level: Double = 0.95) {
    precondition(level > 0 && level < 1, "confidence level \(level)")
    let finite = values.compactMap { $0 }.filter(\.isFinite)
    guard !finite.isEmpty else { return nil }
    let size = Double(finite.count)
    let mean = finite.reduce(0, +) / size
    let squares = finite.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let isConstant = finite.allSatisfy { $0 == finite[0] }
    var caveats: [Caveat] = []
    if finite.count < values.count { caveats.append(.dropped(values.count - finite.count)) }
    count = finite.count
    self.mean = isConstant ? finite[0] : mean
    if finite.count > 1 {
      deviation = isConstant ? 0 : (squares / (size - 1)).squareRoot()
      let quantile = Distributions.studentQuantile((1 + level) / 2, degrees: size - 1)
      let margin = quantile * deviation / size.squareRoot()
      interval = ConfidenceInterval(
        lower: self.mean - margin, upper: self.mean + margin, level: level)
      if isConstant { caveats.append(.noVariation) }
    } else {
      deviation = 0
      interval = nil
      caveats.append(.singleValue)
    }
    self.caveats = caveats
  }
}
