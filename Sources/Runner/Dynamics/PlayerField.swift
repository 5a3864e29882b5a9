import Engine
import Networks

/// A player's part of the gradient field at one point: its own elements of v, and their derivatives by all parameters.
struct PlayerField {
  /// The player's elements of v.
  let velocity: [Double]
  /// A row of the Jacobian for each of them.
  let rows: [[Double]]
}

/// Computes parts of the gradient field at a trainer's states as they stand, which it leaves alone.
struct FieldEvaluation {
  /// The input that picks an element of v.
  private static let direction = "field/direction"

  private let trainer: Trainer
  private let prepare: (_ program: Program) -> PreparedStep

  /// - Parameter trainer: one whose executor is the reference executor.
  init(_ trainer: Trainer, seed: Int) {
    self.trainer = trainer
    let seed = UInt64(bitPattern: Int64(seed))
    let batches = trainer.dataset.batches(seed: seed, batch: trainer.configuration.batch)
    prepare = { program in
      PreparedStep(
        Executor.reference.prepare(program, state: trainer.state), trainer.training, seed: seed,
        batches: batches, given: [Self.direction])
    }
  }

  /// A player's part with the batches and the draws of its step at a moment.
  func callAsFunction(_ player: Player, at moment: TrainingMoment) -> PlayerField {
    let training = trainer.training
    let own = training.parameters(of: player)
    let all = Player.allCases.flatMap(training.parameters)
    let objective = training.objective(of: player, at: moment)
    let velocity = -Self.joined(gradients(of: objective.loss, by: own))
    let pick = training.graph.input(Self.direction, velocity.shape)
    // What the gradient holds constant still moves when the parameters do.
    let picked = (releasingGradients([velocity])[0] * pick).sum()
    let row = Self.joined(gradients(of: picked, by: all))
    let step = prepare(
      Program(training.graph, outputs: [("velocity", velocity), ("row", row)], updates: []))
    let rows = (0..<velocity.count).map { element in
      step.execution.setInput(
        Self.direction, (0..<velocity.count).map { $0 == element ? 1 : 0 })
      step.run(step: objective.number, at: moment)
      return step.execution.output("row")
    }
    return PlayerField(velocity: step.execution.output("velocity"), rows: rows)
  }

  /// All elements, one tensor after another.
  private static func joined(_ tensors: [Tensor]) -> Tensor {
    .concatenated(tensors.map { $0.reshaped([$0.count]) }, axis: 0)
  }
}

extension TrainingGraph {
  /// A player's trained states.
  func parameters(of player: Player) -> [Tensor] {
    trainedStates(of: player).map { graph.state($0.name, $0.shape) }
  }

  /// The whole loss that a player's step at a moment minimizes, with the number of that step in its streams.
  fileprivate func objective(
    of player: Player, at moment: TrainingMoment
  ) -> (loss: Tensor, number: Int) {
    guard let move = configuration.moves.first(where: { $0.players.contains(player) }) else {
      return (graph.constant(0), 0)
    }
    let turn = move == .critic ? moment.criticSteps : moment.generatorSteps
    let active = configuration.penaltyIntervals(move).filter { turn.isMultiple(of: $0.interval) }
    let names = [Output.loss.of(player), Output.penalty.of(player)]
    let outputs = step(move, active: active.map(\.penalty), isRecorded: false).outputs
    let terms = outputs.filter { names.contains($0.name) }.map(\.tensor)
    return (
      terms.reduce(graph.constant(0), +),
      move == .generator ? moment.generatorSteps : moment.criticSteps
    )
  }
}
