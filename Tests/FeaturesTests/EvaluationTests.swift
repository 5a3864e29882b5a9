import Arrays
import Catalog
import Datasets
import Engine
import Metrics
import Testing

@testable import Features

/// Metrics in feature spaces, on samples of which the answer is known.
@Suite("Features and classes of drawn images")
struct EvaluationTests {
  static func samples(
    _ name: String, _ split: Split, count: Int, _ settings: ValueMap = [:]
  ) throws -> HostArray<Float> {
    try dataset(name, settings).evaluationSamples(count: count, split: split, seed: 0)
  }

  static func metric(_ name: String, _ settings: ValueMap = [:]) -> (Metric, Arguments) {
    let value: Value = .map(settings.merging(["name": .text(name)]) { $1 })
    let complete = ParameterType.entry(metricTable.description).complete(value)
    let (entry, arguments) = metricTable.selection(complete)
    return (entry.body, arguments)
  }

  static func value(
    _ name: String, _ settings: ValueMap = [:], real: HostArray<Double>, fake: HostArray<Double>
  ) throws -> Double {
    let (metric, arguments) = metric(name, settings)
    return try metric(Comparison(real: real, fake: fake), arguments)
  }

  @Test(
    "Real samples are near real ones, and a generator of one class is far",
    arguments: ["random-convolution", "classifier"])
  func distances(_ features: String) throws {
    let real = try Self.samples("glyphs", .train, count: 10_000)
    let extractor = try fitted(features, to: real, of: "glyphs")
    let heldOut = try extractor(Self.samples("glyphs", .heldOut, count: 10_000))
    let one = try extractor(
      Self.samples("glyphs", .heldOut, count: 10_000, ["classes": .list([.text("circle")])]))
    let reference = try extractor(real)
    for name in ["frechet", "mmd2"] where name == "frechet" || features == "classifier" {
      let near = try Self.value(name, real: reference, fake: heldOut)
      let far = try Self.value(name, real: reference, fake: one)
      #expect(near < far / 200, "\(name): \(near) against \(far)")
    }
  }

  @Test("Real glyphs are of ten classes in equal shares")
  func glyphs() throws {
    let images = try Self.samples("glyphs", .train, count: 4000)
    let space = try Classifier.probabilities(
      dataset: "glyphs", imageShape: [16, 16, 1], kernels: .best)
    let real = try space(images)
    let fake = try space(Self.samples("glyphs", .heldOut, count: 4000))
    #expect(try Self.value("classes", ["share": .real(0.05)], real: real, fake: fake) == 10)
    #expect(try Self.value("classifier-score", real: real, fake: fake) > 9.5)
    // Twice the balance's 2N is nearly chi-squared with 9 degrees of freedom per side: mean 9 (1/2N + 1/2n).
    #expect(try Self.value("class-balance", real: real, fake: fake) < 4 * 9 / 4000)
    let one = try space(
      Self.samples("glyphs", .heldOut, count: 500, ["classes": .list([.text("star")])]))
    #expect(try Self.value("classes", ["share": .real(0.05)], real: real, fake: one) == 1)
    #expect(try Self.value("classifier-score", real: real, fake: one) < 1.2)
    #expect(try Self.value("class-balance", real: real, fake: one) > 2)
  }

  /// Of 1000 equally probable classes 8000 samples miss each with probability (1 − 1/1000)⁸⁰⁰⁰ = 3.3e-4: a third of a class
  /// is missing on average, and five or more in one of 30,000 sets.
  @Test("Real stacked glyphs are of nearly all thousand classes")
  func stackedGlyphs() throws {
    let data = try dataset("stacked-glyphs")
    let images = data.evaluationSamples(count: 8000, split: .heldOut, seed: 0)
    let space = try Classifier.probabilities(
      dataset: "stacked-glyphs", imageShape: [16, 16, 3], kernels: .best)
    let fake = try space(images)
    #expect(fake.shape == [8000, 3, 10])
    #expect(try Self.value("classes", real: fake, fake: fake) >= 996)
    // 2N times the divergence is nearly chi-squared with 999 degrees of freedom.
    let balance = try Self.value(
      "class-balance", ["from": .text("uniform")], real: fake, fake: fake)
    #expect(abs(balance * 16_000 - 999) < 5 * 1998.0.squareRoot())
    // The classifier's triples are the known ones.
    let labels = data.evaluationLabels(count: 8000, split: .heldOut, seed: 0) ?? []
    let right = labels.indices.count { row in
      let label = (0..<3).reduce(0) { label, part in
        let scores = fake.elements[(row * 3 + part) * 10..<(row * 3 + part + 1) * 10]
        let best = scores.indices.max { scores[$0] < scores[$1] } ?? scores.startIndex
        return 10 * label + best - scores.startIndex
      }
      return label == labels[row]
    }
    #expect(right >= 7900)
  }

  @Test("Glyphs of other sizes are resized for the classifier", arguments: [12, 24, 32])
  func otherSizes(_ size: Int) throws {
    let data = try dataset("glyphs", ["size": .integer(size)])
    let images = data.evaluationSamples(count: 500, split: .heldOut, seed: 0)
    let labels = data.evaluationLabels(count: 500, split: .heldOut, seed: 0) ?? []
    let space = try Classifier.probabilities(
      dataset: "glyphs", imageShape: data.sampleShape, kernels: .best)
    let probabilities = try space(images)
    let right = labels.indices.count { row in
      let scores = probabilities.row(row)
      return scores.indices.max { scores[$0] < scores[$1] } == scores.startIndex + labels[row]
    }
    #expect(right >= 475)
  }
}
