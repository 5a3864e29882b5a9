import Foundation

/// What is known of one worker process: since when it has its job, and when it last showed progress.
final class WorkerWatch: @unchecked Sendable {
  // All state is touched under the lock alone.
  private let lock = NSLock()
  private let limits: Sweep.Limits
  private var jobStart: ContinuousClock.Instant?
  private var isTimed = true
  private var lastSign: ContinuousClock.Instant
  private var lastLook: ContinuousClock.Instant
  private var ended = false
  private var ready = false
  private var unneeded = false
  private var overdue: String?

  init(_ limits: Sweep.Limits, now: ContinuousClock.Instant = .now) {
    self.limits = limits
    lastSign = now
    lastLook = now
  }

  /// The worker has got a job.
  ///
  /// - Parameter isTimed: whether the longest time of a run applies to it.
  func begin(isTimed: Bool = true, now: ContinuousClock.Instant = .now) {
    lock.withLock {
      self.isTimed = isTimed
      lastSign = now
      jobStart = now
    }
  }

  /// The worker has said something.
  func sign(now: ContinuousClock.Instant = .now) { lock.withLock { lastSign = now } }

  /// The worker hears signals and has read the plan.
  func makeReady() { lock.withLock { ready = true } }

  var isReady: Bool { lock.withLock { ready } }

  /// Says that the worker is killed because it is not needed any more, before it had begun as far as is known.
  func dismiss() { lock.withLock { unneeded = true } }

  /// Whether the worker was dismissed; it may have become ready meanwhile.
  var isDismissed: Bool { lock.withLock { unneeded } }

  /// The worker has no job.
  func rest() { lock.withLock { jobStart = nil } }

  /// Nobody listens to the worker any more.
  func end() { lock.withLock { ended = true } }

  var isEnded: Bool { lock.withLock { ended } }

  /// Why the worker was to be killed; nil when it was not.
  var reason: String? { lock.withLock { overdue } }

  /// Whether the worker is to be killed: it has exceeded a limit now or earlier. To be asked several times a second.
  func isOverdue(now: ContinuousClock.Instant = .now) -> Bool {
    lock.withLock {
      excuse(lastLook.duration(to: now))
      lastLook = now
      guard let jobStart, !ended else { return false }
      if isTimed, let limit = limits.timeout, jobStart.duration(to: now) / .seconds(1) > limit {
        overdue = overdue ?? "took more than the \(Self.text(limit)) of --timeout"
      } else if let limit = limits.stall, lastSign.duration(to: now) / .seconds(1) > limit {
        overdue = overdue ?? "made no progress for the \(Self.text(limit)) of --stall"
      }
      return overdue != nil
    }
  }

  /// Leaves time out of account in which nobody looked: the sweep itself was halted, and its workers most likely too.
  private func excuse(_ gap: Duration) {
    guard gap > .seconds(1) else { return }
    lastSign += gap
    jobStart? += gap
  }

  private static func text(_ seconds: Double) -> String {
    (Int(exactly: seconds).map(String.init) ?? "\(seconds)") + " s"
  }
}
