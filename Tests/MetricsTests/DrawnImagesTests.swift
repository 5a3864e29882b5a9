import Arrays
import Catalog
import Datasets
import Testing

@testable import Metrics

/// Samples of drawn symbols as rows of numbers.
private func glyphs(_ settings: ValueMap, _ split: Split) throws -> HostArray<Double> {
  let value: Value = .map(settings.merging(["name": .text("glyphs")]) { $1 })
  let complete = ParameterType.entry(Datasets.table.description).complete(value)
  let (entry, arguments) = Datasets.table.selection(complete)
  let samples = try entry.body(arguments, nil)
    .evaluationSamples(count: 10_000, split: split, seed: 1)
  return HostArray(
    shape: [samples.rows, samples.rowCount], elements: samples.elements.map(Double.init))
}

@Suite struct DrawnImagesTests {
  /// Two sets of n samples of one Gaussian in d dimensions are 2 tr Σ / n apart in their means, and in their
  /// covariances, to second order, (1/n) Σᵢⱼ (1 + δᵢⱼ) λᵢλⱼ / (λᵢ + λⱼ) ≤ (d + 1) tr Σ / 2n, as λᵢλⱼ / (λᵢ + λⱼ) ≤
  /// (λᵢ + λⱼ) / 4. That bounds the distance of real from real; a missing class is far beyond it.
  @Test func realIsNearReal() throws {
    let real = try GaussianMoments(glyphs([:], .train))
    let heldOut = try GaussianMoments(glyphs([:], .heldOut))
    let ratio = try frechetDistance(real: real, fake: heldOut) / real.totalVariance
    let bound = (2 + Double(real.mean.count + 1) / 2) / 10_000
    #expect(ratio < bound)

    let nine: Value = .list(
      ["circle", "triangle", "square", "cross", "arrow", "star", "spiral", "bars", "letter"]
        .map(Value.text))
    let fewer = try GaussianMoments(glyphs(["classes": nine], .heldOut))
    let missing = try frechetDistance(real: real, fake: fewer) / real.totalVariance
    #expect(missing > 2 * bound)
  }
}
