import Arrays
import Catalog
import Datasets
import Engine
import Foundation
import Metrics
import Records

/// Does the runs of a plan one after another in this process: trains, measures, and writes what is missing to the store.
public final class JobRunner {
  /// The plan whose arms are run.
  public let plan: Plan
  private let store: Store
  private let executor: Executor
  private let identities: Identities
  private var evaluators: [String: Evaluator] = [:]

  /// - Parameters:
  ///   - executor: what the runs are computed with.
  ///   - dataFolder: the folder of data files.
  public init(_ plan: Plan, store: Store, executor: Executor, dataFolder: String?) {
    self.plan = plan
    self.store = store
    self.executor = executor
    identities = Identities(plan, executor: executor.name, dataFolder: dataFolder)
  }

  /// Makes the records of a run and of its evaluation where they are missing.
  ///
  /// - Parameters:
  ///   - expectedID: the id that the caller derived; another one means that the experiment file has changed.
  ///   - report: is told now and then how many generator steps are done.
  /// - Returns: how the run ended.
  @discardableResult
  public func perform(
    arm: Int, seed: Int, expectedID: String? = nil, report: (Int) -> Void = { _ in }
  ) throws -> RunState {
    let arm = plan.arms[arm]
    let run = try identities.run(arm, seed: seed)
    if let expectedID, expectedID != run.id { throw RunnerError.changedPlan(arm: arm.name) }
    let evaluation = try identities.evaluation(arm, seed: seed)
    let stored = try store.read(.run, run.id)
    if let stored, store.contains(.evaluation, evaluation.id) { return try state(of: stored) }
    if let stored, try evaluateSnapshots(stored, arm, seed: seed, evaluation.id) {
      return try state(of: stored)
    }
    return try train(arm, seed: seed, run, evaluation.id, report)
  }

  private func state(of folder: StoredFolder) throws -> RunState {
    guard let bytes = folder[RunFiles.summary],
      let summary = try? JSONDecoder().decode(RunSummary.self, from: Data(bytes)),
      let state = RunState(rawValue: summary.state)
    else { throw RunnerError.damagedRecord(path: folder.path) }
    return state
  }

  /// The evaluator of an arm, made once per data set and settings.
  private func evaluator(
    _ arm: Arm, _ configuration: RunConfiguration, _ metrics: [MetricRequest]
  ) throws -> Evaluator {
    let key = configuration.problem + metrics.map(EvaluationFiles.column).joined()
    if let known = evaluators[key] { return known }
    let evaluator = try Evaluator(
      try identities.dataset(arm), EvaluationSettings(configuration),
      metrics: metrics)
    evaluators[key] = evaluator
    return evaluator
  }

  // MARK: Training

  private func train(
    _ arm: Arm, seed: Int, _ identity: RunIdentity, _ evaluationID: String,
    _ report: (Int) -> Void
  ) throws -> RunState {
    let configuration = RunConfiguration(arm.configuration)
    let dataset = try identities.dataset(arm)
    let evaluator = try evaluator(arm, configuration, plan.metrics(of: arm))
    let settings = EvaluationSettings(configuration)
    let trainer = Trainer(configuration, seed: seed, dataset: dataset, executor: executor)
    let sampler = Sampler(trainer, seed: seed, executor: executor)
    var snapshots = Snapshots(trainer.training, steps: configuration.steps)
    let points = settings.steps(of: configuration.steps)
    var values: [(step: Int, values: [Double?])] = []
    let moments = Array(Set(points).union(snapshots.steps)).sorted()
    let outcome = try TrainingLoop(trainer: trainer).run(
      points: moments,
      visit: { step in
        snapshots.take(step, trainer.state)
        if points.contains(step) {
          values.append((step, try evaluator.measure(sampler(settings.samples))))
        }
      }, report: report)
    let state: RunState = outcome.isFinite ? .done : .diverged
    let summary = RunSummary(
      state: state.rawValue, steps: outcome.lastFiniteStep, isDead: outcome.isDead,
      operations: outcome.operations, digest: trainer.state.digest)
    try store.write(
      .run, identity.id, files: try files(identity, summary, outcome, trainer, snapshots))
    try writeEvaluation(
      evaluationID, values, samples: outcome.isFinite ? sampler : nil, settings, evaluator)
    return state
  }

