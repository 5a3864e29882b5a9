import Catalog
import Foundation

/// The stream for results, which a script may read.
enum StandardOutput {
  /// The columns of the terminal that the stream goes to; nil where it goes elsewhere.
  static var columns: Int? {
    var size = winsize()
    guard isatty(1) == 1, ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
      return nil
    }
    return Int(size.ws_col)
  }

  /// Writes lines for people.
  static func print(_ text: String) { write(TerminalText.plain(text) + "\n") }

  /// Writes the text of a file.
  static func write(_ text: String) {
    Swift.print(text, terminator: "")
    fflush(nil)
  }

  /// Writes a value as one line of JSON with sorted keys. Control characters that JSON allows in strings, from 0x7F on,
  /// are escaped, so that a terminal can show the line.
  static func print(_ value: Value) {
    var line = String.UnicodeScalarView()
    for scalar in value.canonicalJSON.unicodeScalars {
      if (0x7F...0x9F).contains(scalar.value) {
        line.append(contentsOf: "\\u00\(String(scalar.value, radix: 16))".unicodeScalars)
      } else {
        line.append(scalar)
      }
    }
    Swift.print(String(line))
    fflush(nil)
  }
}
