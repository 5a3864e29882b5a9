import Catalog
import Engine
import Networks
import Objectives
import Schedules

/// The graph of one run and the programs cut from it.
///
/// The order of a step: all forward passes and derivatives see the states as they were; the player's parameters, its
/// moments, running statistics and power-iteration vectors change together at the end.
final class TrainingGraph {
  let graph = Graph()
  let configuration: RunConfiguration
  let generator: Network
  let critic: Network
  let sampleShape: [Int]

  init(_ configuration: RunConfiguration, sampleShape: [Int]) {
    self.configuration = configuration
    self.sampleShape = sampleShape
    generator = Network(
      perceptron: Player.generator.rawValue, inputs: configuration.latentSize,
      settings: configuration.generator, outputShape: sampleShape,
      outputActivation: Self.outputActivation(configuration.outputFunction))
    critic = Network(
      perceptron: Player.critic.rawValue, inputs: sampleShape.reduce(1, *),
      settings: configuration.critic, outputShape: [1])
    declareStates()
  }

  /// The function of the generator's last layer; nil for none.
  private static func outputActivation(_ name: String) -> (@Sendable (Tensor) -> Tensor)? {
    guard name != "identity", let activation = activationTable[name]?.body else { return nil }
    return { activation($0, Arguments([:])) }
  }

  /// The states of both networks, vectors of the constraint, and the generator's average, in this order; moments
  /// follow as the steps' programs are made.
  private func declareStates() {
    for (name, state) in generator.states + critic.states { _ = graph.state(name, state.shape) }
    for (name, shape) in constraintVectors { _ = graph.state(name, shape) }
    guard hasAverage else { return }
    for (name, state) in generator.states { _ = graph.state("average.\(name)", state.shape) }
  }

  /// The states that the critic's constraint brings with it.
  var constraintVectors: [(name: String, shape: [Int])] {
    let (constraint, _) = constraintTable.selection(configuration.constraint)
    return critic.states.filter { $0.state.role == .weight }.flatMap { name, state in
      constraint.body.vectors(state.shape).map { (name + $0.suffix, $0.shape) }
    }
  }

  /// Whether averaged weights are kept.
  var hasAverage: Bool { configuration.averageDecay.constant != 0 }

  /// The prefix of the generator's states that are sampled.
  var sampledStates: String { hasAverage ? "average.generator" : "generator" }

  // MARK: Pieces of steps

  /// A batch of latents from the stream of this name.
  func latent(_ stream: String, count: Int) -> Tensor {
    let shape = [count, configuration.latentSize]
    switch configuration.latentDistribution {
    case "uniform": return 2 * graph.draw(stream, .uniform, shape) - 1
    default: return graph.draw(stream, .normal, shape)
    }
  }

  /// The critic as a function in one step: its passes share normalized weights.
  final class CriticFunction {
    private let owner: TrainingGraph
    private let pending: PendingUpdates?
    private var normalized: [String: Tensor] = [:]

    /// - Parameter pending: where statistics and vectors go; nil in a step that is not the critic's.
    init(_ owner: TrainingGraph, pending: PendingUpdates?) {
      self.owner = owner
      self.pending = pending
    }

    /// The critic's outputs on a batch, `[n]`.
    func callAsFunction(_ x: Tensor, pass: String, recordsStatistics: Bool) -> Tensor {
      let pass = ForwardPass(
        states: "critic", mode: .training, name: pass, pending: recordsStatistics ? pending : nil,
        weight: weight)
      return owner.critic.apply(x, pass).reshaped([x.shape[0]])
    }

    private func weight(_ name: String, _ weight: Tensor) -> Tensor {
      let (constraint, arguments) = constraintTable.selection(owner.configuration.constraint)
      guard let normalize = constraint.body.normalize else { return weight }
      if let known = normalized[name] { return known }
      let result = normalize(name, weight, arguments)
      for update in result.updates { pending?[update.state] = update.tensor }
      normalized[name] = result.weight
      return result.weight
    }
  }

  /// The optimizer's updates of a network's trained states.
  func updates(
    of network: Network, player: Player, loss: Tensor, project: ((Tensor) -> Tensor)? = nil
  ) -> (updates: [(state: String, tensor: Tensor)], gradientNorm: Tensor) {
    let (optimizer, arguments) = optimizerTable.selection(configuration.optimizer(player))
    let names = network.states.filter { $0.state.isTrained }
    let parameters = names.map { graph.state($0.name, $0.state.shape) }
    let derivatives = gradients(of: loss, by: parameters)
    let coefficients = optimizer.body.coefficients(arguments).indices.map {
      graph.input(Coefficient.inputName(CoefficientInputs.key(player, $0)), [])
    }
    var updates: [(state: String, tensor: Tensor)] = []
    for (position, name) in names.map(\.name).enumerated() {
      let result = optimizer.body.update(
        Optimizer.Step(
          name: name, parameter: parameters[position], gradient: derivatives[position],
          coefficients: coefficients, arguments: arguments))
      updates.append((name, project?(result.parameter) ?? result.parameter))
      updates += result.moments.map { ("optimizer.\(name).\($0.name)", $0.value) }
    }
    let squares = derivatives.map { $0.square().sum() }
    return (updates, squares.reduce(graph.constant(0)) { $0 + $1 }.sqrt())
  }

  /// The input that carries the real batch of a player's step.
  static func dataName(_ player: Player) -> String { "data/\(player.rawValue)" }
}
