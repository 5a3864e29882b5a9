import Records

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
  /// References that are being made; runs wait for them, since where one fails no run could be measured.
  private var referencesUnderWay = 0
  private var waiting: [CheckedContinuation<Void, Never>] = []
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

  /// The next job, once it may begin; nil when there is none any more.
  func next(worker: Int) async -> Job? {
    while error == nil, referencesUnderWay > 0, jobs.first?.seed != nil {
      await withCheckedContinuation { waiting.append($0) }
    }
    guard error == nil, let job = jobs.popFirst() else { return nil }
    if job.seed == nil { referencesUnderWay += 1 }
    report(.started(arm: job.arm, seed: job.seed, worker: worker))
    return job
  }

  func stepped(worker: Int, _ step: Int) { report(.stepped(worker: worker, step: step)) }

  func finished(_ job: Job, worker: Int, _ state: RunState, primary: Double?) {
    if job.seed == nil { endReference() }
    do {
      // The run may have been stored before the failure, and only measured now.
      if job.seed != nil { try store.clearFailure(job.id) }
    } catch {
      stop(error)
    }
    report(.finished(arm: job.arm, seed: job.seed, worker: worker, state: state, primary: primary))
  }

  private func endReference() {
    referencesUnderWay -= 1
    wake()
  }

  /// Lets those who wait look again.
  private func wake() {
    for continuation in waiting { continuation.resume() }
    waiting = []
  }

  /// Keeps the log of a run without a result. Real data that cannot be measured end the sweep: no run could be.
  func failed(_ job: Job, worker: Int, message: String, log: String) {
    guard let seed = job.seed else {
      stop(RunnerError.unmeasurable(message))
      return endReference()
    }
    failed += 1
    do {
      try store.recordFailure(job.id, log: Array((message + "\n" + log).utf8))
    } catch {
      stop(error)
    }
    report(
      .failed(
        arm: job.arm, seed: seed, worker: worker, message: message,
        log: "\(store.path)/failed/\(job.id)/log.txt"))
  }

  /// Ends the sweep: no worker gets another job.
  func stop(_ error: any Error) {
    if self.error == nil { self.error = error }
    wake()
  }
}
