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
  let generator: ConstrainedNetwork
  let critic: ConstrainedNetwork
  let sampleShape: [Int]

  /// - Throws: `RunnerError.network` where a network does not fit the data.
  init(_ configuration: RunConfiguration, sampleShape: [Int]) throws {
    self.configuration = configuration
    self.sampleShape = sampleShape
    generator = try configuration.network(.generator, sampleShape: sampleShape)
    critic = try configuration.network(.critic, sampleShape: sampleShape)
    declareStates()
  }

  /// The states of both networks and the generator's average, in this order; moments follow as the steps' programs are
  /// made.
  private func declareStates() {
    for state in generator.states + critic.states { _ = graph.state(state.name, state.shape) }
    guard hasAverage else { return }
    for state in generator.states { _ = graph.state("average.\(state.name)", state.shape) }
  }

  /// Whether averaged weights are kept.
  var hasAverage: Bool { configuration.averageDecay.constant != 0 }

  /// The prefix of the generator's states that are sampled.
  var sampledStates: String { hasAverage ? "average.generator" : "generator" }

  // MARK: Pieces of steps

  /// A batch of latents from the stream of this name.
  func latent(_ stream: String, count: Int) -> Tensor {
    configuration.latent.draw(stream, count: count, in: graph)
  }

  /// The optimizer's updates of a network's trained states.
  ///
  /// - Parameter isDifferentiated: whether derivatives are taken through the updates.
  func updates(
    of network: ConstrainedNetwork, loss: Tensor, isDifferentiated: Bool = false
  ) -> (updates: [(state: String, tensor: Tensor)], gradientNorm: Tensor) {
    let player = network.player
    let (optimizer, arguments) = optimizerTable.selection(configuration.optimizer(player))
    let names = network.states.filter(\.isTrained)
    let parameters = names.map { graph.state($0.name, $0.shape) }
    let derivatives = gradients(of: loss, by: parameters)
    let coefficients = optimizer.body.coefficients(arguments).indices.map {
      graph.input(Coefficient.inputName(CoefficientInputs.key(player, $0)), [])
    }
    var updates: [(state: String, tensor: Tensor)] = []
    for (position, name) in names.map(\.name).enumerated() {
      let result = optimizer.body.update(
        Optimizer.Step(
          name: name, parameter: parameters[position], gradient: derivatives[position],
          coefficients: coefficients, arguments: arguments, isDifferentiated: isDifferentiated))
      updates.append((name, network.projected(result.parameter)))
      updates += result.moments.map { ("optimizer.\(name).\($0.name)", $0.value) }
    }
    let squares = derivatives.map { $0.square().sum() }
    return (updates, squares.reduce(graph.constant(0)) { $0 + $1 }.sqrt())
  }

  /// The input that carries the real batch of a player's step.
  static func dataName(_ player: Player) -> String { "data/\(player.rawValue)" }
}
