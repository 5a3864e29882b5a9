import Arrays
import Datasets
import Engine
import Networks
import Records

/// The weights of a network of a stored run as a file that PyTorch loads.
///
/// A safetensors file in the names and layouts of the `state_dict` of an `nn.Sequential`, whose modules the metadata lists:
///
/// - `format`: `saddle weights 1`; `network`: its name; `modules`: a line `<name>: <module>` each;
/// - `step`: the generator steps before; `average`: whether the weights are averaged;
/// - `identity`: the line whose digest is the run's id.
///
/// Where a constraint normalizes weights, the file holds the normalized ones, with which a plain network does the same.
public struct WeightExport: Sendable {
  /// What is exported of a run.
  public struct Request: Sendable {
    /// The network.
    public var network: RunNetwork
    /// The generator steps after which; nil for the end.
    public var step: Int?
    /// Whether the average of the generator's weights is taken where there is one.
    public var isAveraged: Bool
    /// Whether the states are written as the run has them, with those of constraints and without normalization.
    public var isRaw: Bool

    /// Asks for something.
    public init(network: RunNetwork, step: Int?, isAveraged: Bool, isRaw: Bool) {
      self.network = network
      self.step = step
      self.isAveraged = isAveraged
      self.isRaw = isRaw
    }
  }

  /// The file's bytes.
  public let bytes: [UInt8]
  /// The bytes of a file with some inputs of the network, `input`, and what becomes of them, `output`.
  public let examples: [UInt8]
  /// The network's modules in order, each with its name.
  public let modules: [(name: String, module: String)]
  /// The generator steps after which the weights were so.
  public let step: Int
  /// Whether the weights are averaged.
  public let isAveraged: Bool

  /// The number of inputs among the examples.
  private static let exampleCount = 8

  /// Reads a stored run.
  ///
  /// - Throws: `WeightExportError` where the store does not have what is asked for; `RunnerError.damagedRecord`.
  public init(
    _ arm: Arm, seed: Int, _ request: Request, _ store: Store, _ identities: Identities,
    _ executor: Executor
  ) throws {
    let identity = try identities.run(arm, seed: seed)
    guard store.contains(.run, identity.id) else { throw WeightExportError.notStored }
    guard let record = try store.intact(.run, identity.id) else {
      throw RunnerError.damagedRecord(path: store.folder(.run, identity.id))
    }
    let dataset = try identities.dataset(arm)
    let trainer = try Trainer(
      RunConfiguration(arm.configuration), seed: seed, dataset: dataset, executor: executor)
    isAveraged =
      request.network == .generator && request.isAveraged && trainer.training.hasAverage
    step = try trainer.load(record, request, isAveraged: isAveraged)
    let network = try trainer.exported(request.network, isAveraged: isAveraged, executor)
    let inputs: HostArray<Double>
    switch request.network.player {
    case .generator:
      inputs = Sampler(trainer, seed: seed, executor: executor)
        .latents("evaluate/latent", count: Self.exampleCount)
    case .critic:
      let samples = TypedArray.float32(
        dataset.evaluationSamples(
          count: Self.exampleCount, split: .train, seed: EvaluationSettings.dataSeed)
      ).doubles
      inputs = try trainer.exported(.critic, isAveraged: false, executor)
        .inputs(of: request.network, samples)
    }
    let output = network.run(inputs)
    modules = network.owner.network.modules
    var entries = request.isRaw ? network.states() : network.normalizedStates()
    entries += network.batchCounters(step)
    let metadata = [
      "format": "saddle weights 1", "network": request.network.rawValue,
      "modules": network.owner.network.moduleText(), "step": "\(step)",
      "average": "\(isAveraged)", "identity": identity.line,
    ]
    bytes = Safetensors(entries, metadata: metadata).encoded()
    examples = Safetensors([
      Safetensors.Entry(portable: "input", inputs.shape, inputs.elements, executor.precision),
      Safetensors.Entry(portable: "output", output.shape, output.elements, executor.precision),
    ]).encoded()
  }
}

/// Why the weights of a run cannot be exported.
public enum WeightExportError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The run is not in the store.
  case notStored
  /// The run has other networks.
  case noNetwork(RunNetwork, known: [String])
  /// The run keeps only the last weights of the critic, and of the generator where an average is kept.
  case onlyLast(String)
  /// The run did not keep the weights of this step; those that it kept.
  case notKept(step: Int, kept: [Int])

  /// One line that says what to do.
  public var description: String {
    switch self {
    case .notStored: "the run is not in the store"
    case .noNetwork(let network, let known):
      "this run has no network '\(network.rawValue)'; what it has: \(known.joined(separator: ", "))"
    case .onlyLast(let what):
      "a run keeps \(what) of its end alone; leave --point out"
    case .notKept(let step, let kept):
      "the run did not keep the weights after step \(step), but after: "
        + kept.map(String.init).joined(separator: ", ")
    }
  }
}

extension Trainer {
  /// One of the run's networks with the weights as they stand.
  ///
  /// - Throws: `WeightExportError.noNetwork`.
  fileprivate func exported(
    _ name: RunNetwork, isAveraged: Bool, _ executor: Executor
  ) throws -> ExportedNetwork {
    let networks = training.networks
    guard let owner = networks.first(where: { $0.network.name == name.rawValue }) else {
      throw WeightExportError.noNetwork(name, known: networks.map(\.network.name))
    }
    let prefix = (isAveraged ? "average." : "") + name.rawValue
    return ExportedNetwork(self, owner, prefix: prefix, executor)
  }

  /// Takes the states of a network from a stored run.
  ///
  /// - Returns: the step at which they were so.
  fileprivate func load(
    _ record: StoredFolder, _ request: WeightExport.Request, isAveraged: Bool
  ) throws -> Int {
    guard let summary = record[RunFiles.summary].flatMap(RunSummary.init),
      let last = record[RunFiles.weights], let kept = record[RunFiles.snapshots]
    else { throw RunnerError.damagedRecord(path: record.path) }
    guard let step = request.step, step != summary.steps else {
      let file = try Safetensors(decoding: last, file: "\(record.path)/\(RunFiles.weights)")
      for entry in state.entries {
        guard let array = file[entry.name] else { continue }
        let layout = PortableLayout(of: entry.shape)
        guard array.shape == layout.shape else {
          throw RunnerError.damagedRecord(path: record.path)
        }
        state[entry.name] = layout.imported(array.doubles.elements)
      }
      return summary.steps
    }
    guard request.network == .generator else {
      throw WeightExportError.onlyLast("the critic's weights")
    }
    guard isAveraged == training.hasAverage else {
      throw WeightExportError.onlyLast("the generator's weights without their average")
    }
    let file = try Safetensors(decoding: kept, file: "\(record.path)/\(RunFiles.snapshots)")
    guard Snapshots.holds(file, step, training) else {
      let steps = Set(file.entries.compactMap { Int($0.name.prefix { $0 != "/" }) })
      throw WeightExportError.notKept(step: step, kept: steps.sorted())
    }
    Snapshots.load(file, step, training, state)
    return step
  }
}
