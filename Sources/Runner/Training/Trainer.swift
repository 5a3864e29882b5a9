import Catalog
import Datasets
import Engine

/// Trains one run: its state table, the programs of its steps, and where it stands.
///
/// The trainer is a function of (configuration, seed, step): nothing else survives from one step to the next but the
/// state table, so a run can be taken up at any step from a copy of it.
final class Trainer {
  /// The losses of one generator step and of the last critic step before it, without and with penalties.
  struct Losses {
    var critic = 0.0
    var penalty = 0.0
    var generator = 0.0

    var isFinite: Bool { critic.isFinite && penalty.isFinite && generator.isFinite }
  }

  let configuration: RunConfiguration
  let dataset: Dataset
  let training: TrainingGraph
  let state: StateTable
  /// The number of generator steps taken.
  private(set) var step = 0
  private var criticSteps = 0

  private let steps: [LazyStep]
  private let recordedSteps: [LazyStep]
  private let probe: PreparedStep
  private let lookahead: PreparedStep?
  private let criticStepCount: @Sendable (_ step: Int) -> Int
  private let updatesPerStep: Int
  private let lookaheadInterval: Int

  /// - Parameters:
  ///   - weights: values by the names of states, in the place of drawn ones.
  ///   - observer: sees every program that is run.
  /// - Throws: `RunnerError.network` where a network does not fit the data.
  init(
    _ configuration: RunConfiguration, seed: Int, dataset: Dataset, executor: Executor,
    weights: [String: [Double]] = [:], observer: (any StepObserver)? = nil
  ) throws {
    self.configuration = configuration
    self.dataset = dataset
    criticStepCount = configuration.criticSteps
    let moves = configuration.moves
    updatesPerStep = moves.count { $0.players.contains(.generator) }
    lookaheadInterval = configuration.lookahead.every
    let training = try TrainingGraph(configuration, sampleShape: dataset.sampleShape)
    self.training = training
    let variants = [false, true].flatMap { isRecorded in
      moves.map { LazyStep.programs(of: $0, in: training, isRecorded: isRecorded) }
    }
    let others =
      [training.probe(moves.last ?? .generator)]
      + (training.hasLookahead ? [training.lookahead()] : [])
    // All states are declared by now.
    let state = StateTable(of: training.graph, precision: executor.precision)
    let word = UInt64(bitPattern: Int64(seed))
    StartingValues(training, dataset, executor, seed: word, given: weights).fill(state)
    self.state = state
    let batches = dataset.batches(seed: word, batch: configuration.batch)
    let programs = (variants.flatMap(\.self) + others).map {
      observer?.observed($0, of: training) ?? $0
    }
    var prepared = executor.prepare(programs, state: state).map {
      PreparedStep($0, training, seed: word, batches: batches, observer: observer)
    }[...]
    let lazySteps = zip(moves + moves, variants).map { move, programs in
      defer { prepared = prepared.dropFirst(programs.count) }
      return LazyStep(move, configuration, Array(prepared.prefix(programs.count)))
    }
    steps = Array(lazySteps[..<moves.count])
    recordedSteps = Array(lazySteps[moves.count...])
    probe = prepared.removeFirst()
    lookahead = prepared.first
  }

  /// Takes one generator step and the critic steps before it, or one step of both.
  func advance() -> Losses {
    var losses = Losses()
    for step in steps {
      for _ in 0..<count(of: step.move) { run(step, &losses) }
    }
    finishStep()
    return losses
  }

  /// Takes a critic step.
  func advanceCritic(_ losses: inout Losses) {
    for step in steps where step.move == .critic { run(step, &losses) }
  }

  /// Takes a generator step without critic steps before it.
  func advanceGenerator(_ losses: inout Losses) {
    for step in steps where step.move != .critic { run(step, &losses) }
    finishStep()
  }

  /// Takes one generator step and records what it was like; the states end as after `advance`.
  func advanceRecorded() -> (losses: Losses, record: HistoryRecord) {
    var losses = Losses()
    var record = HistoryRecord(step: step + 1)
    for (step, recorded) in zip(steps, recordedSteps) {
      let count = count(of: step.move)
      for index in 0..<count {
        let isLast = index == count - 1
        let active = run(isLast ? recorded : step, &losses)
        if isLast { record.read(active) }
      }
    }
    probe.run(step: probeStep, at: moment)
    record.fakeAfter = probe.execution.scalar(0)
    finishStep()
    record.read(losses)
    return (losses, record)
  }

  /// How often a kind of step is taken before the generator step that follows, or within one.
  private func count(of move: Move) -> Int { move == .critic ? criticStepCount(step) : 1 }

