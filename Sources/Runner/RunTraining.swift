import Arrays
import Catalog
import Datasets
import Engine
import Foundation
import Records

/// Trains and measures one run, from its beginning or from a checkpoint, and gives the files of its records.
struct RunTraining {
  let arm: Arm
  let seed: Int
  let identity: RunIdentity
  let evaluationID: String
  let dataset: Dataset
  let evaluator: Evaluator
  let executor: Executor
  /// Values by the names of states to start with, in the place of drawn ones.
  var weights: [String: [Double]] = [:]

  /// A run that has come to its end.
  struct Result {
    let state: RunState
    /// The files of the run's record.
    let files: [Store.File]
    /// The values at the points of evaluation.
    let values: [(step: Int, values: [Double?])]
    /// Draws samples of the end; nil where the run has diverged.
    let sampler: Sampler?
    let provenance: Provenance
  }

  private var configuration: RunConfiguration { RunConfiguration(arm.configuration) }

  /// Runs to the end.
  ///
  /// - Parameters:
  ///   - checkpoint: where an earlier process was interrupted.
  ///   - keep: is given checkpoints now and then, and one when the monitor asks to stop.
  /// - Throws: `RunInterrupted` when the monitor asked to stop; whatever `keep` throws; `MetricError`.
  func run(
    from checkpoint: Checkpoint?, _ monitor: RunMonitor, keep: @escaping (Checkpoint) throws -> Void
  ) throws -> Result {
    let trainer = try Trainer(
      configuration, seed: seed, dataset: dataset, executor: executor, weights: weights)
    let sampler = Sampler(trainer, seed: seed, executor: executor)
    let settings = EvaluationSettings(configuration)
    var snapshots = Snapshots(trainer.training, steps: configuration.steps)
    var progress = SampleProgress(of: dataset.sampleShape, steps: configuration.steps)
    var stopwatch = Stopwatch()
    let earlier = try takeUp(checkpoint, trainer, sampler, settings)
    var values = earlier?.values ?? []
    if let earlier {
      snapshots.entries = earlier.snapshots
      progress?.entries = earlier.progress
      stopwatch.secondsBefore = earlier.seconds
      monitor.report(.resumed(step: earlier.step))
    }
    let points = settings.steps(of: configuration.steps)
    let moments = Set(points).union(snapshots.steps).union(progress?.steps ?? []).sorted()
    var schedule = CheckpointSchedule(interval: monitor.checkpointInterval, step: trainer.step)
    let outcome = try TrainingLoop(trainer: trainer).run(
      history: earlier?.history ?? [],
      TrainingLoop.Visitor(
        points: moments.filter { $0 > trainer.step || earlier == nil },
        visit: { step in
          snapshots.take(step, trainer.state)
          progress?.take(step, sampler)
          guard points.contains(step) else { return }
          values.append((step, try evaluator.measure(sampler(settings.samples))))
          monitor.report(.measured(step: step, values: values.last?.values ?? []))
        },
        record: { record in
          monitor.report(.recorded(step: record.step, values: record.values))
          monitor.report(.stepped(record.step))
        },
        pause: { history in
          if stopwatch.isSecondOver() { monitor.report(.stepped(trainer.step)) }
          let isStopping = monitor.stop.isMade
          if schedule.isDue(trainer.step, isStopping: isStopping), trainer.state.isFinite {
            try keep(
              Checkpoint(
                trainer, run: identity.id, history: history, evaluation: evaluationID,
                values: values, snapshots: snapshots.entries, progress: progress?.entries ?? [],
                seconds: stopwatch.seconds))
          }
          if isStopping { throw RunInterrupted(step: trainer.step) }
        }))
    return Result(
      state: outcome.isFinite ? .done : .diverged,
      files: try files(outcome, trainer, snapshots, progress), values: values,
      sampler: outcome.isFinite ? sampler : nil,
      provenance: Provenance(
        executor,
        training: Provenance.Training(
          seconds: stopwatch.seconds, operations: outcome.operations, resumedAt: earlier?.step)))
  }

