/// A p-value and how it was found.
public struct SignFlipResult: Hashable, Sendable {
  /// The two-sided p-value.
  public let p: Double
  /// Reasons to trust it less.
  public let caveats: [Caveat]
}

/// The most differences whose sign patterns are all counted.
private let exactLimit = 40

/// The share of distance to the observed sum, relative to Σ|dᵢ|, within which a sum counts as equal
/// to it.
///
/// Rounding moves a sum of n terms by at most n·2⁻⁵³·Σ|dᵢ|, so no order of additions can change a
/// count for n < 9000, and differences of decimal fractions that are equal on paper are ties.
/// Counting a near tie makes p larger, never smaller.
private let tieTolerance = 1e-12

/// The two-sided sign-flip test of differences against symmetry about 0: the share of the 2ⁿ sign
/// patterns with |Σ ±dᵢ| ≥ |Σ dᵢ| (Fisher, The Design of Experiments, 1935, §21).
///
/// Up to 40 differences every pattern is counted: the sums of each half are listed and sorted, and
/// a sweep counts the pairs that reach the observed sum. Beyond that, 1,048,575 patterns are drawn
/// from a fixed generator and p = (1 + hits)/(1 + draws), which never rejects too often. p is 1 for
/// no differences.
///
/// - Parameter differences: finite numbers.
public func signFlipTest(_ differences: [Double]) -> SignFlipResult {
  precondition(differences.allSatisfy(\.isFinite), "differences must be finite")
  let magnitude = differences.reduce(0) { $0 + abs($1) }
  guard magnitude > 0 else { return SignFlipResult(p: 1, caveats: []) }
  let scaled = differences.map { $0 / magnitude }
  let threshold = abs(scaled.reduce(0, +)) - tieTolerance
  guard threshold > 0 else { return SignFlipResult(p: 1, caveats: []) }
  if differences.count <= exactLimit {
    return SignFlipResult(p: exactShare(scaled, reaching: threshold), caveats: [])
  }
  let draws = (1 << 20) - 1
  let hits = randomHits(scaled, reaching: threshold, draws: draws)
  return SignFlipResult(
    p: Double(1 + hits) / Double(1 + draws), caveats: [.estimated(patterns: draws)])
}

/// The smallest two-sided p that a sign-flip test of this many seeds can reach: 2^(1−n), and 1 for
/// none.
public func smallestSignFlipP(seeds: Int) -> Double {
  seeds < 1 ? 1 : Double(sign: .plus, exponent: 1 - seeds, significand: 1)
}

/// The fewest seeds whose smallest p, times the number of comparisons (Holm's factor for the
/// smallest of them), does not exceed the significance level: 6 for one comparison at .05.
public func seedsNeeded(significance: Double, comparisons: Int = 1) -> Int {
  precondition(significance > 0 && comparisons > 0, "\(significance), \(comparisons) comparisons")
  var seeds = 1
  while smallestSignFlipP(seeds: seeds) * Double(comparisons) > significance { seeds += 1 }
  return seeds
}

/// The share of sign patterns whose sum is at least `threshold` > 0 in magnitude.
private func exactShare(_ terms: [Double], reaching threshold: Double) -> Double {
  let half = terms.count / 2
  let left = signedSums(terms[..<half]).sorted()
  let right = signedSums(terms[half...]).sorted()
  // As the left sum rises, fewer right sums are needed to reach the threshold.
  var (hits, first) = (0, right.count)
  for sum in left {
    while first > 0, sum + right[first - 1] >= threshold { first -= 1 }
    hits += right.count - first
  }
  // The patterns below −threshold are the opposites of those above it.
  let share = Double(hits) / Double(left.count) / Double(right.count)
  return 2 * share
}

/// Σ ±dᵢ for all sign patterns.
private func signedSums(_ terms: ArraySlice<Double>) -> [Double] {
  var sums = [0.0]
  for term in terms { sums = sums.map { $0 + term } + sums.map { $0 - term } }
  return sums
}

/// How many of some random sign patterns reach `threshold` in magnitude.
private func randomHits(_ terms: [Double], reaching threshold: Double, draws: Int) -> Int {
  var generator = SplitMix(state: 0x5add_1e00_5160_f11b)
  var hits = 0
  for _ in 0..<draws {
    var sum = 0.0
    var bits: UInt64 = 0
    for (index, term) in terms.enumerated() {
      if index % 64 == 0 { bits = generator.next() }
      sum += bits & 1 == 0 ? term : -term
      bits >>= 1
    }
    if abs(sum) >= threshold { hits += 1 }
  }
  return hits
}

/// SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).
private struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