  /// Where training stands.
  var moment: TrainingMoment {
    TrainingMoment(
      generatorSteps: step, criticSteps: criticSteps,
      generatorUpdates: updatesPerStep > 1 ? criticSteps : step)
  }

  /// The number of the last generator's step in the streams of its random numbers.
  private var probeStep: Int {
    configuration.play == .alternating ? step : criticSteps - 1
  }

  /// Takes a step of one kind; returns the program that ran.
  @discardableResult private func run(_ step: LazyStep, _ losses: inout Losses) -> PreparedStep {
    let program = step.variant(at: step.move == .critic ? criticSteps : self.step)
    program.run(step: step.move == .generator ? self.step : criticSteps, at: moment)
    losses.read(program)
    if step.move.players.contains(.critic) { criticSteps += 1 }
    return program
  }

  private func finishStep() {
    step += 1
    if let lookahead, step.isMultiple(of: lookaheadInterval) {
      lookahead.run(step: step, at: moment)
    }
  }

  /// Goes back to an earlier moment: `step` generator steps taken, the states as `saved` has them.
  func restore(step: Int, from saved: StateTable) {
    state.copy(from: saved)
    self.step = step
    criticSteps =
      configuration.play == .alternating
      ? (0..<step).reduce(0) { $0 + criticStepCount($1) } : step * updatesPerStep
  }

  /// The floating-point operations of the first critic step; 0 where there is none of its own.
  var criticOperations: Int {
    steps.first { $0.move == .critic }?.variant(at: 0).operations ?? 0
  }

  /// The floating-point operations of the first step in which the generator moves.
  var generatorOperations: Int {
    steps.filter { $0.move != .critic }.reduce(0) { $0 + $1.variant(at: 0).operations }
  }

  /// The floating-point operations of the first `steps` generator steps and their critic steps, recording left out.
  func operations(steps count: Int) -> Int {
    let costs = steps.map { (move: $0.move, operations: $0.variants.map(\.operations)) }
    return RunCost(costs, lookahead?.operations ?? 0).operations(steps: count, configuration)
  }
}

extension Trainer.Losses {
  /// Takes over the losses of a step that has run.
  fileprivate mutating func read(_ step: PreparedStep) {
    critic = step[.loss, .critic] ?? critic
    penalty = step[.penalty, .critic] ?? penalty
    generator = step[.loss, .generator] ?? generator
  }
}

/// What one generator step and the last critic step before it were like. What concerns the critic is 0 where there is none.
struct HistoryRecord {
  /// Generator steps taken, this one included.
  let step: Int
  /// The critic's loss without penalties.
  var criticLoss = 0.0
  /// The weighted penalties.
  var penalty = 0.0
  /// The generator's loss.
  var generatorLoss = 0.0
  /// Mean critic output on real samples.
  var real = 0.0
  /// Mean critic output on fakes in the critic step.
  var fake = 0.0
  /// Mean critic output on the generator step's fakes before it.
  var fakeBefore = 0.0
  /// The same after it.
  var fakeAfter = 0.0
  /// Euclidean norm of the critic's gradient.
  var criticGradient = 0.0
  /// Euclidean norm of the generator's gradient.
  var generatorGradient = 0.0

  /// The columns of a history, in the order of `values`.
  static let columns = [
    "critic_loss", "penalty", "critic_total", "generator_loss", "real", "fake", "fake_before",
    "fake_after", "critic_gradient", "generator_gradient",
  ]

  /// The values of the columns.
  var values: [Double] {
    [
      criticLoss, penalty, criticLoss + penalty, generatorLoss, real, fake, fakeBefore, fakeAfter,
      criticGradient, generatorGradient,
    ]
  }
}

extension HistoryRecord {
  /// Takes over the outputs of a recorded step.
  fileprivate mutating func read(_ step: PreparedStep) {
    real = step[.real, .critic] ?? real
    fake = step[.fake, .critic] ?? fake
    fakeBefore = step[.fake, .generator] ?? fakeBefore
    criticGradient = step[.gradient, .critic] ?? criticGradient
    generatorGradient = step[.gradient, .generator] ?? generatorGradient
  }

  /// Takes over the losses.
  fileprivate mutating func read(_ losses: Trainer.Losses) {
    criticLoss = losses.critic
    penalty = losses.penalty
    generatorLoss = losses.generator
  }

  /// The moment whose `values` these are; nil when their number is another.
  init?(step: Int, values: [Double]) {
    guard values.count == Self.columns.count else { return nil }
    self.init(
      step: step, criticLoss: values[0], penalty: values[1], generatorLoss: values[3],
      real: values[4], fake: values[5], fakeBefore: values[6], fakeAfter: values[7],
      criticGradient: values[8], generatorGradient: values[9])
  }
}
