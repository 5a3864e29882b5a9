import Statistics
import Testing

@Suite struct SignFlipTests {
  /// The share of all patterns, each summed afresh in whole numbers, where nothing rounds.
  static func share(of differences: [Int]) -> Double {
    let observed = abs(differences.reduce(0, +))
    var hits = 0
    for pattern in 0..<(1 << differences.count) {
      var sum = 0
      for (bit, difference) in differences.enumerated() {
        sum += pattern >> bit & 1 == 0 ? difference : -difference
      }
      if abs(sum) >= observed { hits += 1 }
    }
    return Double(hits) / Double(1 << differences.count)
  }

  @Test("Three differences worked by hand")
  func byHand() {
    // |±1 ± 2 ± 4|: 7, 5, 3, 1, each twice. 1 + 2 + 4 is the largest: 2/8. −1 + 2 + 4 = 5: 4/8.
    #expect(signFlipTest([1, 2, 4]).p == 0.25)
    #expect(signFlipTest([-1, 2, 4]).p == 0.5)
    #expect(signFlipTest([1, 2, -4]).p == 1)
    #expect(signFlipTest([5]).p == 1)
  }

  @Test("It agrees with a brute-force count, ties and zeros included")
  func bruteForce() {
    var state: UInt32 = 7
    for count in 1...12 {
      for _ in 0..<8 {
        var differences: [Int] = []
        for _ in 0..<count {
          state = state &* 1_664_525 &+ 1_013_904_223
          differences.append(Int(state >> 24) % 9 - 3)
        }
        // Tenths are not representable, so equal sums differ by rounding.
        let tenths = differences.map { Double($0) * 0.1 }
        #expect(signFlipTest(tenths).p == Self.share(of: differences), "\(differences)")
      }
    }
  }

  @Test("It agrees with scipy.stats.permutation_test(…, permutation_type='samples')")
  func scipy() {
    #expect(signFlipTest([0.3, -0.1, 0.5, 0.2, 0.4, -0.25, 0.6]).p == 0.109375)
  }

  @Test("Order, scale and a common sign change nothing")
  func invariance() {
    let differences = [0.3, -0.1, 0.2, 0.7, -0.4, 0.6, 0.1, 0.5, -0.2]
    let p = signFlipTest(differences).p
    #expect(signFlipTest(differences.reversed()).p == p)
    #expect(signFlipTest(differences.sorted()).p == p)
    #expect(signFlipTest(differences.map { -3e200 * $0 }).p == p)
    #expect(p > 0.05 && p < 0.2)
  }

  @Test(
    "The smallest p is reached when all differences agree in sign", arguments: [2, 6, 20, 39, 40])
  func smallest(_ count: Int) {
    let result = signFlipTest((1...count).map(Double.init))
    #expect(result.p == smallestSignFlipP(seeds: count))
    #expect(result.caveats.isEmpty)
  }

  @Test("The exact count for forty equal differences is binomial")
  func binomial() {
    // 27 of 40 positive: p = 2·P(Binomial(40, ½) ≥ 27).
    var term = 1.0
    var tail = 0.0
    for successes in 0...40 {
      if successes >= 27 { tail += term }
      term *= Double(40 - successes) / Double(successes + 1)
    }
    let expected = 2 * tail * 0x1p-40
    let differences = (0..<40).map { $0 < 27 ? 0.1 : -0.1 }
    #expect(abs(signFlipTest(differences).p / expected - 1) < 1e-12)
  }

  @Test("Beyond forty differences p is an estimate near the exact value, and says so")
  func estimated() {
    // 48 positive of 80 equal differences: p = 2·P(Binomial(80, ½) ≥ 48) = 0.0929
    // (scipy.stats.binomtest)
    let result = signFlipTest((0..<80).map { $0 < 48 ? 1 : -1 })
    #expect(abs(result.p - 0.09291188) < 4 * (0.0929 * 0.9071 / 1_048_575).squareRoot())
    #expect(result.caveats == [.estimated(patterns: 1_048_575)])
    #expect(result == signFlipTest((0..<80).map { $0 < 48 ? 1 : -1 }))
  }

  @Test("No differences, or none but zeros, show nothing")
  func nothing() {
    #expect(signFlipTest([]).p == 1)
    #expect(signFlipTest([0, 0, 0]).p == 1)
  }

  @Test("Seeds needed for significance")
  func seeds() {
    #expect(smallestSignFlipP(seeds: 6) == 0.03125)
    #expect(smallestSignFlipP(seeds: 1) == 1 && smallestSignFlipP(seeds: 0) == 1)
    #expect(seedsNeeded(significance: 0.05) == 6)
    #expect(seedsNeeded(significance: 0.03125) == 6)
    #expect(seedsNeeded(significance: 0.01) == 8)
    #expect(seedsNeeded(significance: 0.05, comparisons: 5) == 8)
  }
}
