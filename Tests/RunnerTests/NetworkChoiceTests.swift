import Arrays
import Catalog
import Datasets
import Engine
import Foundation
import Records
import Testing

@testable import Networks
@testable import Runner

/// Networks as experiment files choose them: ids, mistakes with their places, starting values.
@Suite struct NetworkChoiceTests {
  private func mistakes(_ settings: String) -> [String] {
    do {
      let plan = try TinyPlan.make([("only", settings)])
      try plan.checkData(Identities(plan, executor: "fast", dataFolder: nil))
      return []
    } catch let error as RecordsError {
      return error.description.split(separator: "\n").map(String.init)
    } catch { return ["\(error)"] }
  }

  @Test(arguments: [
    (
      "critic.architecture: dcgan",
      "'critic.hidden' changes nothing here: the layers of dcgan follow from the samples"
    ),
    (
      "critic: {hidden: [64, 64], architecture: dcgan}",
      "critic: dcgan is for images, and the data's samples are a vector of 2"
    ),
    (
      "generator: {hidden: [64, 64], architecture: {name: resnet, pool: mean}}",
      "'pool' of resnet is a setting of critics"
    ),
    (
      "critic: {hidden: [64, 64], architecture: point}",
      "critic: point is a network for the generator"
    ),
    (
      "generator: {hidden: [64, 64], architecture: quadratic}",
      "generator: quadratic is a network for the critic"
    ),
    (
      "data: {name: glyphs, size: 8}, critic: {hidden: [64, 64], architecture: linear}",
      "critic: linear is for vectors, and the data's samples are 8×8 maps of 1 channel"
    ),
    (
      "generator: {hidden: [64, 64], architecture: {name: point, start: [1, 2, 3]}}",
      "generator: 'start' has 3 numbers, and the data's samples are a vector of 2; give one number, or 2"
    ),
    (
      "generator: {hidden: [64, 64], architecture: affine}, latent.size: 3",
      "generator: affine needs latents of the samples' size; set 'latent.size' to 2"
    ),
    (
      "critic: {hidden: [64, 64], architecture: linear, normalizer: layer}",
      "'critic.normalizer' changes nothing here: the layers of linear follow from the samples"
    ),
    (
      "data: {name: gaussian, mean: [1, 2], deviation: [1, 2, 3]}",
      "'deviation' has 3 numbers and 'mean' 2 elements; give one number, or 2"
    ),
    (
      "data: {name: mixture, means: [[1], [1, 2]]}",
      "'means' has vectors of 1 and of 2; they must have one size"
    ),
    (
      "data: {name: mixture, weights: [1, 2, 3]}",
      "'weights' has 3 numbers and 'means' 2 components; give one number, or 2"
    ),
    ("critic.normalizer: instance", "critic: instance norm needs feature maps"),
    ("critic.normalizer: group", "cannot share 8 features between 32 groups"),
    ("latent.bound: 3", "'latent.bound' changes nothing here: it is that of truncated latents"),
    ("latent: {distribution: sphere, size: 1}", "the sphere of one dimension has two points"),
    (
      "critic: {hidden: [64, 64], architecture: {name: sequential, layers: [{linear: 9}, batch, {linear: 1}]}}, penalty: r1",
      "batch norm in the critic makes its output on one sample depend on the others"
    ),
    (
      "critic: {hidden: [64, 64], normalizer: layer, architecture: {name: sequential, layers: [{linear: 1}]}}",
      "'critic.normalizer' changes nothing here: all layers of a sequential network are in its list"
    ),
    (
      "critic: {hidden: [64, 64], architecture: {name: sequential, layers: [{linear: 9}, {conv: {channels: 3, kernal: 3}}]}}",
      "layer 'conv' has no setting 'kernal'; did you mean 'kernel'?"
    ),
    (
      "critic: {hidden: [64, 64], architecture: {name: sequential, layers: [{linaer: 9}]}}",
      "unknown layer 'linaer'; did you mean 'linear'?"
    ),
    (
      "critic: {hidden: [64, 64], architecture: {name: sequential, layers: [linear]}}",
      "'critic.architecture.layers.outputs' must be given"
    ),
    (
      "critic: {hidden: [64, 64], architecture: {name: sequential, layers: [{flatten: 3}]}}",
      "layer 'flatten' needs a map of its settings here, not '3'"
    ),
    (
      "critic: {hidden: [64, 64], architecture: {name: sequential, layers: [{linear: 9}, upsample, {linear: 1}]}}",
      "critic: layer 2, upsample: it needs feature maps, but a vector of 9 arrives"
    ),
  ])
  func mistakeOf(_ settings: String, _ expected: String) {
    let found = mistakes(settings)
    #expect(found.count == 1 && found[0].contains(expected), "\(found)")
  }

