import Arrays
import Catalog
import Datasets
import Engine
import Metrics
import Records

/// Does the runs of a plan one after another in this process: trains, measures, and writes what is missing to the store.
public final class JobRunner {
  /// The plan whose arms are run.
  public let plan: Plan
  let store: Store
  let executor: Executor
  let identities: Identities
  private var realSides: [Problem.Key: RealSide] = [:]
  var neighbourhoods: [Problem.Key: Neighbourhood] = [:]

  /// - Parameters:
  ///   - executor: what the runs are computed with.
  ///   - dataFolder: the folder of data files.
  public init(_ plan: Plan, store: Store, executor: Executor, dataFolder: String?) {
    self.plan = plan
    self.store = store
    self.executor = executor
    identities = Identities(plan, executor: executor.name, dataFolder: dataFolder)
  }

  /// Makes the records of a run, of its evaluation and, of a run whose images are shown, its gallery where they are missing.
  ///
  /// - Parameters:
  ///   - expected: the ids that the caller derived; others mean that the experiment file has changed.
  ///   - monitor: sees what happens and may ask to stop.
  /// - Returns: how the run ended.
  /// - Throws: `RunInterrupted` when the monitor asked to stop; the next call goes on from there.
  @discardableResult
  public func perform(
    arm: Int, seed: Int, expected: (run: String, evaluation: String)? = nil,
    monitor: RunMonitor = RunMonitor()
  ) throws -> RunState {
    let arm = plan.arms[arm]
    let run = try identities.run(arm, seed: seed)
    let evaluation = try identities.evaluation(arm, seed: seed)
    if let expected, expected != (run.id, evaluation.id) {
      throw RunnerError.changedPlan(arm: arm.name)
    }
    let state = try performEvaluated(arm, seed: seed, run.id, evaluation.id, monitor)
    try completeGallery(arm, seed: seed)
    return state
  }

  private func performEvaluated(
    _ arm: Arm, seed: Int, _ id: String, _ evaluationID: String, _ monitor: RunMonitor
  ) throws -> RunState {
    let stored = try store.read(.run, id)
    if let stored, store.contains(.evaluation, evaluationID) { return try state(of: stored) }
    if let stored, try evaluateSnapshots(stored, arm, seed: seed, evaluationID) {
      // Whoever stored the run may have been killed before that.
      try store.removeCheckpoints(id)
      return try state(of: stored)
    }
    return try train(arm, seed: seed, monitor)
  }

  private func state(of folder: StoredFolder) throws -> RunState {
    guard let summary = folder[RunFiles.summary].flatMap(RunSummary.init) else {
      throw RunnerError.damagedRecord(path: folder.path)
    }
    return summary.state
  }

  /// What an arm's samples are compared with, computed once per problem.
  func realSide(_ arm: Arm, _ configuration: RunConfiguration) throws -> RealSide {
    if let known = realSides[arm.problem] { return known }
    let made = try RealSide(
      try identities.dataset(arm), EvaluationSettings(configuration), kernels: executor.kernels)
    realSides[arm.problem] = made
    return made
  }

  private func evaluator(
    _ arm: Arm, _ configuration: RunConfiguration, _ metrics: [MetricRequest]
  ) throws -> Evaluator {
    try Evaluator(try realSide(arm, configuration), metrics: metrics)
  }

  /// Computes what runs of an arm are measured against, which this runner then keeps.
  func prepare(arm: Int) throws {
    let arm = plan.arms[arm]
    _ = try evaluator(arm, RunConfiguration(arm.configuration), plan.metrics(of: arm))
  }

  // MARK: Training

  private func training(_ arm: Arm, seed: Int) throws -> RunTraining {
    let configuration = RunConfiguration(arm.configuration)
    return RunTraining(
      arm: arm, seed: seed, identity: try identities.run(arm, seed: seed),
      evaluationID: try identities.evaluation(arm, seed: seed).id,
      dataset: try identities.dataset(arm),
      evaluator: try evaluator(arm, configuration, plan.metrics(of: arm)),
      executor: executor, weights: try identities.startingWeights(arm))
  }

  private func train(_ arm: Arm, seed: Int, _ monitor: RunMonitor) throws -> RunState {
    let training = try training(arm, seed: seed)
    let id = training.identity.id
    let checkpoint = try store.latestCheckpoint(id).flatMap { Checkpoint(decoding: $0.bytes) }
    let result = try training.run(from: checkpoint, monitor) { [store] checkpoint in
      try store.keepCheckpoint(id, step: checkpoint.step, bytes: checkpoint.encoded())
    }
    try store.write(.run, id, files: result.files, unsigned: [try result.provenance.file()])
    try store.write(
      .evaluation, training.evaluationID,
      files: try evaluationFiles(result.values, result.sampler, arm, training.evaluator),
      unsigned: [try Provenance(executor).file()])
    return result.state
  }

  /// The course of a stored run as its record and that of its evaluation tell it.
  public func stored(arm: Int, seed: Int) throws -> StoredCourse {
    let arm = plan.arms[arm]
    let id = try identities.run(arm, seed: seed).id
    let evaluation = try identities.evaluation(arm, seed: seed).id
    guard let history = try store.read(.run, id)?[RunFiles.history].flatMap(StepTable.Content.init),
      let table = try store.read(.evaluation, evaluation)?[EvaluationFiles.values]
        .flatMap(StepTable.Content.init),
      let values = table.selecting(plan.metrics(of: arm).map(EvaluationFiles.column))
    else { throw RunnerError.damagedRecord(path: store.folder(.run, id)) }
    return StoredCourse(history: history.rows, values: values)
  }

