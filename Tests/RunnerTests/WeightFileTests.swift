import Arrays
import Engine
import Foundation
import Networks
import Records
import Testing

@testable import Runner

/// Weights that leave a store and enter another run.
@Suite struct WeightFileTests {
  private static let networks = """
    generator: {hidden: [8], normalizer: batch, average: 0.9}, \
    critic: {hidden: [8], constraint: spectral}
    """
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func jobs(_ plan: Plan) -> (JobRunner, Identities, Store) {
    let store = Store("\(folder.path)/store")
    return (
      JobRunner(plan, store: store, executor: .fast(.best), dataFolder: nil),
      Identities(plan, executor: "fast", dataFolder: nil), store
    )
  }

  private func write(_ bytes: [UInt8], _ name: String) throws -> String {
    let path = "\(folder.path)/\(name)"
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    return path
  }

  private func export(
    _ plan: Plan, _ network: RunNetwork, step: Int? = nil, isRaw: Bool = false
  ) throws -> WeightExport {
    let (runner, identities, store) = jobs(plan)
    try runner.perform(arm: 0, seed: 0)
    return try WeightExport(
      plan.arms[0], seed: 0,
      WeightExport.Request(network: network, step: step, isAveraged: true, isRaw: isRaw), store,
      identities, .fast(.best))
  }

  /// A run that starts with exported weights begins with the samples that the other run ended with, bit for bit.
  @Test func exportAndImport() throws {
    let plan = try TinyPlan.make([("only", Self.networks)])
    let export = try export(plan, .generator)
    #expect(export.isAveraged)
    let path = try write(export.bytes, "generator.safetensors")
    let other = try TinyPlan.make([("only", Self.networks + ", generator.weights: \(path)")])
    let (_, identities, _) = jobs(other)
    let trainer = try Trainer(
      RunConfiguration(other.arms[0].configuration), seed: 9,
      dataset: try identities.dataset(other.arms[0]), executor: .fast(.best),
      weights: try identities.startingWeights(other.arms[0]))
    let network = ExportedNetwork(
      trainer, trainer.training.generator, prefix: "average.generator", .fast(.best))
    let examples = try Safetensors(decoding: export.examples, file: "examples")
    let input = try #require(examples["input"]?.doubles)
    #expect(input.shape == [8, 2])
    #expect(network.run(input).elements == examples["output"]?.doubles.elements)
  }

