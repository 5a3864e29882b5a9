import Arrays
import Records

/// Trains stored runs of a plan again and compares every byte that they leave.
public struct Verification: Sendable {
  private let store: Store
  private let workers: WorkerPool
  private let threads: RunThreads

  /// - Parameters:
  ///   - command: what starts a worker that serves the plan and store.
  ///   - workerCount: the number of worker processes, at least 1.
  ///   - threads: how many threads share each run.
  public init(
    store: Store, command: Sweep.Command, workerCount: Int, threads: RunThreads = .automatic
  ) {
    self.store = store
    self.threads = threads
    workers = WorkerPool(command: command, count: workerCount, limits: Sweep.Limits())
  }

  /// The runs of the plan that the store has, by arm, then seed.
  public func stored(_ identities: Identities) async throws -> [PlannedRun] {
    try await identities.runs().filter { store.contains(.run, $0.id) }
  }

  /// `count` of the runs, or all where there are no more, drawn by the stream `verify` of a seed and left in order.
  ///
  /// - Parameter count: at least 0.
  public static func sample(_ runs: [PlannedRun], count: Int, seed: Int) -> [PlannedRun] {
    let stream = RandomStream(seed: UInt64(bitPattern: Int64(seed)), name: "verify")
    let order = stream.permutation(runs.count)
    return order.prefix(count).sorted().map { runs[Int($0)] }
  }

  /// Trains runs again.
  ///
  /// - Parameters:
  ///   - stop: ends the work early.
  ///   - report: sees events in the order in which they happen, among them `verified`.
  /// - Returns: whether all runs had their turn.
  public func run(
    _ runs: [PlannedRun], stop: StopRequest, report: @escaping @Sendable (SweepEvent) -> Void
  ) async throws -> Bool {
    let jobs = runs.map { Job(arm: $0.arm, .verification(seed: $0.seed, id: $0.id)) }
    let queue = JobQueue(
      jobs, store: store, failed: 0, stop: stop, stopsAtFailure: false, report: report)
    await workers.work(
      queue, stop: stop, jobs: jobs.count,
      threads: threads.count(runs: jobs.count, workers: workers.count))
    if let error = await queue.error { throw error }
    return await queue.isEmpty
  }
}
