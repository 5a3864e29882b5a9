import Arrays
import Catalog
import Datasets
import Foundation
import Testing

private let drawn: [Value] = [
  .text("ring"), .text("ring8"), .text("grid"), .text("grid25"), .text("swiss-roll"),
]

/// The sample mean of a function of points lies within 5 of its own standard errors of the expectation
/// (a chance of 6e-7 of a false alarm, once: the numbers are fixed).
private func expectMean(
  _ points: [SIMD2<Double>], _ expectation: Double, _ what: String,
  sourceLocation: SourceLocation = #_sourceLocation, of function: (SIMD2<Double>) -> Double
) {
  let values = points.map(function)
  let count = Double(values.count)
  let mean = values.reduce(0, +) / count
  let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
  let standardError = (variance / count).squareRoot()
  #expect(
    abs(mean - expectation) < 5 * standardError,
    "\(what) is \(mean) ± \(standardError), not \(expectation)", sourceLocation: sourceLocation)
}

private func points(_ elements: [Float]) -> [SIMD2<Double>] {
  stride(from: 0, to: elements.count, by: 2).map {
    SIMD2(Double(elements[$0]), Double(elements[$0 + 1]))
  }
}

@Suite struct DrawnPointsTests {
  @Test(arguments: drawn) func batchesAreAFunctionOfSeedAndStep(_ value: Value) throws {
    let data = try dataset(value)
    #expect(data.sampleShape == [2])
    #expect(data.digest == "")
    #expect(data.trainingCount == nil)
    let source = data.batches(seed: 3, batch: 64)
    let forward = (0..<5).map { source.minibatch($0, of: 128) }
    let backward = (0..<5).reversed().map { source.minibatch($0, of: 128) }
    #expect(forward == backward.reversed())
    #expect(forward[2] == data.minibatch(seed: 3, batch: 64, step: 2))
    for step in 1..<5 { #expect(forward[step] != forward[0]) }
    #expect(data.minibatch(seed: 4, batch: 64, step: 0) != forward[0])
    #expect(forward.joined().allSatisfy { $0.isFinite })
  }

  @Test(arguments: drawn) func smallerBatchesArePrefixes(_ value: Value) throws {
    let data = try dataset(value)
    let large = data.minibatch(batch: 257, step: 9)
    for batch in [1, 2, 3, 64, 255] {
      #expect(data.minibatch(batch: batch, step: 9) == Array(large[..<(2 * batch)]))
    }
  }

  @Test(arguments: drawn) func evaluationSharesNothingWithTraining(_ value: Value) throws {
    let data = try dataset(value)
    let train = data.evaluationSamples(count: 500, split: .train, seed: 1)
    let heldOut = data.evaluationSamples(count: 500, split: .heldOut, seed: 1)
    #expect(train.shape == [500, 2])
    #expect(train == data.evaluationSamples(count: 500, split: .train, seed: 1))
    let sets = [
      train.elements, heldOut.elements, data.minibatch(batch: 500, step: 0),
      data.minibatch(batch: 500, step: 1),
      data.evaluationSamples(count: 500, split: .train, seed: 2).elements,
    ]
    let coordinates = sets.map(Set.init)
    for first in sets.indices {
      for second in 0..<first {
        #expect(coordinates[first].intersection(coordinates[second]).count < 10)
      }
    }
    #expect(data.evaluationSamples(count: 0, split: .train, seed: 1).shape == [0, 2])
  }

  @Test func presetsAreTheirEntriesWithOtherDefaults() throws {
    let type = ParameterType.entry(Datasets.table.description)
    let ring: Value = .map(["name": .text("ring"), "sigma": .real(0.05)])
    #expect(type.complete(.text("ring8")) == type.complete(ring))
    #expect(type.complete(.text("grid25")) == type.complete(.text("grid")))
    #expect(try dataset(.text("ring")).mixture?.deviation == 0.01)
    #expect(try dataset(.text("ring8")).mixture?.deviation == 0.05)
  }

  @Test func centresOfTheRing() throws {
    let data = try dataset(.map(["name": .text("ring"), "radius": .real(2)]))
    let half = 2.0.squareRoot()
    let expected = [
      [2, 0], [half, half], [0, 2], [-half, half], [-2, 0], [-half, -half], [0, -2], [half, -half],
    ]
    let centres = try #require(data.mixture?.centres)
    #expect(centres.count == 8)
    for (centre, wanted) in zip(centres, expected) {
      #expect(abs(centre[0] - wanted[0]) <= 1e-15)
      #expect(abs(centre[1] - wanted[1]) <= 1e-15)
    }
  }

  @Test func centresOfTheGrid() throws {
    let even: Value = .map(["name": .text("grid"), "side": .integer(2), "spacing": .real(3)])
    #expect(
      try dataset(even).mixture?.centres == [
        [-1.5, -1.5], [-1.5, 1.5], [1.5, -1.5], [1.5, 1.5],
      ])
    let centres = try #require(try dataset(.text("grid25")).mixture?.centres)
    #expect(centres.count == 25)
    #expect(Set(centres.map { $0[0] }) == [-4, -2, 0, 2, 4])
    #expect(Set(centres).count == 25)
  }

