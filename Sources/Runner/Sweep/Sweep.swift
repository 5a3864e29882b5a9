import Foundation
import Records

/// Trains and measures every run of a plan that the store lacks, in worker processes.
public struct Sweep: Sendable {
  /// How workers are started.
  public struct Command: Sendable {
    /// The program's path.
    public let executable: String
    /// Its arguments.
    public let arguments: [String]

    /// Names a program.
    public init(executable: String, arguments: [String]) {
      self.executable = executable
      self.arguments = arguments
    }
  }

  private let plan: Plan
  private let store: Store
  private let command: Command
  private let workerCount: Int

  /// - Parameters:
  ///   - command: what starts a worker that serves this plan and store.
  ///   - workerCount: the number of worker processes, at least 1.
  public init(_ plan: Plan, store: Store, command: Command, workerCount: Int) {
    precondition(workerCount > 0, "\(workerCount) workers")
    self.plan = plan
    self.store = store
    self.command = command
    self.workerCount = workerCount
  }

  /// Runs what is missing.
  ///
  /// - Parameters:
  ///   - identities: the ids of the plan's runs.
  ///   - retriesFailed: whether runs that failed earlier are tried again.
  ///   - report: sees events in the order in which they happen.
  /// - Returns: the number of runs that gave no result.
  /// - Throws: `RecordsError.inputOutput` when the store cannot be written, `RunnerError` when workers cannot be
  ///   started or the data cannot be measured.
  public func run(
    _ identities: Identities, retriesFailed: Bool,
    report: @escaping @Sendable (SweepEvent) -> Void
  ) async throws -> Int {
    var jobs = try referenceJobs(identities)
    var extent = SweepExtent()
    extent.total = plan.arms.count * plan.seeds.count
    extent.references = jobs.count
    // Seeds outermost, so that every arm has some results early.
    let runs = try plan.seeds.flatMap { seed in
      try plan.arms.map { arm in
        PlannedRun(
          arm: arm.index, seed: seed, id: try identities.run(arm, seed: seed).id,
          evaluation: try identities.evaluation(arm, seed: seed).id)
      }
    }
    for (run, stored) in zip(runs, try await findStored(runs)) {
      if stored.isTrained, stored.isMeasured {
        extent.done += 1
      } else if !retriesFailed, try store.failureLog(run.id) != nil {
        extent.failed += 1
      } else {
        if stored.isTrained { extent.toMeasure += 1 } else { extent.toTrain += 1 }
        extent.steps += RunConfiguration(plan.arms[run.arm].configuration).steps
        jobs.append(Job(arm: run.arm, seed: run.seed, id: run.id))
      }
    }
    extent.workers = min(workerCount, jobs.count)
    report(.began(extent))
    guard !jobs.isEmpty else { return extent.failed }
    try store.prepare()
    // Writing to a worker that died is an error like any other, not the end of this process.
    signal(SIGPIPE, SIG_IGN)
    let queue = JobQueue(jobs, store: store, failed: extent.failed, report: report)
    await withTaskGroup(of: Void.self) { group in
      for index in 0..<extent.workers {
        group.addTask { await WorkerProcess(command: command, index: index).work(queue) }
      }
    }
    if let error = await queue.error { throw error }
    return await queue.failed
  }

  private struct PlannedRun: Sendable {
    let arm: Int
    let seed: Int
    let id: String
    let evaluation: String
  }

  private typealias Found = (isTrained: Bool, isMeasured: Bool)

  /// Which runs the store has, read on all cores. Reading verifies: a damaged record is put in quarantine and made again.
  private func findStored(_ runs: [PlannedRun]) async throws -> [Found] {
    let store = store
    let lanes = ProcessInfo.processInfo.activeProcessorCount
    return try await withThrowingTaskGroup(of: [(Int, Found)].self) { group in
      for lane in 0..<lanes {
        group.addTask {
          try stride(from: lane, to: runs.count, by: lanes).map { index in
            let isTrained = try store.read(.run, runs[index].id) != nil
            let isMeasured =
              try isTrained && store.read(.evaluation, runs[index].evaluation) != nil
            return (index, (isTrained, isMeasured))
          }
        }
      }
      var found = [Found](repeating: (false, false), count: runs.count)
      for try await part in group {
        for (index, result) in part { found[index] = result }
      }
      return found
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
        jobs.append(Job(arm: arm.index, seed: nil, id: id))
      }
    }
    return jobs
  }
}