  /// Normalized weights give a network without the constraint the same outputs; raw states go on in one with it.
  @Test func constrainedWeights() throws {
    let plan = try TinyPlan.make([("only", Self.networks)])
    for isRaw in [false, true] {
      let export = try export(plan, .critic, isRaw: isRaw)
      let names = try Safetensors(decoding: export.bytes, file: "critic").entries.map(\.name)
        .sorted()
      let vectors = isRaw ? ["0.weight_u", "2.weight_u"] : []
      #expect(names == (["0.bias", "0.weight", "2.bias", "2.weight"] + vectors).sorted())
      let path = try write(export.bytes, "critic-\(isRaw).safetensors")
      let constraint = isRaw ? "spectral" : "none"
      let other = try TinyPlan.make([
        ("only", "critic: {hidden: [8], constraint: \(constraint), weights: \(path)}")
      ])
      let (_, identities, _) = jobs(other)
      let trainer = try Trainer(
        RunConfiguration(other.arms[0].configuration), seed: 1,
        dataset: try identities.dataset(other.arms[0]), executor: .fast(.best),
        weights: try identities.startingWeights(other.arms[0]))
      let network = ExportedNetwork(
        trainer, trainer.training.critic.parts[0], prefix: "critic", .fast(.best))
      let examples = try Safetensors(decoding: export.examples, file: "examples")
      let output = network.run(try #require(examples["input"]?.doubles)).elements
      #expect(output == examples["output"]?.doubles.elements)
    }
  }

  @Test func pointsThatARunKept() throws {
    let plan = try TinyPlan.make([("only", "")])
    let start = try export(plan, .generator, step: 0)
    let trainer = try TinyPlan.configuration("").trainer()
    let file = try Safetensors(decoding: start.bytes, file: "start")
    for entry in trainer.state.portable(where: { $0.hasPrefix("generator.") }) {
      #expect(file[String(entry.name.dropFirst("generator.".count))] == entry.array)
    }
    #expect(try export(plan, .generator, step: 30).bytes == export(plan, .generator).bytes)
    #expect(throws: WeightExportError.self) { try export(plan, .generator, step: 4) }
    #expect(throws: WeightExportError.self) { try export(plan, .critic, step: 3) }
  }

  /// The content of the file is part of a run's id; its path is not.
  @Test func identity() throws {
    let plan = try TinyPlan.make([("only", "")])
    let (end, start) = (try export(plan, .generator), try export(plan, .generator, step: 0))
    func id(_ bytes: [UInt8], _ name: String) throws -> String {
      let path = try write(bytes, name)
      let plan = try TinyPlan.make([("only", "generator.weights: \(path)")])
      return try jobs(plan).1.run(plan.arms[0], seed: 0).id
    }
    let first = try id(end.bytes, "a.safetensors")
    #expect(try id(end.bytes, "b.safetensors") == first)
    #expect(try id(start.bytes, "a.safetensors") != first)
    #expect(try jobs(plan).1.run(plan.arms[0], seed: 0).id != first)
  }

  /// Weights that PyTorch wrote, with batch norm and transposed convolutions; PyTorch's own samples.
  @Test func weightsOfPyTorch() throws {
    let golden = TrainingFixture.folder.deletingLastPathComponent().appendingPathComponent(
      "weights")
    let path = golden.appendingPathComponent("generator.safetensors").path
    let plan = try TinyPlan.make([
      (
        "only",
        """
        data: {name: glyphs, size: 8}, generator: {weights: \(path), hidden: [64, 64], architecture: {name: sequential, \
        layers: [{linear: 6}, batch, leaky-relu, {reshape: [1, 1, 6]}, {conv-transposed: \
        {channels: 3, kernel: 4}}, tanh, {conv-transposed: {channels: 1, kernel: 4, stride: 2, \
        padding: 1}}, tanh]}}
        """
      )
    ])
    let (_, identities, _) = jobs(plan)
    let examples = try Safetensors(
      contentsOf: golden.appendingPathComponent("examples.safetensors").path)
    let trainer = try Trainer(
      RunConfiguration(plan.arms[0].configuration), seed: 0,
      dataset: try identities.dataset(plan.arms[0]), executor: .fast(.best),
      weights: try identities.startingWeights(plan.arms[0]))
    let network = ExportedNetwork(
      trainer, trainer.training.generator, prefix: "generator", .fast(.best))
    let output = network.run(try #require(examples["input"]?.doubles)).elements
    let wanted = try #require(examples["output"]?.doubles.elements)
    #expect(output.count == wanted.count && wanted.count == 4 * 64)
    for (ours, theirs) in zip(output, wanted) { #expect(abs(ours - theirs) < 1e-6) }
  }

  /// All that does not fit is told at once, at the place of the setting.
  @Test func mistakes() throws {
    func problems(_ entries: [Safetensors.Entry]) throws -> String {
      let path = try write(Safetensors(entries).encoded(), "bad.safetensors")
      let plan = try TinyPlan.make([("only", "generator.weights: \(path)")])
      do {
        try plan.checkData(jobs(plan).1)
        return ""
      } catch let error as RecordsError {
        return error.description.replacing(path, with: "PATH")
      }
    }
    func zeros(_ name: String, _ shape: [Int], _ value: Float = 0) -> Safetensors.Entry {
      let elements = [Float](repeating: value, count: shape.reduce(1, *))
      return Safetensors.Entry(name, .float32(HostArray(shape: shape, elements: elements)))
    }
    let whole = [
      zeros("0.weight", [8, 2]), zeros("0.bias", [8]), zeros("2.weight", [2, 8]),
      zeros("2.bias", [2]),
    ]
    #expect(try problems(whole) == "")
    let prefixed = whole.map { Safetensors.Entry("generator.\($0.name)", $0.array) }
    #expect(try problems(prefixed + [zeros("critic.0.weight", [3])]) == "")
    let message = try problems([
      zeros("0.weight", [2, 8]), zeros("0.bias", [8], .nan), zeros("2.weight", [2, 8]),
      zeros("4.weight", [1]),
    ])
    #expect(
      message == """
        tiny.yaml:7:12: PATH: does not fit the generator: missing: generator.2.bias; of no state: \
        generator.4.weight; of another shape: generator.0.weight [2, 8], not [8, 2]; not finite: \
        generator.0.bias (in arm 'only')
        """)
  }
}
