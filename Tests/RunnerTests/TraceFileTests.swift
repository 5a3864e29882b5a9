import Arrays
import Engine
import Foundation
import Records
import Testing

@testable import Runner

/// What `saddle trace` writes.
@Suite struct TraceFileTests {
  /// Settings that between them have every kind of input, state and layout.
  static let settings = [
    "optimizer: {name: sgd, momentum: 0.5}, penalty: wgan-gp, loss: wasserstein, train.criticSteps: 2",
    "penalty: [{preset: r1, every: 2}, {preset: dragan, weight: {name: linear, from: 1, to: 2}}]",
    "critic: {hidden: [8], dropout: 0.3, constraint: spectral}, generator: {hidden: [8], normalizer: batch, average: 0.9}",
    "critic: {hidden: [8], normalizer: {name: virtual-batch, samples: 4}}, latent.distribution: sphere",
    """
    data: {name: glyphs, size: 8}, generator: {hidden: [64, 64], architecture: {name: sequential, layers: \
    [{linear: 12}, {reshape: [2, 2, 3]}, {conv-transposed: {channels: 2, kernel: 2, stride: 2}}, \
    {upsample: 2}, {conv: {channels: 1}}, {reshape: [36]}, {linear: 64}]}}, critic: {hidden: [8], dropout: 0.2}
    """,
  ]

  private func trace(
    _ settings: String, steps: Int = 3, _ executor: Executor = .fast(.best)
  ) throws -> Trace {
    let plan = try TinyPlan.make([("only", settings)], set: ["train.batch=6"])
    let identities = Identities(plan, executor: executor.name, dataFolder: nil)
    return try Trace(plan.arms[0], seed: 3, steps: steps, identities, executor)
  }

  @Test(arguments: 0..<settings.count)
  func ourOwnProgramsRepeatIt(_ index: Int) throws {
    for executor in [Executor.fast(.best), .reference] {
      let trace = try trace(Self.settings[index], executor)
      let replay = try TraceReplay(trace)
      #expect(replay.runs.map(\.step).max() == 2)
      #expect(try replay.differences(executor) == [])
    }
  }

  /// Tracing changes no bit of the training, and the file is a function of the run.
  @Test(arguments: 0..<settings.count)
  func tracedTrainingIsTheSame(_ index: Int) throws {
    let trace = try trace(Self.settings[index])
    #expect(try self.trace(Self.settings[index]).bytes == trace.bytes)
    let file = try Safetensors(decoding: trace.bytes, file: "trace")
    let trainer = try TinyPlan.configuration(Self.settings[index], set: ["train.batch=6"]).trainer(
      seed: 3)
    let initial = trainer.state.portable("initial/") { _ in true }
    let losses = (0..<3).map { _ in trainer.advance() }
    let final = trainer.state.portable("final/") { _ in true }
    for entry in initial + final { #expect(file[entry.name] == entry.array, "\(entry.name)") }
    for (step, loss) in losses.enumerated() {
      let name = try #require(
        file.entries.map(\.name).first {
          $0.hasPrefix("step/\(step)/") && $0.hasSuffix(".generator/output/generator/loss")
        })
      #expect(file[name]?.doubles.elements == [loss.generator])
    }
  }

  /// Each trained parameter has a gradient in its player's programs, with the parameter's shape.
  @Test func gradientsOfEveryParameter() throws {
    let file = try Safetensors(decoding: try trace(Self.settings[2]).bytes, file: "trace")
    for player in ["critic", "generator"] {
      let names = file.entries.map(\.name).filter { $0.hasPrefix("final/\(player).") }
        .map { String($0.dropFirst("final/".count)) }
      let trained = names.filter { !$0.hasSuffix("weight_u") && !$0.contains("running") }
      #expect(!trained.isEmpty)
      let prefix = "step/1/\(player == "critic" ? 0 : 1).\(player)/gradient/"
      let found = file.entries.map(\.name).filter { $0.hasPrefix(prefix) }
      #expect(found.sorted() == trained.map { prefix + $0 }.sorted())
      for name in trained { #expect(file[prefix + name]?.shape == file["final/\(name)"]?.shape) }
    }
  }

  @Test func imagesAreChannelsFirst() throws {
    let settings = "data: {name: glyphs, size: 8}"
    let file = try Safetensors(decoding: try trace(settings).bytes, file: "trace")
    #expect(file["step/0/0.critic/input/data/critic"]?.shape == [6, 1, 8, 8])
    #expect(file.metadata["generator"]?.hasSuffix("output0: Unflatten(1, (1, 8, 8))") == true)
    #expect(file.metadata["critic"]?.hasPrefix("before0_0: Flatten()\n0: Linear(64, 8)\n") == true)
  }

  @Test func limits() throws {
    #expect(throws: TraceError.tooManySteps(asked: 31, available: 30)) {
      try trace("", steps: 31)
    }
    let large = "generator.hidden: [1500, 1500, 1500], train.steps: 100000"
    #expect {
      try trace(large, steps: 100_000)
    } throws: { error in
      guard case TraceError.tooLarge(let bytes, let fitting) = error else { return false }
      // 4.5 million parameters and as many moments twice, in the beginning and at the end; then gradients.
      return bytes > 1 << 40 && (40...60).contains(fitting)
    }
  }

  /// A trace ends with the step that is not finite.
  @Test func divergence() throws {
    let trace = try trace("optimizer: {name: sgd, rate: 1e30}, loss: wasserstein", steps: 20)
    #expect(!trace.isFinite)
    #expect((1..<20).contains(trace.steps))
    #expect(
      try Safetensors(decoding: trace.bytes, file: "trace").metadata["steps"] == "\(trace.steps)")
  }
}
