import Arrays
import Engine
import Networks

/// Steps of plain gradient descent from a trainer's states, which are left as they are, by their Jacobians.
struct DescentSteps {
  private let trainer: Trainer
  private let evaluate: FieldEvaluation
  /// The learning rates of the generator and of the critic.
  private let rates: [Double]
  private let generatorCount: Int
  private let count: Int

  init(_ trainer: Trainer, _ evaluate: FieldEvaluation, rates: [Double]) {
    self.trainer = trainer
    self.evaluate = evaluate
    self.rates = rates
    generatorCount = trainer.trainedStates(of: .generator).reduce(0) { $0 + $1.count }
    count = trainer.trainedStates(of: .critic).reduce(generatorCount) { $0 + $1.count }
  }

  /// Both players at once.
  ///
  /// - Parameter parts: each player's part of the field at the trainer's states.
  func simultaneous(_ parts: [PlayerField]) -> HostArray<Double> {
    var step = StepJacobian(count)
    step.add(step.moved(by: scaled(parts)))
    return step.matrix
  }

  /// Both players at once along the field where a step of both leads to, with the same batches and draws.
  func extragradient(_ parts: [PlayerField]) -> HostArray<Double> {
    returning {
      var ahead = StepJacobian(count)
      ahead.add(ahead.moved(by: scaled(parts)))
      for (player, part) in zip(Player.allCases, parts) { move(player, along: part) }
      let there = Player.allCases.map { evaluate($0, at: trainer.moment) }
      var step = StepJacobian(count)
      step.add(ahead.moved(by: scaled(there)))
      return step.matrix
    }
  }

  /// The critic's steps one after another, then the generator's against the critic that they lead to.
  func alternating(criticSteps: Int) -> HostArray<Double> {
    returning {
      var steps = StepJacobian(count)
      var moment = trainer.moment
      for _ in 0..<criticSteps {
        let part = evaluate(.critic, at: moment)
        steps.add(steps.moved(by: scaled(part, rates[1])), from: generatorCount)
        move(.critic, along: part)
        moment.criticSteps += 1
      }
      steps.add(steps.moved(by: scaled(evaluate(.generator, at: moment), rates[0])))
      return steps.matrix
    }
  }

  /// What `body` gives, with the trainer's states as they were afterwards.
  private func returning(_ body: () -> HostArray<Double>) -> HostArray<Double> {
    let start = StateTable(of: trainer.training.graph, precision: trainer.state.precision)
    start.copy(from: trainer.state)
    defer { trainer.state.copy(from: start) }
    return body()
  }

  /// Takes a step of a player.
  private func move(_ player: Player, along part: PlayerField) {
    let rate = rates[player == .generator ? 0 : 1]
    var remaining = part.velocity[...]
    for (name, count) in trainer.trainedStates(of: player) {
      trainer.state[name] = zip(trainer.state[name], remaining).map { $0 + rate * $1 }
      remaining = remaining.dropFirst(count)
    }
  }

  private func scaled(_ parts: [PlayerField]) -> [[Double]] {
    zip(parts, rates).flatMap { scaled($0, $1) }
  }

  /// The rows of the Jacobian of a step's length.
  private func scaled(_ part: PlayerField, _ rate: Double) -> [[Double]] {
    part.rows.map { $0.map { rate * $0 } }
  }
}

/// How a point moves with the point that steps began at.
private struct StepJacobian {
  private let count: Int
  private var elements: [Double]

  /// No step yet: the identity.
  init(_ count: Int) {
    self.count = count
    elements = (0..<count * count).map { $0.isMultiple(of: count + 1) ? 1 : 0 }
  }

  var matrix: HostArray<Double> { HostArray(shape: [count, count], elements: elements) }

  /// How a change with these derivatives at the point moves: their product with this Jacobian.
  func moved(by rows: [[Double]]) -> [[Double]] {
    rows.map { row in
      (0..<count).map { column in
        (0..<count).reduce(0) { $0 + row[$1] * elements[$1 * count + column] }
      }
    }
  }

  /// Adds changes of the elements from `first` on.
  mutating func add(_ rows: [[Double]], from first: Int = 0) {
    for (index, change) in rows.joined().enumerated() { elements[first * count + index] += change }
  }
}
