/// How much an arm differs from its baseline when both are trained with the same seeds.
public struct PairedDifference: Hashable, Sendable {
  /// How many seeds were finite in both.
  public let count: Int
  /// The mean of arm − baseline.
  public let mean: Double
  /// The sample standard deviation of the differences, with n − 1; 0 for one pair.
  public let deviation: Double
  /// Student's t interval for the mean difference; nil for one pair.
  public let interval: ConfidenceInterval?
  /// The exact two-sided sign-flip p-value, before any correction for multiplicity.
  public let p: Double
  /// The smallest p that this many pairs can reach, 2^(1−n).
  public let smallestP: Double
  /// Reasons to trust it less.
  public let caveats: [Caveat]

  /// Compares the seeds whose results are finite in both arms; nil when there is none.
  ///
  /// - Parameters:
  ///   - level: the confidence level of the interval; 1 − level is the significance level.
  ///   - comparisons: how many comparisons the p-value will be corrected for.
  public init?(_ pairing: Pairing, level: Double = 0.95, comparisons: Int = 1) {
    let finite = pairing.pairs.filter { $0.arm.isFinite && $0.baseline.isFinite }
    let infinite = pairing.pairs.filter { !($0.arm.isFinite && $0.baseline.isFinite) }
    let differences = finite.map { $0.arm - $0.baseline }
    guard let estimate = Estimate(differences, level: level) else { return nil }
    let test = signFlipTest(differences)
    count = estimate.count
    mean = estimate.mean
    deviation = estimate.deviation
    interval = estimate.interval
    p = test.p
    smallestP = smallestSignFlipP(seeds: estimate.count)
    let unpaired = (pairing.unpaired + infinite.map(\.seed)).sorted()
    // 1 − .95 is not .05 in binary; a reader expects .05.
    let significance = ((1 - level) * 1e12).rounded() / 1e12
    let needed = seedsNeeded(significance: significance, comparisons: comparisons)
    var caveats: [Caveat] = unpaired.isEmpty ? [] : [.unpaired(seeds: unpaired)]
    caveats += estimate.caveats + test.caveats
    if count < needed {
      caveats.append(
        .cannotReachSignificance(
          smallest: smallestP, level: significance, seedsNeeded: needed))
    }
    self.caveats = caveats
  }
}