  @Test func momentsOfTheRing() throws {
    let sample = points(try dataset(.text("ring8")).minibatch(batch: 100_000, step: 0))
    let variance = 0.5 + 0.05 * 0.05
    expectMean(sample, 0, "E x") { $0.x }
    expectMean(sample, 0, "E y") { $0.y }
    expectMean(sample, variance, "E x²") { $0.x * $0.x }
    expectMean(sample, variance, "E y²") { $0.y * $0.y }
    expectMean(sample, 0, "E xy") { $0.x * $0.y }
  }

  @Test func momentsOfTheGrid() throws {
    let sample = points(try dataset(.text("grid25")).minibatch(batch: 100_000, step: 0))
    let variance = 4.0 * (25 - 1) / 12 + 0.05 * 0.05
    expectMean(sample, 0, "E x") { $0.x }
    expectMean(sample, 0, "E y") { $0.y }
    expectMean(sample, variance, "E x²") { $0.x * $0.x }
    expectMean(sample, variance, "E y²") { $0.y * $0.y }
    expectMean(sample, 0, "E xy") { $0.x * $0.y }
  }

  @Test(arguments: ["ring8", "grid25"]) func modesAreEquallyLikelyGaussians(_ name: String) throws {
    let data = try dataset(.text(name))
    let mixture = try #require(data.mixture)
    let count = 100_000
    var counts = [Int](repeating: 0, count: mixture.centres.count)
    let elements = data.evaluationSamples(count: count, split: .heldOut, seed: 5).elements
    let residuals = points(elements).map { point -> SIMD2<Double> in
      let offsets = mixture.centres.map { point - SIMD2($0[0], $0[1]) }
      let squares = offsets.map { ($0 * $0).sum() }
      let nearest = squares.indices.min { squares[$0] < squares[$1] } ?? 0
      counts[nearest] += 1
      return offsets[nearest] / mixture.deviation
    }
    expectMean(residuals, 0, "E ε₁") { $0.x }
    expectMean(residuals, 0, "E ε₂") { $0.y }
    expectMean(residuals, 1, "E ε₁²") { $0.x * $0.x }
    expectMean(residuals, 1, "E ε₂²") { $0.y * $0.y }
    expectMean(residuals, 0, "E ε₁ε₂") { $0.x * $0.y }
    expectMean(residuals, 1 - exp(-4.5), "P(|ε| < 3)") { ($0 * $0).sum() < 9 ? 1 : 0 }
    let expected = Double(count) / Double(counts.count)
    let freedom = Double(counts.count - 1)
    let chiSquare = counts.reduce(0) { $0 + (Double($1) - expected) * (Double($1) - expected) }
    #expect(abs(chiSquare / expected - freedom) < 5 * (2 * freedom).squareRoot())
  }

  /// With t uniform on [1.5π, 4.5π]: E t cos t = 2, E t sin t = 2/3π, E t² cos² t = 4.875π² − ¼,
  /// E t² sin² t = 4.875π² + ¼, E t² cos t sin t = 1.5π.
  @Test func momentsOfTheSwissRoll() throws {
    let sample = points(try dataset(.text("swiss-roll")).minibatch(batch: 100_000, step: 0))
    let square = 7.5 * 7.5
    let noise = 0.25 * 0.25
    expectMean(sample, 2 / 7.5, "E x") { $0.x }
    expectMean(sample, 2 / (3 * .pi) / 7.5, "E y") { $0.y }
    expectMean(sample, (4.875 * .pi * .pi - 0.25 + noise) / square, "E x²") { $0.x * $0.x }
    expectMean(sample, (4.875 * .pi * .pi + 0.25 + noise) / square, "E y²") { $0.y * $0.y }
    expectMean(sample, 1.5 * .pi / square, "E xy") { $0.x * $0.y }
  }

  @Test func theSwissRollWithoutNoiseIsASpiral() throws {
    let value: Value = .map([
      "name": .text("swiss-roll"), "noise": .real(0), "scale": .real(1),
    ])
    for point in points(try dataset(value).minibatch(batch: 500, step: 0)) {
      let angle = (point * point).sum().squareRoot()
      #expect((1.5 * .pi - 1e-5...4.5 * .pi + 1e-5).contains(angle))
      #expect(abs(point.x - angle * cos(angle)) < 1e-4)
      #expect(abs(point.y - angle * sin(angle)) < 1e-4)
    }
  }

  /// The same bits on every machine.
  @Test func pointsOfTheSpiralArePinned() throws {
    let value: Value = .map(["name": .text("swiss-roll"), "noise": .real(0)])
    let bits = try dataset(value).minibatch(batch: 2, step: 3).map(\.bitPattern)
    #expect(bits == [3_208_700_883, 1_062_999_213, 1_070_995_967, 3_171_071_144])
  }
}