  /// The mistake of a listed layer stands at that layer.
  @Test func placeOfALayer() {
    let settings =
      "critic: {hidden: [64, 64], architecture: {name: sequential, layers: [{linear: 9}, upsample]}}"
    let line = "    only: {\(settings)}"
    let column = line.range(of: "upsample").map {
      line.distance(from: line.startIndex, to: $0.lowerBound) + 1
    }
    let found = mistakes(settings)
    #expect(found.first?.contains(":\(column ?? 0): ") == true, "\(found)")
  }

  /// Both spellings of a layer are one configuration, and networks at their defaults are no part of it.
  @Test func canonicalForm() throws {
    func canonical(_ layers: String) throws -> String {
      try TinyPlan.make([
        ("only", "critic: {hidden: [64, 64], architecture: {name: sequential, layers: \(layers)}}")
      ]).arms[0].canonical.canonicalJSON
    }
    let short = try canonical("[{linear: 9}, {leaky-relu: {slope: 0.2}}, {linear: {outputs: 1}}]")
    let long = try canonical(
      "[{name: linear, outputs: 9, bias: true}, leaky-relu, {name: linear, outputs: 1}]")
    #expect(short == long)
    let plain = try TinyPlan.make([("only", "")]).arms[0].canonical.canonicalJSON
    for word in ["architecture", "bound", "dropoutUnit", "constraint"] {
      #expect(!plain.contains(word), "\(plain)")
    }
  }

  /// Weight normalization leaves the lengths free, so it bounds no slope.
  @Test(arguments: [("none", 1), ("weight-norm", 1), ("spectral", 0), ("clipping", 0)])
  func slopesUnderConstraints(_ constraint: String, _ count: Int) throws {
    let plan = try TinyPlan.make([("only", "loss: wasserstein, critic.constraint: \(constraint)")])
    #expect(plan.warnings.count { $0.contains("constraint on its slope") } == count)
  }

  @Test func weightNormStartsAsItIs() throws {
    let plain = try TinyPlan.configuration("").trainer(.reference)
    let normal = try TinyPlan.configuration(
      "critic.constraint: weight-norm, generator.constraint: weight-norm"
    ).trainer(.reference)
    let (one, other) = (plain.advance(), normal.advance())
    #expect(abs(one.critic - other.critic) < 1e-12)
    #expect(normal.state.entry("generator.0.weight_g")?.shape == [8])
  }

  @Test func referenceBatches() throws {
    let settings =
      "critic.normalizer: {name: virtual-batch, samples: 16}, "
      + "generator.normalizer: {name: virtual-batch, samples: 8}, generator.average: 0.9"
    func references(_ seed: Int) throws -> [[Double]] {
      let trainer = try TinyPlan.configuration(settings).trainer(seed: seed)
      let names = ["critic.reference", "generator.reference", "average.generator.reference"]
      let before = names.map { trainer.state[$0] }
      for _ in 0..<5 { _ = trainer.advance() }
      #expect(names.map { trainer.state[$0] } == before)
      return before
    }
    let first = try references(0)
    #expect(first.map(\.count) == [32, 16, 16] && first[1] == first[2])
    #expect(first.allSatisfy { $0.contains { $0 != 0 } })
    #expect(try references(0) == first)
    let second = try references(1)
    #expect(second[0] != first[0] && second[1] != first[1])
    // Real samples lie on the ring.
    for sample in 0..<16 {
      let (x, y) = (first[0][2 * sample], first[0][2 * sample + 1])
      #expect(abs((x * x + y * y).squareRoot() - 1) < 0.4)
    }
  }

  /// Samples with spectral norm in the generator come from the normalized weights, averaged or not.
  @Test func sampledGeneratorsAreConstrained() throws {
    for average in ["0", "0.9"] {
      let trainer = try TinyPlan.configuration(
        "generator.constraint: spectral, generator.average: \(average)"
      ).trainer(.reference)
      for _ in 0..<3 { _ = trainer.advance() }
      let prefix = trainer.training.sampledStates
      let sampler = Sampler(trainer, seed: 0, executor: .reference)
      let before = sampler(8).elements
      // Bias 0 in front, so that the last weight's length alone would scale the output without the constraint.
      trainer.state["\(prefix).2.weight"] = trainer.state["\(prefix).2.weight"].map { 3 * $0 }
      let after = sampler(8).elements
      #expect(zip(before, after).allSatisfy { abs($0 - $1) < 1e-5 })
    }
  }
}
