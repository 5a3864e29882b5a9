import Foundation

/// What a sweep does when the system interrupts it.
enum Signals {
  /// Ctrl-C and SIGTERM end the command with status 128 + number; whatever was finished is in the store.
  static func handle() {
    for number in [SIGINT, SIGTERM] {
      signal(number) { number in
        let text: StaticString = "\nstopped; finished runs are kept, the same command goes on\n"
        _ = Foundation.write(2, text.utf8Start, text.utf8CodeUnitCount)
        _exit(128 + number)
      }
    }
  }
}