  private func files(
    _ identity: RunIdentity, _ summary: RunSummary, _ outcome: TrainingOutcome,
    _ trainer: Trainer, _ snapshots: Snapshots
  ) throws -> [Store.File] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
    let history = StepTable.text(
      HistoryRecord.columns, outcome.history.map { ($0.step, $0.values) })
    let weights = Safetensors(trainer.state.exported { !$0.hasPrefix("optimizer.") })
    return [
      (RunFiles.configuration, Array((identity.line + "\n").utf8)),
      (RunFiles.summary, Array(try encoder.encode(summary)) + [10]),
      (RunFiles.history, Array(history.utf8)),
      (RunFiles.weights, weights.encoded()),
      (RunFiles.snapshots, Safetensors(snapshots.entries).encoded()),
    ]
  }

  // MARK: Evaluation

  /// Measures a stored run from the generator weights that it kept; false where it did not keep those that are needed.
  private func evaluateSnapshots(
    _ folder: StoredFolder, _ arm: Arm, seed: Int, _ evaluationID: String
  ) throws -> Bool {
    let configuration = RunConfiguration(arm.configuration)
    let settings = EvaluationSettings(configuration)
    let trainer = Trainer(
      configuration, seed: seed, dataset: try identities.dataset(arm), executor: executor)
    guard let bytes = folder[RunFiles.snapshots], let summaryBytes = folder[RunFiles.summary],
      let summary = try? JSONDecoder().decode(RunSummary.self, from: Data(summaryBytes))
    else { return false }
    let kept = try Safetensors(decoding: bytes, file: "\(folder.path)/\(RunFiles.snapshots)")
    let points = settings.steps(of: configuration.steps).filter { $0 <= summary.steps }
    guard points.allSatisfy({ Snapshots.holds(kept, $0, trainer.training) }) else { return false }
    let evaluator = try evaluator(arm, configuration, plan.metrics(of: arm))
    let sampler = Sampler(trainer, seed: seed, executor: executor)
    var values: [(step: Int, values: [Double?])] = []
    for point in points {
      Snapshots.load(kept, point, trainer.training, trainer.state)
      values.append((point, try evaluator.measure(sampler(settings.samples))))
    }
    let isDone = summary.state == RunState.done.rawValue
    try writeEvaluation(evaluationID, values, samples: isDone ? sampler : nil, settings, evaluator)
    return true
  }

  /// How many samples a record keeps to be looked at.
  static let keptSamples = 512

  private func writeEvaluation(
    _ id: String, _ values: [(step: Int, values: [Double?])], samples sampler: Sampler?,
    _ settings: EvaluationSettings, _ evaluator: Evaluator
  ) throws {
    var files: [Store.File] = [
      (EvaluationFiles.values, Array(StepTable.text(evaluator.columns, values).utf8)),
      (EvaluationFiles.protocolText, Array((evaluator.protocolText + "\n").utf8)),
    ]
    if let sampler {
      let kept = sampler(min(settings.samples, Self.keptSamples))
      files.append((EvaluationFiles.samples, NumPyArray.encode(.float32(kept))))
    }
    try store.write(.evaluation, id, files: files)
  }

  /// Makes the record of what real data score for an arm's data and settings, where it is missing.
  public func performReference(arm: Int) throws {
    let arm = plan.arms[arm]
    let id = try identities.reference(arm).id
    if store.contains(.evaluation, id) { return }
    let configuration = RunConfiguration(arm.configuration)
    let evaluator = try evaluator(arm, configuration, identities.referenceMetrics(arm))
    let real = try identities.dataset(arm).evaluationSamples(
      count: Self.keptSamples, split: .heldOut, seed: EvaluationSettings.dataSeed)
    let text = StepTable.text(evaluator.columns, [(0, try evaluator.realAgainstReal())])
    try store.write(
      .evaluation, id,
      files: [
        (EvaluationFiles.values, Array(text.utf8)),
        (EvaluationFiles.protocolText, Array((evaluator.protocolText + "\n").utf8)),
        (EvaluationFiles.samples, NumPyArray.encode(.float32(real))),
      ])
  }
}
