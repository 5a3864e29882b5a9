import Catalog
import Engine
import Networks
import Objectives
import Schedules

/// The graph of one run and the programs cut from it.
///
/// The order of a step: all forward passes and derivatives see the states as they were; the player's parameters, its
/// moments, running statistics, power-iteration vectors and what its objectives remember change together at the end.
final class TrainingGraph {
  let graph = Graph()
  let configuration: RunConfiguration
  let generator: ConstrainedNetwork
  let critic: CriticNetwork
  let sampleShape: [Int]

  /// - Throws: `RunnerError.network` where a network does not fit the data.
  init(_ configuration: RunConfiguration, sampleShape: [Int]) throws {
    self.configuration = configuration
    self.sampleShape = sampleShape
    generator = try configuration.generator(sampleShape: sampleShape)
    critic = try CriticNetwork(configuration, sampleShape: sampleShape)
    declareStates()
  }

  /// The states of both networks, the generator's average, what objectives remember and where the players stood, in this
  /// order; moments follow as the steps' programs are made.
  private func declareStates() {
    for state in generator.states + critic.states { _ = graph.state(state.name, state.shape) }
    if hasAverage {
      for state in generator.states { _ = graph.state("average.\(state.name)", state.shape) }
    }
    for number in remembered { _ = graph.state(number.state, []) }
    for (prefix, isKept) in [(Self.slow, hasLookahead), (Self.start, hasStart)] where isKept {
      for state in trainedStates { _ = graph.state(prefix + state.name, state.shape) }
    }
  }

  /// Whether averaged weights are kept.
  var hasAverage: Bool { configuration.averageDecay.constant != 0 }

  /// The prefix of the generator's states that are sampled.
  var sampledStates: String { hasAverage ? "average.generator" : "generator" }

  /// All networks.
  var networks: [ConstrainedNetwork] { [generator] + critic.parts }

  /// The networks of a player.
  func networks(of player: Player) -> [ConstrainedNetwork] {
    player == .generator ? [generator] : critic.parts
  }

  /// The states that a player's optimizer trains.
  func trainedStates(of player: Player) -> [ConstrainedNetwork.State] {
    networks(of: player).flatMap(\.states).filter(\.isTrained)
  }

  /// The states that optimizers train.
  var trainedStates: [ConstrainedNetwork.State] {
    Player.allCases.flatMap { trainedStates(of: $0) }
  }

  // MARK: States beside the networks

  /// What precedes the names of the weights that both players now and then go back to.
  static let slow = "slow."
  /// What precedes the names of the weights from which both players looked ahead.
  static let start = "start."

  /// Whether there are weights to go back to.
  var hasLookahead: Bool { configuration.lookahead.every > 0 }
  private var hasStart: Bool { configuration.play == .extragradient }

  /// What the objectives remember from step to step, with the values before the first one.
  var remembered: [(state: String, start: Double)] {
    let loss = lossTable.selection(configuration.loss(.critic)).entry.body
    let ofLoss = loss.memory.map { ("\(Self.lossPrefix).\($0.name)", $0.start) }
    return ofLoss
      + configuration.penalties.flatMap { setting in
        setting.penalty.memory.map { ("\(setting.prefix).\($0.name)", $0.start) }
      }
  }

  /// What precedes the names of the numbers that the loss remembers.
  static let lossPrefix = "loss"

  /// The memory of an objective.
  ///
  /// - Parameters:
  ///   - prefix: what its states begin with.
  ///   - pending: where new values go; nil in a step that leaves them alone.
  func memory(_ prefix: String, _ pending: PendingUpdates?) -> Memory {
    Memory(
      read: { self.graph.state("\(prefix).\($0)", []) },
      write: { pending?["\(prefix).\($0)"] = $1 })
  }

  // MARK: Pieces of steps

  /// A batch of latents from the stream of this name.
  func latent(_ stream: String, count: Int) -> Tensor {
    configuration.latent.draw(stream, count: count, in: graph)
  }

  /// Where an optimizer's step begins.
  enum Origin {
    /// At the weights.
    case weights
    /// At the weights, which are kept.
    case keptWeights
    /// At the weights that were kept.
    case start
  }

  /// The optimizer's updates of a player's trained states.
  ///
  /// - Parameters:
  ///   - origin: where the step begins.
  ///   - isDifferentiated: whether derivatives are taken through the updates.
  func updates(
    of player: Player, loss: Tensor, from origin: Origin = .weights,
    isDifferentiated: Bool = false
  ) -> (updates: [(state: String, tensor: Tensor)], gradientNorm: Tensor) {
    let (optimizer, arguments) = optimizerTable.selection(configuration.optimizer(player))
    let states = trainedStates(of: player)
    let parameters = states.map { graph.state($0.name, $0.shape) }
    let derivatives = gradients(of: loss, by: parameters)
    let (clipping, bound) = gradientClippingTable.selection(configuration.gradientClipping(player))
    let clipped = clipping.body.clip(derivatives, bound)
    let coefficients = optimizer.body.coefficients(arguments).indices.map {
      graph.input(Coefficient.inputName(CoefficientInputs.key(player, $0)), [])
    }
    var updates: [(state: String, tensor: Tensor)] = []
    for (position, state) in states.enumerated() {
      let start = Self.start + state.name
      let result = optimizer.body.update(
        Optimizer.Step(
          name: state.name,
          parameter: origin == .start ? graph.state(start, state.shape) : parameters[position],
          gradient: clipped[position], coefficients: coefficients, arguments: arguments,
          isDifferentiated: isDifferentiated))
      updates.append((state.name, projected(result.parameter, of: player)))
      if origin == .keptWeights { updates.append((start, parameters[position])) }
      updates += result.moments.map { ("optimizer.\(state.name).\($0.name)", $0.value) }
    }
    let squares = derivatives.map { $0.square().sum() }
    return (updates, squares.reduce(graph.constant(0)) { $0 + $1 }.sqrt())
  }

  /// What becomes of a player's parameter after each of its optimizer's steps.
  private func projected(_ parameter: Tensor, of player: Player) -> Tensor {
    networks(of: player).first?.projected(parameter) ?? parameter
  }

  /// The input that carries the real batch of a player's step.
  static func dataName(_ player: Player) -> String { "data/\(player.rawValue)" }
}
