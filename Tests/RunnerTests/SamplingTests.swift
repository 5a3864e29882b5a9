import Arrays
import Engine
import Foundation
import Testing

@testable import Runner

/// Samples against a generator that is written out here.
@Suite struct SamplingTests {
  /// A generator of one hidden layer with leaky ReLU of slope 0.2, in Float64.
  private struct Generator {
    let state: StateTable
    let prefix: String
    var isNormalized = false

    func callAsFunction(_ z: [Double]) -> [Double] {
      let last = isNormalized ? 3 : 2
      let hidden = linear(z, "0").enumerated().map { index, value in
        let normalized = isNormalized ? normalize(value, index) : value
        return normalized > 0 ? normalized : 0.2 * normalized
      }
      return linear(hidden, "\(last)")
    }

    private func linear(_ x: [Double], _ layer: String) -> [Double] {
      let weight = state["\(prefix).\(layer).weight"]
      let bias = state["\(prefix).\(layer).bias"]
      return bias.indices.map { row in
        x.indices.reduce(bias[row]) { $0 + weight[row * x.count + $1] * x[$1] }
      }
    }

    /// By the running statistics, not those of a batch.
    private func normalize(_ value: Double, _ index: Int) -> Double {
      let mean = state["\(prefix).1.running_mean"][index]
      let variance = state["\(prefix).1.running_var"][index]
      let scale = state["\(prefix).1.weight"][index] / (variance + 1e-5).squareRoot()
      return (value - mean) * scale + state["\(prefix).1.bias"][index]
    }
  }

  private func latents(_ count: Int, seed: UInt64) -> [[Double]] {
    let stream = RandomStream(seed: seed, name: "evaluate/latent")
    let chunks = (0..<(count + 499) / 500).flatMap { chunk -> [Float] in
      var numbers = [Float](repeating: 0, count: 1000)
      numbers.withUnsafeMutableBufferPointer { stream.fillNormal($0, step: chunk) }
      return numbers
    }
    return (0..<count).map { [Double(chunks[2 * $0]), Double(chunks[2 * $0 + 1])] }
  }

  @Test(arguments: [
    ("", "generator", false), ("generator.normalizer: batch", "generator", true),
    ("generator.average: 0.9", "average.generator", false),
    ("generator: {normalizer: batch, average: 0.8}", "average.generator", true),
    ("generator.normalizer: batch, generator.dropout: 0", "generator", true),
  ])
  func samplesAreTheGeneratorsOutputs(_ settings: String, _ prefix: String, _ isNormalized: Bool)
    throws
  {
    let trainer = try TinyPlan.configuration(settings).trainer(seed: 3)
    for _ in 0..<30 { _ = trainer.advance() }
    let samples = Sampler(trainer, seed: 3, executor: .fast(.best))(700)
    #expect(samples.shape == [700, 2])
    let generator = Generator(state: trainer.state, prefix: prefix, isNormalized: isNormalized)
    var worst = 0.0
    for (index, z) in latents(700, seed: 3).enumerated() {
      for (column, expected) in generator(z).enumerated() {
        let error = abs(Double(samples.elements[2 * index + column]) - expected)
        worst = max(worst, error / max(1, abs(expected)))
      }
    }
    #expect(worst < 1e-5)
  }

  @Test func averagesAreNotTheWeights() throws {
    let trainer = try TinyPlan.configuration("generator.average: 0.9").trainer()
    for _ in 0..<30 { _ = trainer.advance() }
    #expect(trainer.state["average.generator.0.weight"] != trainer.state["generator.0.weight"])
  }

  @Test func moreSamplesBeginWithTheSame() throws {
    let trainer = try TinyPlan.configuration("generator.normalizer: batch").trainer()
    let sampler = Sampler(trainer, seed: 0, executor: .fast(.best))
    let many = sampler(1203).elements
    for count in [1, 2, 499, 500, 501, 1000] {
      #expect(sampler(count).elements == Array(many.prefix(2 * count)), "\(count)")
    }
  }

  @Test func samplingChangesNoState() throws {
    let trainer = try TinyPlan.configuration("generator.normalizer: batch").trainer()
    let before = trainer.state.digest
    _ = Sampler(trainer, seed: 0, executor: .fast(.best))(600)
    #expect(trainer.state.digest == before)
  }
}