  /// Puts the trainer where the checkpoint was taken, with the values that this evaluation would have measured so far;
  /// nil where there is none, or none that serves.
  private func takeUp(
    _ checkpoint: Checkpoint?, _ trainer: Trainer, _ sampler: Sampler,
    _ settings: EvaluationSettings
  ) throws -> Checkpoint? {
    guard var checkpoint, checkpoint.run == identity.id,
      checkpoint.history.last.map({ $0.step <= checkpoint.step }) ?? true
    else { return nil }
    if checkpoint.evaluation != evaluationID {
      let kept = Safetensors(checkpoint.snapshots)
      let points = settings.steps(of: configuration.steps).filter { $0 <= checkpoint.step }
      guard points.allSatisfy({ Snapshots.holds(kept, $0, trainer.training) }) else { return nil }
      let start = StateTable(of: trainer.training.graph, precision: trainer.state.precision)
      start.copy(from: trainer.state)
      checkpoint.values = try evaluator.measure(kept, points, trainer, sampler, settings.samples)
      trainer.state.copy(from: start)
    }
    return checkpoint.restore(trainer) ? checkpoint : nil
  }

  private func files(
    _ outcome: TrainingOutcome, _ trainer: Trainer, _ snapshots: Snapshots,
    _ progress: SampleProgress?
  ) throws -> [Store.File] {
    let summary = RunSummary(
      state: outcome.isFinite ? .done : .diverged,
      steps: outcome.lastFiniteStep, isDead: outcome.isDead, operations: outcome.operations,
      digest: trainer.state.digest)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
    let history = StepTable.text(
      HistoryRecord.columns, outcome.history.map { ($0.step, $0.values) })
    let weights = Safetensors(trainer.state.portable { !$0.hasPrefix("optimizer.") })
    return [
      (RunFiles.configuration, Array((identity.line + "\n").utf8)),
      (RunFiles.summary, Array(try encoder.encode(summary)) + [10]),
      (RunFiles.history, Array(history.utf8)),
      (RunFiles.weights, weights.encoded()),
      (RunFiles.snapshots, Safetensors(snapshots.entries).encoded()),
    ] + (progress?.file(until: outcome.lastFiniteStep).map { [$0] } ?? [])
  }
}

extension Evaluator {
  /// The values at moments of which a run kept the generator's weights, which are left in the trainer's states.
  func measure(
    _ kept: Safetensors, _ points: [Int], _ trainer: Trainer, _ sampler: Sampler, _ count: Int
  ) throws -> [(step: Int, values: [Double?])] {
    try points.map { point in
      Snapshots.load(kept, point, trainer.training, trainer.state)
      return (point, try measure(sampler(count)))
    }
  }
}

/// When checkpoints are due: an interval of time after the last one, and before a stop.
private struct CheckpointSchedule {
  let interval: Double
  /// The step of the last checkpoint, or that at which this process began.
  var step: Int
  private var last = ContinuousClock.now

  init(interval: Double, step: Int) {
    self.interval = interval
    self.step = step
  }

  mutating func isDue(_ step: Int, isStopping: Bool) -> Bool {
    guard step > self.step else { return false }
    let now = ContinuousClock.now
    guard isStopping || last.duration(to: now) / .seconds(1) >= interval else { return false }
    last = now
    self.step = step
    return true
  }
}

/// How long a run has taken.
private struct Stopwatch {
  /// Seconds in earlier processes.
  var secondsBefore = 0.0
  private let start = ContinuousClock.now
  private var lastSecond = ContinuousClock.now

  var seconds: Double { secondsBefore + start.duration(to: .now) / .seconds(1) }

  /// Whether a second has passed since this was last so.
  mutating func isSecondOver() -> Bool {
    let now = ContinuousClock.now
    guard lastSecond.duration(to: now) >= .seconds(1) else { return false }
    lastSecond = now
    return true
  }
}
