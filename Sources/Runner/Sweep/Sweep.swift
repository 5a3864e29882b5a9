import Foundation
import Records

/// Trains and measures every run of a plan that the store lacks, in worker processes.
public struct Sweep: Sendable {
  /// How workers are started.
  public struct Command: Sendable {
    /// The program's path.
    public let executable: String
    /// Its arguments, given the number of threads that share each run.
    public let arguments: @Sendable (_ threads: Int) -> [String]

    /// Names a program.
    public init(
      executable: String, arguments: @escaping @Sendable (_ threads: Int) -> [String]
    ) {
      self.executable = executable
      self.arguments = arguments
    }
  }

  /// After how long a run is given up.
  public struct Limits: Sendable {
    /// The longest time that a run may take in one sweep, in seconds; nil for any.
    public let timeout: Double?
    /// The longest time without any progress, in seconds; nil for any.
    public let stall: Double?
    /// Whether the first run without a result ends the sweep.
    public let stopsAtFailure: Bool

    /// Sets limits.
    public init(timeout: Double? = nil, stall: Double? = nil, stopsAtFailure: Bool = false) {
      self.timeout = timeout
      self.stall = stall
      self.stopsAtFailure = stopsAtFailure
    }
  }

  /// How a sweep ended.
  public struct Outcome: Sendable {
    /// The runs that gave no result, those that failed earlier included.
    public let failed: Int
    /// Whether it was stopped before all runs had their turn.
    public let isStopped: Bool
  }

  private let plan: Plan
  private let store: Store
  private let workers: WorkerPool
  private let threads: RunThreads
  private let limits: Limits

  /// - Parameters:
  ///   - command: what starts a worker that serves this plan and store.
  ///   - workerCount: the number of worker processes, at least 1.
  ///   - threads: how many threads share each run.
  ///   - limits: after how long a run is given up.
  public init(
    _ plan: Plan, store: Store, command: Command, workerCount: Int,
    threads: RunThreads = .automatic, limits: Limits = Limits()
  ) {
    self.plan = plan
    self.store = store
    self.threads = threads
    self.limits = limits
    workers = WorkerPool(command: command, count: workerCount, limits: limits)
  }

  /// Runs what is missing.
  ///
  /// - Parameters:
  ///   - identities: the ids of the plan's runs.
  ///   - retriesFailed: whether runs that failed earlier are tried again.
  ///   - stop: ends the sweep early: workers finish their step and keep a checkpoint.
  ///   - report: sees events in the order in which they happen.
  /// - Throws: `RecordsError.inputOutput` when the store cannot be written, `RunnerError` when workers cannot be
  ///   started, the store not be used, or the data not be measured.
  public func run(
    _ identities: Identities, retriesFailed: Bool, stop: StopRequest = StopRequest(),
    report: @escaping @Sendable (SweepEvent) -> Void
  ) async throws -> Outcome {
    var jobs = try referenceJobs(identities)
    var extent = SweepExtent()
    extent.total = plan.arms.count * plan.seeds.count
    extent.references = jobs.count
    let runs = try await identities.runs()
    let quarantined = try store.quarantined().count
    let failures = Set(try store.failures())
    let checkpointed = Set(try store.checkpointedRuns())
    var missing: [Job] = []
    var untrained = plan.arms.map { _ in false }
    for (run, stored) in zip(runs, try await findStored(runs, identities)) {
      if stored.isTrained, stored.isMeasured {
        extent.done += 1
        if failures.contains(run.id) { try store.clearFailure(run.id) }
        if checkpointed.contains(run.id) { try store.removeCheckpoints(run.id) }
      } else if !retriesFailed, failures.contains(run.id) {
        extent.failed += 1
      } else {
        if stored.isTrained { extent.toMeasure += 1 } else { extent.toTrain += 1 }
        if !stored.isTrained { untrained[run.arm] = true }
        missing.append(
          Job(arm: run.arm, .run(seed: run.seed, id: run.id, evaluation: run.evaluation)))
      }
    }
    extent.damaged = try store.quarantined().count - quarantined
    let costs = extent.toTrain > 0 ? try await RunCosts(plan, identities).operations : []
    extent.operations = plan.arms.indices.map { untrained[$0] ? costs[$0] : 0 }
    jobs += seedsOutermost(missing)
    extent.workers = min(workers.count, jobs.count)
    extent.threads = threads.count(runs: max(missing.count, 1), workers: workers.count)
    report(.began(extent))
    let now = Int(Date().timeIntervalSince1970)
    guard !jobs.isEmpty else {
      // A store that cannot be written to may still have everything.
      try? store.tidy(now: now)
      return Outcome(failed: extent.failed, isStopped: false)
    }
    try store.prepare()
    try store.tidy(now: now)
    let queue = JobQueue(
      jobs, store: store, failed: extent.failed, stop: stop,
      stopsAtFailure: limits.stopsAtFailure, report: report)
    await workers.work(queue, stop: stop, jobs: jobs.count, threads: extent.threads)
    if let error = await queue.error { throw error }
    return Outcome(failed: await queue.failed, isStopped: await !queue.isEmpty)
  }

  /// The jobs with seeds outermost, so that every arm has some results early.
  private func seedsOutermost(_ jobs: [Job]) -> [Job] {
    let bySeed = Dictionary(grouping: jobs) { $0.seed }
    return plan.seeds.flatMap { bySeed[$0] ?? [] }
  }

  private typealias Found = (isTrained: Bool, isMeasured: Bool)

  /// Which runs the store has. Reading verifies: a damaged record is put in quarantine and made again.
  private func findStored(
    _ runs: [PlannedRun], _ identities: Identities
  ) async throws -> [Found] {
    let sampleShapes = try plan.arms.map { try identities.dataset($0).sampleShape }
    return try await concurrentMap(runs) { [store] run in
      // Both are read, so that a damaged one is moved out of the way of its successor.
      let isTrained = try store.read(.run, run.id) != nil
      let isMeasured = try store.read(.evaluation, run.evaluation) != nil
      let isShown =
        try run.gallery.map { try store.gallery($0, of: sampleShapes[run.arm]).isStored } ?? true
      return (isTrained, isTrained && isMeasured && isShown)
    }
  }

  /// One reference per data set and evaluation that the store lacks.
  private func referenceJobs(_ identities: Identities) throws -> [Job] {
    var ids: [String] = []
    var jobs: [Job] = []
    for arm in plan.arms {
      let id = try identities.reference(arm).id
      guard !ids.contains(id) else { continue }
      ids.append(id)
      if try store.read(.evaluation, id) == nil {
        jobs.append(Job(arm: arm.index, .reference(evaluation: id)))
      }
    }
    return jobs
  }
}
