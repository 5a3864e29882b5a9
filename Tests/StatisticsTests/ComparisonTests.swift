import Statistics
import Testing

@Suite struct ComparisonTests {
  static func seeded(_ values: [Double?]) -> [SeededValue] {
    values.enumerated().map { SeededValue(seed: $0.offset, value: $0.element) }
  }

  static func pairing(_ arm: [Double?], _ baseline: [Double?]) throws -> Pairing {
    try Pairing(arm: seeded(arm), baseline: seeded(baseline))
  }

  @Test("Pairs are made by seed, whatever the order, and the rest is named")
  func pairs() throws {
    let arm = [(4, 1.0), (2, 2.0), (9, 3.0)].map { SeededValue(seed: $0.0, value: $0.1) }
    let baseline = [(9, 30.0), (4, 10.0), (5, 40.0)].map { SeededValue(seed: $0.0, value: $0.1) }
    let pairing = try Pairing(arm: arm, baseline: baseline)
    #expect(pairing.pairs.map(\.seed) == [4, 9])
    #expect(pairing.pairs.map(\.arm) == [1, 3])
    #expect(pairing.pairs.map(\.baseline) == [10, 30])
    #expect(pairing.unpaired == [2, 5])
    #expect(throws: StatisticsError.duplicateSeed(4)) {
      try Pairing(arm: arm + [SeededValue(seed: 4, value: 0)], baseline: baseline)
    }
  }

  @Test("A paired difference is the estimate of the differences, with the sign of arm − baseline")
  func difference() throws {
    let arm: [Double?] = [1, 2, 3, 4, 5, 6]
    let baseline: [Double?] = [2, 4, 4, 7, 7, 7]
    let result = try #require(PairedDifference(try Self.pairing(arm, baseline)))
    let estimate = try #require(Estimate([-1, -2, -1, -3, -2, -1]))
    #expect(result.count == 6)
    #expect(result.mean == estimate.mean && result.deviation == estimate.deviation)
    #expect(result.interval == estimate.interval)
    #expect(result.p == 0.03125 && result.smallestP == 0.03125)
    #expect(result.caveats.isEmpty)
  }

  @Test("Only seeds that are finite in both count, and too few seeds are said to be")
  func caveats() throws {
    let arm: [Double?] = [1, nil, 3, .infinity, 5, 6, 1, .nan]
    let baseline: [Double?] = [2, 4, 5, 7, 9, 7, nil, 1]
    let result = try #require(PairedDifference(try Self.pairing(arm, baseline), comparisons: 3))
    #expect(result.count == 4)
    #expect(
      result.caveats == [
        .unpaired(seeds: [1, 3, 6, 7]),
        .cannotReachSignificance(smallest: 0.125, level: 0.05, seedsNeeded: 7),
      ])
    #expect(
      result.caveats.last?.description
        == "needs 7 seeds to detect a difference at 0.05; the smallest p here is 0.125")
    #expect(PairedDifference(try Self.pairing([nil], [1])) == nil)
  }

  @Test("Improvement counts wins and half of the ties, in the metric's direction")
  func improvement() throws {
    let pairing = try Self.pairing([1, 2, 3, 4, .infinity, 6], [2, 2, 2, 5, 7, .infinity])
    let smaller = try #require(ImprovementProbability(pairing, better: .smaller))
    #expect(smaller.count == 6)
    #expect(smaller.probability == 3.5 / 6)
    let larger = try #require(ImprovementProbability(pairing, better: .larger))
    #expect(abs(larger.probability - 2.5 / 6) < 1e-15)
    // Swapping the direction mirrors the interval.
    #expect(abs(larger.interval.lower - (1 - smaller.interval.upper)) < 1e-15)
    #expect(abs(larger.interval.upper - (1 - smaller.interval.lower)) < 1e-15)
    #expect(ImprovementProbability(try Self.pairing([], []), better: .smaller) == nil)
  }

  @Test(
    "Intervals of proportions agree with scipy",
    arguments: [
      // scipy.stats.binomtest(k, n).proportion_ci(.95, 'wilson')
      (ProportionMethod.wilson, 10.0, 10, 0.7224672001371109, 1.0),
      (.wilson, 7, 10, 0.39677814746114526, 0.892208732593699),
      (.wilson, 0, 5, 0, 0.43448246478317476),
      // scipy.stats.beta.ppf(.025, k, n−k+1), scipy.stats.beta.ppf(.975, k+1, n−k)
      (.clopperPearson, 10, 10, 0.6915028921812392, 1),
      (.clopperPearson, 7, 10, 0.3475471499400027, 0.9332604888222655),
      (.clopperPearson, 0, 5, 0, 0.5218237501049814),
      (.clopperPearson, 6.5, 9, 0.3477917934722658, 0.9506980770234059),
    ])
  func proportions(
    _ method: ProportionMethod, _ successes: Double, _ trials: Int, _ lower: Double,
    _ upper: Double
  ) {
    let interval = proportionInterval(successes: successes, trials: trials, method: method)
    #expect(abs(interval.lower - lower) < 1e-9)
    #expect(abs(interval.upper - upper) < 1e-9)
  }

  @Test("Holm's example worked by hand")
  func holmByHand() {
    // Sorted .005 .01 .03 .04: ×4, ×3, ×2, ×1 = .02 .03 .06 .04; the last is raised to .06.
    let adjusted = holm([0.01, 0.04, 0.03, 0.005])
    #expect(zip(adjusted, [0.03, 0.06, 0.06, 0.02]).allSatisfy { abs($0 - $1) < 1e-15 })
    #expect(holm([0.5, 0.9]) == [1, 1])
    #expect(holm([0.25]) == [0.25])
    #expect(holm([]) == [])
  }

  @Test("Holm keeps order, never lowers a p-value and ignores the order given")
  func holmLaws() {
    let ps = [0.2, 0.001, 0.04, 0.04, 0.9, 0.013, 0]
    let adjusted = holm(ps)
    for i in ps.indices {
      #expect(adjusted[i] >= ps[i] && adjusted[i] <= min(1, ps[i] * Double(ps.count)))
      for j in ps.indices where ps[i] <= ps[j] { #expect(adjusted[i] <= adjusted[j]) }
    }
    #expect(holm(ps.reversed()) == adjusted.reversed())
  }

  @Test("Verdicts at, inside and beyond the ends of an interval")
  func verdicts() {
    let interval = ConfidenceInterval(lower: 0.4, upper: 0.8, level: 0.95)
    #expect(Verdict(interval, atLeast: 0.4) == .holds)
    #expect(Verdict(interval, atLeast: 0.41) == .undecided)
    #expect(Verdict(interval, atLeast: 0.8) == .undecided)
    #expect(Verdict(interval, atLeast: 0.81) == .fails)
    #expect(Verdict(interval, atMost: 0.8) == .holds)
    #expect(Verdict(interval, atMost: 0.5) == .undecided)
    #expect(Verdict(interval, atMost: 0.39) == .fails)
    #expect(Verdict(nil, atLeast: 0) == .undecided)
    #expect(Verdict(interval, atLeast: .nan) == .undecided)
  }
}
