import Arrays
import Catalog
import Datasets
import Testing

/// Distributions of vectors of any size.
@Suite struct GaussianVectorTests {
  private static func list(_ numbers: Double...) -> Value { .list(numbers.map(Value.real)) }

  private static let mixture: Value = .map([
    "name": .text("mixture"), "means": .list([list(-2, 1, 0), list(3, 0, 5)]),
    "weights": list(1, 3), "deviations": list(0.5, 0.25),
  ])
  private static let gaussian: Value = .map([
    "name": .text("gaussian"), "mean": list(1, -2, 3), "deviation": list(0.5, 2, 0),
  ])

  @Test func diracIsAPoint() throws {
    #expect(try dataset(.text("dirac")).minibatch(batch: 3, step: 4) == [0, 0, 0])
    let plane = try dataset(.map(["name": .text("dirac"), "at": Self.list(1.5, -2)]))
    #expect(plane.sampleShape == [2])
    #expect(plane.minibatch(batch: 2, step: 0) == [1.5, -2, 1.5, -2])
    #expect(
      plane.evaluationSamples(count: 1, split: .heldOut, seed: 3).elements == [1.5, -2])
  }

  @Test(arguments: [gaussian, mixture]) func drawsAreAFunctionOfTheStep(_ value: Value) throws {
    let data = try dataset(value)
    #expect(data.sampleShape == [3])
    let large = data.minibatch(batch: 100, step: 7)
    #expect(data.minibatch(batch: 33, step: 7) == Array(large[..<99]))
    #expect(data.minibatch(batch: 100, step: 8) != large)
    let heldOut = data.evaluationSamples(count: 100, split: .heldOut, seed: 0).elements
    #expect(heldOut != large)
    #expect(heldOut != data.evaluationSamples(count: 100, split: .train, seed: 0).elements)
  }

  /// The mean and the second moment about `centre` of an element, within five of their standard errors.
  private func expectMoments(
    _ values: [Double], mean: Double, variance: Double, fourth: Double,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let count = Double(values.count)
    let found = values.reduce(0, +) / count
    let spread = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
    #expect(
      abs(found - mean) <= 5 * (variance / count).squareRoot(), sourceLocation: sourceLocation)
    #expect(
      abs(spread - variance) <= 5 * ((fourth - variance * variance) / count).squareRoot(),
      sourceLocation: sourceLocation)
  }

  @Test func momentsOfAGaussian() throws {
    let elements = try dataset(Self.gaussian).minibatch(batch: 100_000, step: 0).map(Double.init)
    let settings = zip([1.0, -2, 3], [0.5, 2, 0])
    for (element, (mean, deviation)) in settings.enumerated() {
      let values = stride(from: element, to: elements.count, by: 3).map { elements[$0] }
      let variance = deviation * deviation
      expectMoments(values, mean: mean, variance: variance, fourth: 3 * variance * variance)
    }
    let products = stride(from: 0, to: elements.count, by: 3).map {
      (elements[$0] - 1) * (elements[$0 + 1] + 2)
    }
    expectMoments(products, mean: 0, variance: 1, fourth: 9)
  }

  /// Components are far apart, so each sample tells its own: shares, means and deviations.
  @Test func momentsOfAMixture() throws {
    let elements = try dataset(Self.mixture).minibatch(batch: 100_000, step: 0).map(Double.init)
    let samples = stride(from: 0, to: elements.count, by: 3).map { Array(elements[$0..<$0 + 3]) }
    let groups = [samples.filter { $0[2] < 2.5 }, samples.filter { $0[2] >= 2.5 }]
    let share = Double(groups[0].count) / 100_000
    #expect(abs(share - 0.25) < 5 * (0.25 * 0.75 / 100_000).squareRoot())
    let settings = [([-2.0, 1, 0], 0.25), ([3.0, 0, 5], 0.0625)]
    for (group, (means, variance)) in zip(groups, settings) {
      for element in 0..<3 {
        expectMoments(
          group.map { $0[element] }, mean: means[element], variance: variance,
          fourth: 3 * variance * variance)
      }
    }
  }

  /// Weights that are equal need not be said, and need not sum to one.
  @Test func equalWeights() throws {
    func batch(_ weights: Value?) throws -> [Float] {
      var members: ValueMap = ["name": .text("mixture")]
      if let weights { members["weights"] = weights }
      return try dataset(.map(members)).minibatch(batch: 1000, step: 0)
    }
    #expect(try batch(nil) == batch(Self.list(7, 7)))
    #expect(try batch(nil) != batch(Self.list(7, 8)))
    let right = try batch(Self.list(1e-12, 1)).filter { $0 > 0 }.count
    #expect(right > 800)
  }
}
