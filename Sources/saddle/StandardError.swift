import Foundation

/// The stream for people: progress, warnings and errors. Results go to standard output.
enum StandardError {
  /// Whether the stream goes to a terminal that can move its cursor.
  static var isTerminal: Bool {
    isatty(2) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb"
  }

  /// Whether colours may be used: on such a terminal, unless NO_COLOR is set to anything.
  static var isColoured: Bool {
    isTerminal && (ProcessInfo.processInfo.environment["NO_COLOR"] ?? "").isEmpty
  }

  /// Writes a line.
  static func print(_ line: String) { write(TerminalText.plain(line) + "\n") }

  /// Writes text as it is. Nobody may be reading any more, which is no reason to stop.
  static func write(_ text: String) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Foundation.write(2, $0.baseAddress, $0.count) }
      if count < 0, errno != EINTR { return }
      bytes = bytes.dropFirst(max(count, 0))
    }
  }
}
