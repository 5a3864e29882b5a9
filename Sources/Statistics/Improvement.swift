/// Which direction of a metric is better.
public enum Direction: String, Hashable, Sendable, CaseIterable {
  /// Smaller is better.
  case smaller
  /// Larger is better.
  case larger
}

/// How an interval for a proportion is made.
public enum ProportionMethod: String, Hashable, Sendable, CaseIterable {
  /// Wilson's score interval: coverage close to the level on average, never of no width, defined
  /// for half counts.
  case wilson
  /// Clopper and Pearson's exact interval: coverage at least the level, hence wider.
  case clopperPearson
}

/// The probability that an arm beats its baseline on a random seed that both are trained with.
public struct ImprovementProbability: Hashable, Sendable {
  /// How many seeds have a result in both.
  public let count: Int
  /// The mean over seeds of 1 for better, ½ for equal, 0 for worse.
  public let probability: Double
  /// The interval for it.
  public let interval: ConfidenceInterval
  /// Reasons to trust it less.
  public let caveats: [Caveat]

  /// Counts the seeds on which the arm is better; nil when no seed has a result in both.
  ///
  /// Infinite results take part: a run that diverged, entered as the worst value (∞ when smaller is
  /// better), loses against every finite one and equals another that diverged. Wilson's interval is
  /// the default because with the few seeds of an ablation the exact one is so wide that ten wins
  /// of ten do not show more than .69.
  ///
  /// - Parameter level: the confidence level, in (0, 1).
  public init?(
    _ pairing: Pairing, better direction: Direction, level: Double = 0.95,
    method: ProportionMethod = .wilson
  ) {
    guard !pairing.pairs.isEmpty else { return nil }
    var wins = 0.0
    for pair in pairing.pairs {
      if pair.arm == pair.baseline {
        wins += 0.5
      } else if (pair.arm < pair.baseline) == (direction == .smaller) {
        wins += 1
      }
    }
    count = pairing.pairs.count
    probability = wins / Double(count)
    interval = proportionInterval(
      successes: wins, trials: count, level: level, method: method)
    caveats = pairing.unpaired.isEmpty ? [] : [.unpaired(seeds: pairing.unpaired)]
  }
}

/// A confidence interval for a proportion.
///
/// Wilson: (p̂ + z²/2n ± z√(p̂(1−p̂)/n + z²/4n²)) / (1 + z²/n) (Wilson, JASA 22, 1927).
/// Clopper–Pearson: quantiles of Beta(k, n−k+1) and Beta(k+1, n−k), ends 0 and 1 where there are
/// none (Biometrika 26, 1934).
///
/// - Parameters:
///   - successes: from 0 to `trials`; ties may count one half.
///   - trials: at least 1.
///   - level: the confidence level, in (0, 1).
public func proportionInterval(
  successes: Double, trials: Int, level: Double = 0.95, method: ProportionMethod = .wilson
) -> ConfidenceInterval {
  let n = Double(trials)
  precondition(trials > 0 && (0...n).contains(successes), "\(successes) of \(trials)")
  precondition(level > 0 && level < 1, "confidence level \(level)")
  let tail = (1 - level) / 2
  switch method {
  case .wilson:
    let z = Distributions.normalQuantile(1 - tail)
    let share = successes / n
    let centre = share + z * z / (2 * n)
    let margin = z * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
    let scale = 1 + z * z / n
    return ConfidenceInterval(
      lower: successes == 0 ? 0 : max(0, (centre - margin) / scale),
      upper: successes == n ? 1 : min(1, (centre + margin) / scale), level: level)
  case .clopperPearson:
    let failures = n - successes
    let lower =
      successes == 0 ? 0 : Distributions.betaQuantile(tail, a: successes, b: failures + 1)
    let upper =
      failures == 0 ? 1 : Distributions.betaQuantile(1 - tail, a: successes + 1, b: failures)
    return ConfidenceInterval(lower: lower, upper: upper, level: level)
  }
}