  /// The final value of the primary metric of a stored run; nil where there is none.
  public func primaryValue(arm: Int, seed: Int) throws -> Double? {
    let id = try identities.evaluation(plan.arms[arm], seed: seed).id
    return try store.read(.evaluation, id)?[EvaluationFiles.values]
      .flatMap { EvaluationFiles.finalValue($0, plan.metrics[plan.primaryMetric]) }
  }

  /// Trains a run again from its beginning and compares what it leaves with the stored records.
  ///
  /// - Returns: the names of the files that differ, sorted.
  /// - Throws: `RunnerError.damagedRecord` when the run is not stored, or not any more.
  public func differences(
    arm: Int, seed: Int, monitor: RunMonitor = RunMonitor()
  ) throws -> [String] {
    let arm = plan.arms[arm]
    let training = try training(arm, seed: seed)
    guard let run = try store.intact(.run, training.identity.id) else {
      throw RunnerError.damagedRecord(path: store.folder(.run, training.identity.id))
    }
    let result = try training.run(from: nil, monitor) { _ in }
    var differing = result.files.filter { name, bytes in
      run[name] != bytes && (run[name] != nil || name != RunFiles.progress)
    }.map(\.name)
    differing += try galleryDifferences(result.files, arm, seed: seed)
    if let evaluation = try store.intact(.evaluation, training.evaluationID) {
      let files = try evaluationFiles(result.values, result.sampler, arm, training.evaluator)
      // Metrics depend on the machine within 1e-9.
      let isMeasuredHere = Provenance.read(evaluation)?.fingerprint == .current
      differing += files.filter { name, bytes in
        guard let stored = evaluation[name], stored != bytes else { return evaluation[name] == nil }
        return isMeasuredHere || name != EvaluationFiles.values
          || !StepTable.agree(stored, bytes)
      }.map(\.name)
    }
    return differing.sorted()
  }

  // MARK: Evaluation

  /// Measures a stored run from the generator weights that it kept; false where it did not keep those that are needed.
  private func evaluateSnapshots(
    _ folder: StoredFolder, _ arm: Arm, seed: Int, _ evaluationID: String
  ) throws -> Bool {
    let configuration = RunConfiguration(arm.configuration)
    let settings = EvaluationSettings(configuration)
    let trainer = try Trainer(
      configuration, seed: seed, dataset: try identities.dataset(arm), executor: executor)
    guard let bytes = folder[RunFiles.snapshots],
      let summary = folder[RunFiles.summary].flatMap(RunSummary.init)
    else { return false }
    let kept = try Safetensors(decoding: bytes, file: "\(folder.path)/\(RunFiles.snapshots)")
    let points = settings.steps(of: configuration.steps).filter { $0 <= summary.steps }
    guard points.allSatisfy({ Snapshots.holds(kept, $0, trainer.training) }) else { return false }
    let evaluator = try evaluator(arm, configuration, plan.metrics(of: arm))
    let sampler = Sampler(trainer, seed: seed, executor: executor)
    let values = try evaluator.measure(kept, points, trainer, sampler, settings.samples)
    let isDone = summary.state == .done
    try store.write(
      .evaluation, evaluationID,
      files: try evaluationFiles(values, isDone ? sampler : nil, arm, evaluator),
      unsigned: [try Provenance(executor).file()])
    return true
  }

  /// How many samples a record keeps to be looked at: 512, or fewer where they would need more than two megabytes, but 64
  /// at least.
  static func keptSamples(of shape: [Int]) -> Int {
    min(max((2 << 20) / (4 * shape.reduce(1, *)), 64), 512)
  }

  private func evaluationFiles(
    _ values: [(step: Int, values: [Double?])], _ sampler: Sampler?, _ arm: Arm,
    _ evaluator: Evaluator
  ) throws -> [Store.File] {
    var files: [Store.File] = [
      (EvaluationFiles.values, Array(StepTable.text(evaluator.columns, values).utf8)),
      (EvaluationFiles.protocolText, Array((evaluator.protocolText + "\n").utf8)),
    ]
    if let sampler {
      let count = EvaluationSettings(RunConfiguration(arm.configuration)).samples
      let kept = sampler(min(count, Self.keptSamples(of: try identities.dataset(arm).sampleShape)))
      files.append((EvaluationFiles.samples, NumPyArray.encode(.float32(kept))))
    }
    return files
  }

  /// Makes the record of what real data score for an arm's data and settings, where it is missing.
  ///
  /// - Parameter expected: the id that the caller derived.
  public func performReference(arm: Int, expected: String? = nil) throws {
    let arm = plan.arms[arm]
    let id = try identities.reference(arm).id
    if let expected, expected != id { throw RunnerError.changedPlan(arm: arm.name) }
    if store.contains(.evaluation, id) { return }
    let configuration = RunConfiguration(arm.configuration)
    let evaluator = try evaluator(arm, configuration, identities.referenceMetrics(arm))
    let dataset = try identities.dataset(arm)
    let real = dataset.evaluationSamples(
      count: Self.keptSamples(of: dataset.sampleShape), split: .heldOut,
      seed: EvaluationSettings.dataSeed)
    let text = StepTable.text(evaluator.columns, [(0, try evaluator.realAgainstReal())])
    try store.write(
      .evaluation, id,
      files: [
        (EvaluationFiles.values, Array(text.utf8)),
        (EvaluationFiles.protocolText, Array((evaluator.protocolText + "\n").utf8)),
        (EvaluationFiles.samples, NumPyArray.encode(.float32(real))),
      ], unsigned: [try Provenance(executor).file()])
  }
}
