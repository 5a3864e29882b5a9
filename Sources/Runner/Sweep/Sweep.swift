import Foundation
import Records

/// What happens during a sweep, for whoever shows it.
public enum SweepEvent: Sendable {
  /// The sweep begins: how many runs the plan has, and how many of them are done.
  case began(total: Int, done: Int, workers: Int)
  /// A worker has begun a run.
  case started(arm: Int, seed: Int, worker: Int)
  /// A worker has taken this many generator steps of its run.
  case stepped(worker: Int, step: Int)
  /// A run has ended.
  case finished(arm: Int, seed: Int, worker: Int, state: RunState)
  /// A run has given no result; its log is kept at `log`.
  case failed(arm: Int, seed: Int, worker: Int, message: String, log: String)
}

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
  public func run(
    _ identities: Identities, retriesFailed: Bool,
    report: @escaping @Sendable (SweepEvent) -> Void
  ) async throws -> Int {
    var (jobs, done, failed) = (try referenceJobs(identities), 0, 0)
    // Seeds outermost, so that every arm has some results early.
    for seed in plan.seeds {
      for arm in plan.arms {
        let id = try identities.run(arm, seed: seed).id
        let evaluation = try identities.evaluation(arm, seed: seed).id
        if store.contains(.run, id), store.contains(.evaluation, evaluation) {
          done += 1
        } else if !retriesFailed, try store.failureLog(id) != nil {
          failed += 1
        } else {
          jobs.append(Job(arm: arm.index, seed: seed, id: id))
        }
      }
    }
    let workers = max(1, min(workerCount, jobs.count))
    report(
      .began(total: plan.arms.count * plan.seeds.count, done: done, workers: workers))
    guard !jobs.isEmpty else { return failed }
    let queue = JobQueue(jobs, store: store, failed: failed, report: report)
    await withTaskGroup(of: Void.self) { group in
      for index in 0..<workers {
        group.addTask { await WorkerProcess(command: command, index: index).work(queue) }
      }
    }
    if let error = await queue.error { throw error }
    return await queue.failed
  }

  /// One reference per data set and evaluation that the store lacks.
  private func referenceJobs(_ identities: Identities) throws -> [Job] {
    var ids: [String] = []
    var jobs: [Job] = []
    for arm in plan.arms {
      let id = try identities.reference(arm).id
      guard !ids.contains(id) else { continue }
      ids.append(id)
      if !store.contains(.evaluation, id) { jobs.append(Job(arm: arm.index, seed: nil, id: id)) }
    }
    return jobs
  }
}

/// A piece of work for a worker.
struct Job: Sendable {
  /// The index of the arm.
  let arm: Int
  /// The seed; nil for the reference of the arm's data.
  let seed: Int?
  /// The run's id.
  let id: String

  /// The line that a worker reads.
  var line: String { seed.map { "\(arm) \($0) \(id)" } ?? "reference \(arm)" }
}

/// The work that is left, handed out in order; it keeps count and tells what happens.
actor JobQueue {
  private var jobs: ArraySlice<Job>
  private let store: Store
  private let report: @Sendable (SweepEvent) -> Void
  private(set) var failed: Int
  private(set) var error: (any Error)?

  init(
    _ jobs: [Job], store: Store, failed: Int, report: @escaping @Sendable (SweepEvent) -> Void
  ) {
    self.jobs = jobs[...]
    self.store = store
    self.failed = failed
    self.report = report
  }

  func next(worker: Int) -> Job? {
    guard error == nil, let job = jobs.popFirst() else { return nil }
    if let seed = job.seed { report(.started(arm: job.arm, seed: seed, worker: worker)) }
    return job
  }

  func stepped(worker: Int, _ step: Int) { report(.stepped(worker: worker, step: step)) }

  func finished(_ job: Job, worker: Int, _ state: RunState) {
    guard let seed = job.seed else { return }
    report(.finished(arm: job.arm, seed: seed, worker: worker, state: state))
  }

  /// Keeps the log of a job without a result.
  func failed(_ job: Job, worker: Int, message: String, log: String) {
    failed += 1
    do {
      try store.recordFailure(job.id, log: Array((message + "\n" + log).utf8))
    } catch {
      stop(error)
    }
    report(
      .failed(
        arm: job.arm, seed: job.seed ?? 0, worker: worker, message: message,
        log: "\(store.path)/failed/\(job.id)/log.txt"))
  }

  /// Ends the sweep: no worker gets another job.
  func stop(_ error: any Error) { if self.error == nil { self.error = error } }
}
