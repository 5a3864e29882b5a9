import Foundation

/// The stream for people: progress, warnings and errors. Results go to standard output.
enum StandardError {
  /// Whether a terminal shows the stream.
  static var isTerminal: Bool { isatty(2) == 1 }

  /// Writes a line.
  static func print(_ line: String) { write(line + "\n") }

  /// Writes text as it is.
  static func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}
