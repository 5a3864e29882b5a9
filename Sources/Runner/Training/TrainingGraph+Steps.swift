import Arrays
import Catalog
import Engine
import Networks
import Objectives
import Schedules

extension TrainingGraph {
  /// What one player computes in a step.
  private struct Part {
    var outputs: [(name: String, tensor: Tensor)]
    var updates: [(state: String, tensor: Tensor)]
  }

  /// What a step tells of a player.
  enum Output: String, CaseIterable {
    /// The critic's loss without penalties, and all that the generator minimizes.
    case loss
    /// The critic's penalties.
    case penalty
    /// The mean of what the critic gives for the real batch.
    case real
    /// The mean of what the critic gives for the fake batch.
    case fake
    /// The Euclidean norm of the gradient.
    case gradient

    func of(_ player: Player) -> String { PlayerOutput(output: self, player: player).name }
  }

  /// An output with the player that it is about.
  struct PlayerOutput: Hashable {
    let output: Output
    let player: Player

    var name: String { "\(player.rawValue)/\(output.rawValue)" }

    /// Every output of every player.
    static let all = Player.allCases.flatMap { player in
      Output.allCases.map { PlayerOutput(output: $0, player: player) }
    }
  }

  /// A training step.
  ///
  /// - Parameters:
  ///   - active: the positions of the penalties that are applied in this step.
  ///   - isRecorded: whether critic outputs and the gradient's norm are outputs too. They change no update.
  func step(_ move: Move, active: [Int], isRecorded: Bool) -> Program {
    var parts: [Part] = []
    for player in move.players.reversed() {
      if player == .generator {
        parts.append(generatorPart(move, active: active, isRecorded: isRecorded))
      } else if critic.form != .none {
        parts.append(criticPart(move, active: active, isRecorded: isRecorded))
      }
    }
    return Program(graph, outputs: parts.flatMap(\.outputs), updates: parts.flatMap(\.updates))
  }

  private func criticPart(_ move: Move, active: [Int], isRecorded: Bool) -> Part {
    let pending = Pending(critic: PendingUpdates(), memory: PendingUpdates())
    let batches = batches(move, nil)
    let game = game(batches, isLive: false, pending)
    let value = loss(of: .critic, game)
    let penalty = penaltySum(of: .critic, active, game, batches, memory: pending.memory)
    let (updates, norm) = updates(of: .critic, loss: value + penalty, from: move.origin)
    var part = Part(
      outputs: [(Output.loss.of(.critic), value), (Output.penalty.of(.critic), penalty)],
      updates: updates + pending.updates)
    if isRecorded {
      part.outputs += [
        (Output.real.of(.critic), game.onReal.output.mean()),
        (Output.fake.of(.critic), game.onFake.output.mean()), (Output.gradient.of(.critic), norm),
      ]
    }
    return part
  }

  /// A generator's part, against the critic as it is, or as it will have answered.
  private func generatorPart(_ move: Move, active: [Int], isRecorded: Bool) -> Part {
    let pending = PendingUpdates()
    let batches = batches(move, pending)
    let game = game(batches, isLive: true)
    let stake =
      configuration.unrolledSteps > 0 ? unrolledLoss(batches) : loss(of: .generator, game)
    let penalty = penaltySum(of: .generator, active, game, batches, memory: nil)
    let value = stake + auxiliarySum(batches) + penalty
    let (trained, norm) = updates(of: .generator, loss: value, from: move.origin)
    let updates = trained + pending.updates
    var part = Part(
      outputs: [(Output.loss.of(.generator), value)],
      updates: updates + (move == .extrapolation ? [] : averages(after: updates)))
    if isRecorded {
      part.outputs += [
        (Output.fake.of(.generator), fakeOutput(game)), (Output.gradient.of(.generator), norm),
      ]
    }
    return part
  }

  /// The mean of what the critic gives for the fake batch; 0 where there is no critic.
  private func fakeOutput(_ game: Game) -> Tensor {
    critic.form == .none ? graph.constant(0) : game.onFake.output.mean()
  }

  /// The critic's mean output on the fakes of a generator's step: run after the step, it tells what the step changed.
  func probe(_ move: Move) -> Program {
    Program(
      graph,
      outputs: [(Output.fake.of(.generator), fakeOutput(game(batches(move, nil), isLive: true)))],
      updates: [])
  }

  /// The weighted sum of the auxiliary terms.
  private func auxiliarySum(_ batches: Batches) -> Tensor {
    configuration.auxiliaries.enumerated().reduce(graph.constant(0)) { sum, auxiliary in
      let (entry, arguments) = auxiliaryTable.selection(auxiliary.element)
      let weight = Coefficient(
        arguments.coefficient("weight"), key: CoefficientInputs.auxiliaryKey(auxiliary.offset))
      let inputs = AuxiliaryInputs(real: batches.real, fake: batches.fake)
      return sum + weight * entry.body.term(inputs, arguments)
    }
  }

  /// average ← decay·average + (1 − decay)·new for what an optimizer trains. Running statistics and power-iteration vectors
  /// are averages of their own and are taken over as they are; states that never change are left out.
  private func averages(
    after updates: [(state: String, tensor: Tensor)]
  ) -> [(state: String, tensor: Tensor)] {
    guard hasAverage else { return [] }
    let decay = Coefficient(configuration.averageDecay, key: "generator.average")
    return generator.states.compactMap { state in
      guard let new = updates.first(where: { $0.state == state.name })?.tensor else { return nil }
      let average = graph.state("average.\(state.name)", state.shape)
      let next = state.isTrained ? decay * average + decay.complement(in: graph) * new : new
      return ("average.\(state.name)", next)
    }
  }

  /// Both players' return to the slow weights, which come a part of the way to them first: slow ← slow + step·(fast − slow),
  /// fast ← slow. Moments stay as they are. Source: 2006.14567.
  func lookahead() -> Program {
    let step = configuration.lookahead.step
    let updates = trainedStates.flatMap { state in
      let slow = graph.state(Self.slow + state.name, state.shape)
      let next = slow + step * (graph.state(state.name, state.shape) - slow)
      return [(state: Self.slow + state.name, tensor: next), (state.name, next)]
    }
    return Program(graph, outputs: [], updates: updates)
  }

  /// Samples of the generator in evaluation mode: running statistics, no dropout, averaged weights where there are.
  ///
  /// - Parameter latents: of shape `[n, size]`.
  func sampling(of latents: Tensor) -> Program {
    let generate = ConstrainedNetwork.Function(
      generator, states: sampledStates, mode: .evaluation, pending: nil)
    let samples = generate(latents, pass: "evaluate")
    return Program(graph, outputs: [("samples", samples)], updates: [])
  }
}

extension Move {
  /// Where the optimizers' steps begin.
  fileprivate var origin: TrainingGraph.Origin {
    switch self {
    case .critic, .generator, .joint: .weights
    case .extrapolation: .keptWeights
    case .correction: .start
    }
  }
}
