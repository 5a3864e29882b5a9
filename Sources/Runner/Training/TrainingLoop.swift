import Catalog
import Datasets
import Engine

/// How a run went.
struct TrainingOutcome {
  /// Whether the numbers stayed finite to the end.
  let isFinite: Bool
  /// The last generator step after which every loss and state was finite.
  let lastFiniteStep: Int
  /// What the steps were like, at up to `TrainingLoop.historyPoints` moments.
  let history: [HistoryRecord]
  /// Counted floating-point operations.
  let operations: Int
}

/// Trains a run from wherever its trainer stands to its end or to the step at which it diverges.
struct TrainingLoop {
  /// The number of moments that a history records, evenly spaced; fewer in a shorter run.
  static let historyPoints = 200
  /// Generator steps between copies of the states, from which the last finite step is found again.
  private static let rescueInterval = 256

  /// What happens along the way.
  struct Visitor {
    /// The steps at which `visit` is called, in rising order, those before the trainer's left out.
    var points: [Int] = []
    /// Sees the trainer at these steps.
    var visit: (_ step: Int) throws -> Void = { _ in }
    /// Sees each recorded moment.
    var record: (HistoryRecord) -> Void = { _ in }
    /// Is called between steps, with all visits of the moment behind it and the history so far; to throw is to leave.
    var pause: (_ history: [HistoryRecord]) throws -> Void = { _ in }
  }

  let trainer: Trainer

  /// Runs to the end.
  ///
  /// - Parameter history: the moments recorded before the trainer's step, when it goes on with an interrupted run.
  func run(history earlier: [HistoryRecord] = [], _ visitor: Visitor) throws -> TrainingOutcome {
    let steps = trainer.configuration.steps
    var remaining = visitor.points[...]
    var history = earlier
    let rescue = StateTable(of: trainer.training.graph, precision: trainer.state.precision)
    var rescueStep = trainer.step
    rescue.copy(from: trainer.state)
    if remaining.first == trainer.step { try visitor.visit(remaining.removeFirst()) }
    while trainer.step < steps {
      try visitor.pause(history)
      var losses: Trainer.Losses
      if Self.isRecorded(trainer.step + 1, of: steps) {
        let result = trainer.advanceRecorded()
        losses = result.losses
        if losses.isFinite {
          history.append(result.record)
          visitor.record(result.record)
        }
      } else {
        losses = trainer.advance()
      }
      let isRescueDue = trainer.step - rescueStep >= Self.rescueInterval
      let isDue = isRescueDue || trainer.step == remaining.first
      if !losses.isFinite || ((isDue || trainer.step == steps) && !trainer.state.isFinite) {
        let last = findLastFinite(from: rescueStep, rescue)
        history.removeAll { $0.step > last }
        return outcome(isFinite: false, last, history)
      }
      if trainer.step == remaining.first { try visitor.visit(remaining.removeFirst()) }
      if isRescueDue {
        rescueStep = trainer.step
        rescue.copy(from: trainer.state)
      }
    }
    return outcome(isFinite: true, steps, history)
  }

  private func outcome(
    isFinite: Bool, _ step: Int, _ history: [HistoryRecord]
  ) -> TrainingOutcome {
    TrainingOutcome(
      isFinite: isFinite, lastFiniteStep: step, history: history,
      operations: trainer.operations(steps: step))
  }

  /// Whether the moment after `step` generator steps is recorded: `historyPoints` evenly spaced ones, the last included,
  /// and the first step, whose numbers tell what differs when two programs train differently.
  static func isRecorded(_ step: Int, of steps: Int) -> Bool {
    guard steps > historyPoints, step > 1 else { return true }
    return step * historyPoints / steps != (step - 1) * historyPoints / steps
  }

  /// Repeats the steps since the last copy until the first that is not finite; leaves the trainer one step before it.
  private func findLastFinite(from start: Int, _ rescue: StateTable) -> Int {
    trainer.restore(step: start, from: rescue)
    let before = StateTable(of: trainer.training.graph, precision: trainer.state.precision)
    while true {
      before.copy(from: trainer.state)
      let step = trainer.step
      let losses = trainer.advance()
      if !losses.isFinite || !trainer.state.isFinite {
        trainer.restore(step: step, from: before)
        return step
      }
    }
  }
}

extension TrainingOutcome {
  /// Whether a finite run is dead: in the last quarter of its history, of ten records at least, the generator's gradient
  /// never exceeds a millionth of its largest value in the run, though the critic tells real samples from fakes.
  ///
  /// The critic does not where the distance of its mean outputs never exceeds a thousandth of its largest value either:
  /// there the game is at rest, at an equilibrium.
  var isDead: Bool {
    guard isFinite, history.count >= 40 else { return false }
    return rests(\.generatorGradient, below: 1e-6)
      && !rests({ abs($0.real - $0.fake) }, below: 1e-3)
  }

  /// Whether a value is at most a part of its largest throughout the last quarter of the history.
  private func rests(_ value: (HistoryRecord) -> Double, below part: Double) -> Bool {
    let values = history.map(value)
    let bound = part * (values.max() ?? 0)
    return values.suffix(values.count / 4).allSatisfy { $0 <= bound }
  }
}
