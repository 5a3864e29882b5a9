import Records

/// The work that is left, handed out in order; it keeps count and tells what happens.
actor JobQueue {
  private var jobs: ArraySlice<Job>
  private let store: Store
  private let stop: StopRequest
  private let stopsAtFailure: Bool
  private let report: @Sendable (SweepEvent) -> Void
  /// References that are being made; runs wait for them, since where one fails no run could be measured.
  private var referencesUnderWay = 0
  private var waiting: [CheckedContinuation<Void, Never>] = []
  /// The workers that were told what they wait for.
  private var prepared: Set<Int> = []
  private(set) var failed: Int
  private(set) var error: (any Error)?

  /// - Parameters:
  ///   - failed: runs that failed earlier and are not tried again.
  ///   - stop: ends the work early.
  ///   - stopsAtFailure: whether the first failure makes that request.
  init(
    _ jobs: [Job], store: Store, failed: Int, stop: StopRequest, stopsAtFailure: Bool,
    report: @escaping @Sendable (SweepEvent) -> Void
  ) {
    self.jobs = jobs[...]
    self.store = store
    self.failed = failed
    self.stop = stop
    self.stopsAtFailure = stopsAtFailure
    self.report = report
  }

  /// The next job, once it may begin; nil when there is none any more, or none shall begin. A worker that would have to
  /// wait for references gets the preparation of the next run first.
  func next(worker: Int) async -> Job? {
    while !isOver, referencesUnderWay > 0, let run = jobs.first, !run.isReference {
      if prepared.insert(worker).inserted { return Job(arm: run.arm, .preparation) }
      await withCheckedContinuation { waiting.append($0) }
    }
    guard !isOver, let job = jobs.popFirst() else { return nil }
    if job.isReference { referencesUnderWay += 1 }
    report(.started(arm: job.arm, seed: job.seed, worker: worker))
    return job
  }

  /// Whether every job was done.
  var isEmpty: Bool { jobs.isEmpty }

  private var isOver: Bool { error != nil || stop.isMade }

  func resumed(worker: Int, _ step: Int) { report(.resumed(worker: worker, step: step)) }

  func stepped(worker: Int, _ step: Int) { report(.stepped(worker: worker, step: step)) }

  func finished(_ job: Job, worker: Int, _ state: RunState, primary: Double?) {
    if job.work == .preparation { return }
    if job.isReference { endReference() }
    do {
      // The run may have been stored before the failure, and only measured now.
      if let id = job.id { try store.clearFailure(id) }
    } catch {
      end(error)
    }
    report(
      .finished(arm: job.arm, seed: job.seed, worker: worker, state: state, primary: primary))
  }

  /// Tells how a stored run compares with what training it again gave.
  func verified(_ job: Job, worker: Int, differing: [String]) {
    guard let seed = job.seed else { return }
    report(.verified(arm: job.arm, seed: seed, worker: worker, differing: differing))
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
    // What it would have computed is computed when it is needed.
    if job.work == .preparation { return }
    guard let seed = job.seed, let id = job.id else {
      end(RunnerError.unmeasurable(message))
      return endReference()
    }
    failed += 1
    do {
      // A run that cannot be trained again has still been stored.
      if !job.isVerification {
        try store.recordFailure(id, log: Array((message + "\n" + log).utf8))
      }
    } catch {
      end(error)
    }
    report(
      .failed(
        arm: job.arm, seed: seed, worker: worker, message: message,
        log: job.isVerification ? nil : "\(store.path)/failed/\(id)/log.txt"))
    if stopsAtFailure { stop.make() }
  }

  /// Notes that a worker was interrupted and keeps its run for the next sweep; a run whose worker alone was asked to
  /// stop is the next one.
  func stopped(_ job: Job, worker: Int, step: Int) {
    if job.work == .preparation { return }
    if job.isReference { endReference() }
    jobs = [job] + jobs
    report(.stopped(arm: job.arm, seed: job.seed, worker: worker, step: step))
  }

  /// Ends the work: no worker gets another job, and those that have one stop.
  func end(_ error: any Error) {
    if self.error == nil { self.error = error }
    stop.make()
    wake()
  }
}
