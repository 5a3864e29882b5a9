import Foundation

/// A wish that work end soon, at a moment from which it can go on; made in one thread, seen in others.
public final class StopRequest: @unchecked Sendable {
  // The flag is touched under the lock alone.
  private let lock = NSLock()
  private var isSet = false

  /// No wish yet.
  public init() {}

  /// Whether the wish was made.
  public var isMade: Bool { lock.withLock { isSet } }

  /// Makes the wish; it cannot be taken back.
  public func make() { lock.withLock { isSet = true } }
}

/// That a run was interrupted on request.
public struct RunInterrupted: Error {
  /// The generator steps taken so far, from which the run can go on.
  public let step: Int
}
