import Arrays
import Engine
import Networks

/// A network of a run in evaluation mode, with the weights that it computes with.
final class ExportedNetwork {
  let owner: ConstrainedNetwork
  private let trainer: Trainer
  private let executor: Executor
  private let prefix: String
  private let function: ConstrainedNetwork.Function

  /// - Parameters:
  ///   - owner: one of the trainer's networks.
  ///   - prefix: that of the states which are read: the network's name, or that of an average.
  init(
    _ trainer: Trainer, _ owner: ConstrainedNetwork, prefix: String, _ executor: Executor
  ) {
    self.trainer = trainer
    self.executor = executor
    self.prefix = prefix
    self.owner = owner
    function = ConstrainedNetwork.Function(
      owner, states: prefix, mode: .evaluation, pending: nil)
  }

  /// What the network gives for a batch.
  ///
  /// - Parameter result: what is taken of it; its output where nothing is said.
  func run(
    _ inputs: HostArray<Double>,
    _ result: (ConstrainedNetwork.Function, Tensor) -> Tensor = { $0($1, pass: "export") }
  ) -> HostArray<Double> {
    let name = "export/input"
    let x = trainer.training.graph.input(name, inputs.shape)
    let output = result(function, x)
    let values = evaluate([output]) { $0.setInput(name, inputs.elements) }
    return HostArray(shape: output.shape, elements: values[0])
  }

  private func evaluate(
    _ tensors: [Tensor], set: (any Execution) -> Void = { _ in }
  ) -> [[Double]] {
    let outputs = tensors.enumerated().map { ("\($0.offset)", $0.element) }
    let program = Program(trainer.training.graph, outputs: outputs, updates: [])
    let execution = executor.prepare(program, state: trainer.state)
    set(execution)
    execution.run()
    return tensors.indices.map { execution.output($0) }
  }

  /// A state's name in an `nn.Sequential`.
  private func key(_ name: String) -> String {
    String(name.dropFirst(owner.network.name.count + 1))
  }

  /// All states as they are.
  func states() -> [Safetensors.Entry] {
    owner.states.map { entry($0.name, $0.shape, trainer.state["\(prefix).\(key($0.name))"]) }
  }

  /// The network's own states, with normalized weights in the place of stored ones. The network must have been run.
  func normalizedStates() -> [Safetensors.Entry] {
    owner.network.states.map { name, state in
      let source = "\(prefix).\(key(name))"
      guard let normalized = function.normalizedWeight(source) else {
        return entry(name, state.shape, trainer.state[source])
      }
      let hasOutputsLast = state.weightForm?.hasOutputsLast ?? false
      let weight = hasOutputsLast ? normalized.permuted([3, 1, 2, 0]) : normalized
      return entry(name, state.shape, evaluate([weight])[0])
    }
  }

  /// The number of batches that each batch norm has seen, which PyTorch counts.
  func batchCounters(_ step: Int) -> [Safetensors.Entry] {
    let suffix = ".running_mean"
    return owner.network.states.map { key($0.name) }.filter { $0.hasSuffix(suffix) }.map {
      Safetensors.Entry(
        $0.dropLast(suffix.count) + ".num_batches_tracked",
        .int64(HostArray(shape: [], elements: [Int64(step)])))
    }
  }

  private func entry(_ name: String, _ shape: [Int], _ values: [Double]) -> Safetensors.Entry {
    Safetensors.Entry(portable: key(name), shape, values, executor.precision)
  }
}
