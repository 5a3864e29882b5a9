import Arrays
import Datasets
import Engine
import Networks

/// The values of all states before the first step.
struct StartingValues {
  private let training: TrainingGraph
  private let dataset: Dataset
  private let executor: Executor
  private let seed: UInt64
  private let given: [String: [Double]]

  /// - Parameter given: values by the names of states, in the place of drawn ones.
  init(
    _ training: TrainingGraph, _ dataset: Dataset, _ executor: Executor, seed: UInt64,
    given: [String: [Double]]
  ) {
    self.given = given
    self.training = training
    self.dataset = dataset
    self.executor = executor
    self.seed = seed
  }

  /// Writes them to a table, in which all other states are zero.
  func fill(_ state: StateTable) {
    for network in training.networks {
      for (name, values) in network.initialValues(seed: seed, given: given) { state[name] = values }
      if let reference = network.reference {
        state[reference.state] =
          given[reference.state]
          ?? (network.player == .generator
            ? latents(reference.count) : realSamples(reference.count))
      }
    }
    for number in training.remembered { state[number.state] = [number.start] }
    if training.hasLookahead {
      for name in training.trainedStates.map(\.name) {
        state[TrainingGraph.slow + name] = state[name]
      }
    }
    guard training.hasAverage else { return }
    for name in training.generator.states.map(\.name) { state["average.\(name)"] = state[name] }
  }

  /// A generator's reference batch: latents of the stream `reference/latent`.
  private func latents(_ count: Int) -> [Double] {
    let graph = Graph()
    let latents = training.configuration.latent.draw("reference/latent", count: count, in: graph)
    let program = Program(graph, outputs: [("latents", latents)], updates: [])
    let execution = executor.prepare(
      program, state: StateTable(of: graph, precision: executor.precision))
    for draw in graph.draws {
      let stream = RandomStream(seed: seed, name: draw.stream)
      let numbers =
        draw.distribution == .normal
        ? stream.normal(latents.count) : stream.uniform(latents.count)
      execution.setInput(draw.stream, numbers.map(Double.init))
    }
    execution.run()
    return execution.output(0)
  }

  /// A critic's reference batch: the first minibatch of a training whose seed the stream `reference/data` gives.
  private func realSamples(_ count: Int) -> [Double] {
    let words = RandomStream(seed: seed, name: "reference/data").bits(2)
    let own = UInt64(words[0]) << 32 | UInt64(words[1])
    var samples = [Float](repeating: 0, count: count * dataset.sampleShape.reduce(1, *))
    samples.withUnsafeMutableBufferPointer {
      dataset.batches(seed: own, batch: count).fill($0, step: 0)
    }
    return samples.map(Double.init)
  }
}
