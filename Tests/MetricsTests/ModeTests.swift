import Arrays
import Catalog
import Foundation
import Metrics
import Testing

@Suite struct ModeTests {
  static let overHighQuality: Value = .map([
    "name": .text("reverse-kl"), "over": .text("high-quality"),
  ])

  static func value(_ setting: Value, _ fake: HostArray<Double>, _ mixture: Mixture = ring) throws
    -> Double
  {
    try MetricsTests.value(setting, real: drawn(mixture, 4, seed: 0), fake: fake, mixture: mixture)
  }

  @Test("A perfect planar generator: all modes, share 1 − e^(−4.5)")
  func perfect() throws {
    let count = 20_000
    let fake = drawn(ring, count, seed: 3)
    #expect(try Self.value(.text("modes"), fake) == 8)
    let share = 1 - exp(-4.5)
    let deviation = (share * (1 - share) / Double(count)).squareRoot()
    #expect(abs(try Self.value(.text("high-quality"), fake) - share) < 4 * deviation)
  }

  @Test("A perfect generator's divergence is (K − 1)/2N on average")
  func floor() throws {
    let (count, rounds) = (1000, 300)
    var sum = 0.0
    for seed in 0..<UInt64(rounds) {
      sum += try Self.value(.text("reverse-kl"), drawn(ring, count, seed: 100 + seed))
    }
    // 2N·KL is nearly chi-squared with K − 1 = 7 degrees of freedom, of variance 14.
    let expected = 7 / (2 * Double(count))
    let deviation = 14.0.squareRoot() / (2 * Double(count)) / Double(rounds).squareRoot()
    #expect(abs(sum / Double(rounds) - expected) < 4 * deviation)
  }

  @Test("Collapse on one of eight modes diverges by ln 8, on four by ln 2")
  func collapse() throws {
    let one = drawn(ring, 500, seed: 5, modes: 1)
    #expect(try Self.value(.text("modes"), one) == 1)
    #expect(abs(try Self.value(.text("reverse-kl"), one) - log(8)) < 1e-14)
    // As many samples in each of four modes.
    let four = matrix((0..<40).map { ring.centres[$0 % 4] })
    #expect(abs(try Self.value(.text("reverse-kl"), four) - log(2)) < 1e-14)
    #expect(abs(try Self.value(Self.overHighQuality, four) - log(2)) < 1e-14)
    let even = matrix((0..<40).map { ring.centres[$0 % 8] })
    #expect(try Self.value(.text("reverse-kl"), even) == 0)
  }

  @Test("Quality is the distance to the nearest mode in deviations, edge included")
  func quality() throws {
    let mixture = Mixture(centres: [[0, 0], [10, 0]], deviation: 0.5)
    let fake = matrix([[1.5, 0], [0, -1.5], [1.51, 0], [10, 1], [6, 0]])
    #expect(try Self.value(.text("high-quality"), fake, mixture) == 0.6)
    #expect(try Self.value(.text("modes"), fake, mixture) == 2)
    let strict: (String) -> Value = { .map(["name": .text($0), "radius": .real(1)]) }
    #expect(try Self.value(strict("high-quality"), fake, mixture) == 0)
    #expect(try Self.value(strict("modes"), fake, mixture) == 0)
    // All five: shares 3/5 and 2/5; of high quality: 2/3 and 1/3.
    let all = 0.6 * log(1.2) + 0.4 * log(0.8)
    #expect(abs(try Self.value(.text("reverse-kl"), fake, mixture) - all) < 1e-15)
    let good = 2.0 / 3 * log(4.0 / 3) + 1.0 / 3 * log(2.0 / 3)
    #expect(abs(try Self.value(Self.overHighQuality, fake, mixture) - good) < 1e-15)
  }

  @Test("Without samples of high quality their divergence has no value")
  func undefined() throws {
    let far = matrix([[50, 50]])
    #expect(try Self.value(.text("modes"), far) == 0)
    let error = #expect(throws: MetricError.self) { try Self.value(Self.overHighQuality, far) }
    #expect(error?.description.contains("over: all") == true)
  }

  @Test("Modes and samples must lie in one space")
  func dimension() {
    let mixture = Mixture(centres: [[0, 0, 0]], deviation: 1)
    #expect(throws: MetricError.mixtureDimension(metric: "modes", mixture: 3, samples: 2)) {
      try MetricsTests.value(
        .text("modes"), real: wave(5, 2, phase: 0), fake: wave(5, 2, phase: 1), mixture: mixture)
    }
  }
}
