/// A curve over seeds at one step: a line and the band around it.
public struct BandPoint: Hashable, Sendable {
  /// How many finite values there were.
  public let count: Int
  /// The line.
  public let centre: Double
  /// The band's lower edge; the line itself where there is no band.
  public let lower: Double
  /// The band's upper edge; the line itself where there is no band.
  public let upper: Double
}

/// What a band over seeds shows.
public enum BandKind: Hashable, Sendable {
  /// The mean with Student's t interval of this level.
  case meanInterval(level: Double)
  /// The median between two quantiles.
  case quantiles(lower: Double, upper: Double)
}

/// A band over seeds for each step; nil at steps without a finite value.
///
/// - Parameter steps: for each step, one value per seed. Seeds that stopped early are nil there, so
///   `count` falls.
public func band(_ steps: [[Double?]], _ kind: BandKind) -> [BandPoint?] {
  steps.map { values in
    switch kind {
    case .meanInterval(let level):
      return Estimate(values, level: level).map { estimate in
        BandPoint(
          count: estimate.count, centre: estimate.mean,
          lower: estimate.interval?.lower ?? estimate.mean,
          upper: estimate.interval?.upper ?? estimate.mean)
      }
    case .quantiles(let lowerP, let upperP):
      guard let centre = median(values), let lower = quantile(values, lowerP),
        let upper = quantile(values, upperP)
      else { return nil }
      let count = values.count { $0?.isFinite ?? false }
      return BandPoint(count: count, centre: centre, lower: lower, upper: upper)
    }
  }
}
