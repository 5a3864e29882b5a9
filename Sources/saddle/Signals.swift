import Foundation
import Runner

/// What a command that trains does when the system interrupts it.
///
/// The first SIGINT or SIGTERM lets every worker finish its step and keep a checkpoint; a second one leaves at once.
/// Either way finished runs are in the store.
final class Signals: @unchecked Sendable {
  /// The wish that the first signal makes.
  let stop = StopRequest()

  // All state is touched under the lock alone.
  private let lock = NSLock()
  private var received: Int32?
  private var isWorking = false
  private var sources: [any DispatchSourceSignal] = []

  private let whenStopping: @Sendable (String) -> Void

  /// Starts to listen.
  ///
  /// - Parameter whenStopping: shows what the first signal does.
  init(whenStopping: @escaping @Sendable (String) -> Void) {
    self.whenStopping = whenStopping
    // That nobody reads any more is no reason to stop.
    signal(SIGPIPE, SIG_IGN)
    sources = [SIGINT, SIGTERM].map { number in
      Self.source(number) { [unowned self] in receive(number) }
    }
  }

  /// Calls `handler` in a thread of its own at each signal of this number, instead of what the system would do.
  static func source(
    _ number: Int32, _ handler: @escaping @Sendable () -> Void
  ) -> any DispatchSourceSignal {
    signal(number, SIG_IGN)
    let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
    source.setEventHandler(handler: handler)
    source.resume()
    return source
  }

  /// The exit status that the signal asks for: 75, to be queued again, for SIGTERM; 130 for SIGINT; nil without one.
  var status: ExitStatus? { lock.withLock { received }.map(Self.status) }

  private static func status(_ number: Int32) -> ExitStatus {
    number == SIGTERM ? .requeue : .interrupted
  }

  /// What is said at last.
  static let closing = "stopped; finished runs are kept, the same command goes on"

  /// Whether there is work that has to be brought to a halt before the command can leave.
  func setWorking(_ value: Bool) { lock.withLock { isWorking = value } }

  private func receive(_ number: Int32) {
    lock.withLock {
      guard received == nil, isWorking else {
        StandardError.write("\n\(Self.closing)\n")
        _exit(Self.status(received ?? number).rawValue)
      }
      received = number
      stop.make()
    }
    whenStopping("stopping after this step; the same signal again leaves at once")
  }
}
