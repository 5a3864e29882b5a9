import Catalog
import Features
import Foundation
import Records
import Testing

@testable import Runner

/// Evaluations that use classifiers and features of images.
@Suite struct ClassifierEvaluationTests {
  private static func identities(_ plan: Plan) -> Identities {
    Identities(plan, executor: "fast", dataFolder: nil)
  }

  /// The sums of weights in the identity of an evaluation of drawn symbols.
  private static func weights(_ settings: String, metrics: String) throws -> String {
    let plan = try TinyPlan.make([("only", "data: glyphs, \(settings)")], metrics: metrics)
    let line = try identities(plan).evaluation(plan.arms[0], seed: 0).line
    let parts = line.split(separator: "\"extractor\":\"", maxSplits: 1)
    return String(try #require(parts.last).prefix { $0 != "\"" })
  }

  private static func sum(_ name: String) throws -> String {
    try #require(Classifier(of: name)).digest
  }

  /// What uses no classifier has the identity that it had before there were any.
  @Test func classifiersArePartOfTheEvaluationsThatUseThem() throws {
    let (raw, drawn) = ("evaluate.features: raw", "evaluate.features: random-convolution")
    #expect(try Self.weights(raw, metrics: "frechet: {}") == "")
    #expect(try Self.weights(drawn, metrics: "frechet: {}") == "")
    let glyphs = try Self.sum("glyphs")
    #expect(try Self.weights(raw, metrics: "frechet: {}, classes: {}") == glyphs)
    let own = "evaluate.features: classifier"
    #expect(try Self.weights(own, metrics: "frechet: {}") == glyphs)
    #expect(try Self.weights(own, metrics: "frechet: {}, classes: {}") == glyphs)
    let other = "evaluate.features: {name: classifier, trained-on: mnist}"
    let both = [glyphs, try Self.sum("mnist")].sorted().joined(separator: " ")
    #expect(try Self.weights(other, metrics: "frechet: {}, classes: {}") == both)
  }

  @Test func dataWithoutClassifierOrPixelsAreRefused() throws {
    func check(_ settings: String, metrics: String = "frechet: {}") throws {
      let plan = try TinyPlan.make([("only", settings)], metrics: metrics)
      try plan.checkData(Self.identities(plan))
    }
    func message(_ settings: String, metrics: String = "frechet: {}") throws -> String {
      let error = #expect(throws: RecordsError.self) { try check(settings, metrics: metrics) }
      return "\(try #require(error))"
    }
    try check("data: glyphs, evaluate.features: classifier", metrics: "classes: {}")
    try check("data: stacked-glyphs, evaluate.features: random-convolution")
    #expect(
      try message("data: swiss-roll", metrics: "classes: {}") == """
        tiny.yaml:7:12: metric 'classes' needs classes, and there is no classifier for the data \
        set swiss-roll, only for mnist, fashion-mnist, glyphs; 'when' can ask it of other \
        arms alone (in arm 'only')
        """)
    #expect(
      try message("data: swiss-roll, evaluate.features: classifier") == """
        tiny.yaml:7:30: classifier features are those of images, and samples of swiss-roll are \
        points of 2 numbers; use raw or pca (in arm 'only')
        """)
    #expect(
      try message("data: swiss-roll, evaluate.features: random-convolution") == """
        tiny.yaml:7:30: random-convolution features are those of images of at least 8 × 8 pixels \
        with 1 or 3 channels, and samples of swiss-roll are points of 2 numbers; use raw or pca \
        (in arm 'only')
        """)
    let unknown = "data: glyphs, evaluate.features: {name: classifier, trained-on: cifar}"
    #expect(try message(unknown).contains("'cifar'"))
  }

  @Test func classesAndFeaturesAreMeasured() throws {
    let plan = try TinyPlan.make(
      [("only", "data: stacked-glyphs, evaluate.features: classifier")],
      metrics: "frechet: {}, classes: {}, class-balance: {from: uniform}, classifier-score: {}")
    let arm = plan.arms[0]
    let real = try RealSide(
      try Self.identities(plan).dataset(arm),
      EvaluationSettings(RunConfiguration(arm.configuration)), kernels: .best)
    let evaluator = try Evaluator(real, metrics: plan.metrics(of: arm))
    let values = try evaluator.realAgainstReal()
    #expect(values.count == 4 && values.allSatisfy { $0 != nil })
    // 64 real triples of 1000 are nearly all different.
    let classes = try #require(values[1])
    #expect(classes > 55 && classes <= 64)
    let sum = try Self.sum("glyphs").prefix(12)
    #expect(
      evaluator.protocolText == """
        64 generated samples against 128 drawn real samples in classifier features of dimension \
        192 (a classifier trained on glyphs, weights \(sum)), and as class probabilities (a \
        classifier trained on glyphs, weights \(sum)); real against real takes 64 held-out \
        samples in the place of the generated ones.
        """)
  }
}
