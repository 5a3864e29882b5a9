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
  let training: TrainingGraph
  let state: StateTable
  /// The number of generator steps taken.
  private(set) var step = 0
  private var criticSteps = 0

  private let criticPrograms: [PreparedStep]
  private let recordedCritic: [PreparedStep]
  private let generatorProgram: PreparedStep
  private let recordedGenerator: PreparedStep
  private let probe: PreparedStep
  private let criticStepCount: @Sendable (_ step: Int) -> Int
  private let penaltyIntervals: [Int]

  /// - Parameters:
  ///   - weights: values by the names of states, in the place of drawn ones.
  ///   - observer: sees every program that is run.
  /// - Throws: `RunnerError.network` where a network does not fit the data.
  init(
    _ configuration: RunConfiguration, seed: Int, dataset: Dataset, executor: Executor,
    weights: [String: [Double]] = [:], observer: (any StepObserver)? = nil
  ) throws {
    self.configuration = configuration
    criticStepCount = configuration.criticSteps
    let training = try TrainingGraph(configuration, sampleShape: dataset.sampleShape)
    self.training = training
    penaltyIntervals = configuration.penaltyIntervals
    let subsets = Self.subsets(penaltyIntervals)
    let critics = subsets.map { training.criticStep(active: $0, isRecorded: false) }
    let recorded = subsets.map { training.criticStep(active: $0, isRecorded: true) }
    let generator = training.generatorStep(isRecorded: false)
    let recordedGenerator = training.generatorStep(isRecorded: true)
    let probe = training.generatorProbe()
    // All states are declared by now.
    let state = StateTable(of: training.graph, precision: executor.precision)
    let word = UInt64(bitPattern: Int64(seed))
    StartingValues(training, dataset, executor, seed: word, given: weights).fill(state)
    self.state = state
    let batches = dataset.batches(seed: word, batch: configuration.batch)
    let programs = (critics + recorded + [generator, recordedGenerator, probe]).map {
      observer?.observed($0, of: training) ?? $0
    }
    let steps = executor.prepare(programs, state: state).map {
      PreparedStep($0, training, seed: word, batches: batches, observer: observer)
    }
    criticPrograms = Array(steps[..<critics.count])
    recordedCritic = Array(steps[critics.count...].prefix(recorded.count))
    let others = critics.count + recorded.count
    generatorProgram = steps[others]
    self.recordedGenerator = steps[others + 1]
    self.probe = steps[others + 2]
  }

  /// The sets of penalties that are active together at some critic step: by bits, those always active in all of them.
  static func subsets(_ intervals: [Int]) -> [[Int]] {
    let lazy = intervals.indices.filter { intervals[$0] > 1 }
    return (0..<(1 << lazy.count)).map { bits in
      intervals.indices.filter { position in
        guard let bit = lazy.firstIndex(of: position) else { return true }
        return bits >> bit & 1 == 1
      }
    }
  }

  /// The index in `subsets` of the penalties that are active at a critic step.
  private func activeSet(_ criticStep: Int) -> Int {
    var (bits, bit) = (0, 0)
    for interval in penaltyIntervals where interval > 1 {
      if criticStep.isMultiple(of: interval) { bits |= 1 << bit }
      bit += 1
    }
    return bits
  }

  /// Takes one generator step and the critic steps before it.
  func advance() -> Losses {
    var losses = Losses()
    for _ in 0..<criticStepCount(step) { advanceCritic(&losses) }
    advanceGenerator(&losses)
    return losses
  }

  /// Takes a critic step.
  func advanceCritic(_ losses: inout Losses) {
    runCritic(criticPrograms[activeSet(criticSteps)], &losses)
  }

  /// Takes a generator step without critic steps before it.
  func advanceGenerator(_ losses: inout Losses) {
    runGenerator(generatorProgram, &losses)
    step += 1
  }

  /// Takes one generator step and records what it was like; the states end as after `advance`.
  func advanceRecorded() -> (losses: Losses, record: HistoryRecord) {
    var losses = Losses()
    let count = criticStepCount(step)
    for index in 0..<count {
      let set = activeSet(criticSteps)
      runCritic(index == count - 1 ? recordedCritic[set] : criticPrograms[set], &losses)
    }
    let critic = recordedCritic[activeSet(criticSteps - 1)].execution
    runGenerator(recordedGenerator, &losses)
    probe.run(step: step, at: moment)
    let generator = recordedGenerator.execution
    step += 1
    let record = HistoryRecord(
      step: step, criticLoss: losses.critic, penalty: losses.penalty,
      generatorLoss: losses.generator, real: critic.scalar(2), fake: critic.scalar(3),
      fakeBefore: generator.scalar(1), fakeAfter: probe.execution.scalar(0),
      criticGradient: critic.scalar(4), generatorGradient: generator.scalar(2))
    return (losses, record)
  }

  private var moment: TrainingMoment {
    TrainingMoment(generatorSteps: step, criticSteps: criticSteps)
  }

  private func runCritic(_ program: PreparedStep, _ losses: inout Losses) {
    program.run(step: criticSteps, at: moment)
    losses.critic = program.execution.scalar(0)
    losses.penalty = program.execution.scalar(1)
    criticSteps += 1
  }

  private func runGenerator(_ program: PreparedStep, _ losses: inout Losses) {
    program.run(step: step, at: moment)
    losses.generator = program.execution.scalar(0)
  }

  /// Goes back to an earlier moment: `step` generator steps taken, the states as `saved` has them.
  func restore(step: Int, from saved: StateTable) {
    state.copy(from: saved)
    self.step = step
    criticSteps = (0..<step).reduce(0) { $0 + criticStepCount($1) }
  }

  /// The floating-point operations of the first critic step.
  var criticOperations: Int { criticPrograms[activeSet(0)].execution.program.operations }

  /// The floating-point operations of a generator step.
  var generatorOperations: Int { generatorProgram.execution.program.operations }

  /// The floating-point operations of the first `steps` generator steps and their critic steps, recording left out.
  func operations(steps: Int) -> Int {
    var total = steps * generatorOperations
    let costs = criticPrograms.map(\.execution.program.operations)
    var critic = 0
    for step in 0..<steps {
      for _ in 0..<criticStepCount(step) {
        total += costs[activeSet(critic)]
        critic += 1
      }
    }
    return total
  }
}

/// What one generator step and the last critic step before it were like.
struct HistoryRecord {
  /// Generator steps taken, this one included.
  let step: Int
  /// The critic's loss without penalties.
  let criticLoss: Double
  /// The weighted penalties.
  let penalty: Double
  /// The generator's loss.
  let generatorLoss: Double
  /// Mean critic output on real samples.
  let real: Double
  /// Mean critic output on fakes in the critic step.
  let fake: Double
  /// Mean critic output on the generator step's fakes before it.
  let fakeBefore: Double
  /// The same after it.
  let fakeAfter: Double
  /// Euclidean norm of the critic's gradient.
  let criticGradient: Double
  /// Euclidean norm of the generator's gradient.
  let generatorGradient: Double

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
  /// The moment whose `values` these are; nil when their number is another.
  init?(step: Int, values: [Double]) {
    guard values.count == Self.columns.count else { return nil }
    self.init(
      step: step, criticLoss: values[0], penalty: values[1], generatorLoss: values[3],
      real: values[4], fake: values[5], fakeBefore: values[6], fakeAfter: values[7],
      criticGradient: values[8], generatorGradient: values[9])
  }
}
