import Records
import Testing

@testable import Runner

/// What is refused of image experiments when their data are known.
@Suite struct ImageRemarkTests {
  private static let glyphs = "data: {name: glyphs, size: 8}"

  private func refusal(_ settings: String, metrics: String = "frechet: {}") throws -> String {
    let error = #expect(throws: RecordsError.self) {
      let plan = try TinyPlan.make([("only", settings)], metrics: metrics)
      try plan.checkData(Identities(plan, executor: "fast", dataFolder: nil))
    }
    return "\(try #require(error))"
  }

  @Test func normalizersThatReachNoLayer() throws {
    let dcgan = "critic: {architecture: dcgan, hidden: [64, 64], normalizer: layer}"
    #expect(
      try refusal("\(Self.glyphs), \(dcgan)").contains("'critic.normalizer' changes nothing here"))
    #expect(
      try refusal("generator: {hidden: [], normalizer: batch}")
        .contains("'generator.normalizer' changes nothing here"))
  }

  @Test func networksOfTooManyNumbers() throws {
    let layers = Array(repeating: "{upsample: 64}", count: 11).joined(separator: ", ")
    let grown =
      "generator: {hidden: [64, 64], architecture: {name: sequential, layers: [{reshape: [1, 1, 2]}, \(layers)]}}"
    #expect(
      try refusal("\(Self.glyphs), \(grown)").contains("which are more than 2147483647 numbers"))
    let wide =
      "generator: {hidden: [64, 64], architecture: {name: sequential, layers: [{linear: 1048576}, {linear: 1048576}]}}"
    #expect(try refusal(wide).contains("weights of shape [1048576, 1048576]"))
  }

  @Test func metricsThatCannotBeTaken() throws {
    #expect(
      try refusal(
        "data: {name: glyphs, classes: [circle, star]}",
        metrics: "balance: {metric: class-balance, from: uniform}"
      ).contains("equal shares of 10 classes, and these data keep 2"))
    #expect(
      try refusal("data: glyphs, evaluate.samples: 8", metrics: "classifier-score: {}")
        .contains("needs at least 10 samples, not 8"))
  }

  @Test func twoKindsOfBatchNorm() throws {
    let layers = "[{linear: 8}, batch, {linear: 8}, virtual-batch, {linear: 2}]"
    #expect(
      try refusal(
        "generator: {hidden: [64, 64], architecture: {name: sequential, layers: \(layers)}}"
      ).contains("use one of the two"))
  }

  /// Layer and group norm mix channels, so a bias before them is a parameter of its own.
  @Test func biasesThatANormalizerUndoesAreLeftOut() throws {
    func hasBias(_ normalizer: String) throws -> Bool {
      let dcgan = "hidden: [64, 64], architecture: {name: dcgan, width: 4}"
      let configuration = try TinyPlan.configuration(
        "data: glyphs, critic: {\(dcgan), normalizer: \(normalizer)}")
      let network = try CriticNetwork(configuration, sampleShape: [16, 16, 1])
      return network.states.contains { $0.name == "critic.2.bias" }
    }
    for normalizer in ["batch", "instance", "virtual-batch"] { #expect(try !hasBias(normalizer)) }
    for normalizer in ["none", "layer", "{name: group, groups: 2}"] {
      #expect(try hasBias(normalizer))
    }
  }
}
