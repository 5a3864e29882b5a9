/// The result of one seed.
public struct SeededValue: Hashable, Sendable {
  /// The seed.
  public let seed: Int
  /// The result; nil when there is none. Infinity is a result that loses or wins against every
  /// finite one.
  public let value: Double?

  /// Joins a seed and its result.
  public init(seed: Int, value: Double?) {
    self.seed = seed
    self.value = value
  }
}

/// Two arms' results side by side, seed by seed.
public struct Pairing: Hashable, Sendable {
  /// One seed with a result in both arms.
  public struct Pair: Hashable, Sendable {
    /// The seed.
    public let seed: Int
    /// The arm's result.
    public let arm: Double
    /// The baseline's result.
    public let baseline: Double
  }

  /// The seeds that have a result, not NaN, in both arms, in ascending order.
  public let pairs: [Pair]
  /// The seeds that lack one on either side, in ascending order.
  public let unpaired: [Int]

  /// Pairs the results of an arm with its baseline's.
  ///
  /// - Throws: `StatisticsError.duplicateSeed` when a seed occurs twice on one side.
  public init(arm: [SeededValue], baseline: [SeededValue]) throws(StatisticsError) {
    let (left, right) = (try Self.ordered(arm), try Self.ordered(baseline))
    var (pairs, unpaired): ([Pair], [Int]) = ([], [])
    var (i, j) = (0, 0)
    while i < left.count || j < right.count {
      let seed = min(i < left.count ? left[i].seed : .max, j < right.count ? right[j].seed : .max)
      var values: (arm: Double?, baseline: Double?) = (nil, nil)
      if i < left.count, left[i].seed == seed {
        values.arm = left[i].value
        i += 1
      }
      if j < right.count, right[j].seed == seed {
        values.baseline = right[j].value
        j += 1
      }
      if let a = values.arm, let b = values.baseline, !a.isNaN, !b.isNaN {
        pairs.append(Pair(seed: seed, arm: a, baseline: b))
      } else {
        unpaired.append(seed)
      }
    }
    self.pairs = pairs
    self.unpaired = unpaired
  }

  private static func ordered(
    _ values: [SeededValue]
  ) throws(StatisticsError) -> [SeededValue] {
    let sorted = values.sorted { $0.seed < $1.seed }
    for (value, next) in zip(sorted, sorted.dropFirst()) where value.seed == next.seed {
      throw .duplicateSeed(value.seed)
    }
    return sorted
  }
}
