import Foundation

/// Tells when something is due that is done now and then, however often it is asked.
final class Cadence: @unchecked Sendable {
  // All state is touched under the lock alone.
  private let lock = NSLock()
  private let interval: Duration
  private var last: ContinuousClock.Instant?

  /// - Parameter interval: the least time from one to the next.
  init(every interval: Duration) { self.interval = interval }

  /// Whether it is due, which it then is not again until the interval has passed; true when asked for the first time.
  func isDue(now: ContinuousClock.Instant = .now) -> Bool {
    lock.withLock {
      if let last, last.duration(to: now) < interval { return false }
      last = now
      return true
    }
  }
}
