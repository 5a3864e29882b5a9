import Foundation

/// Lines at the bottom of a terminal that are drawn over again.
struct TerminalBlock {
  private var height = 0

  /// The number of lines that the terminal shows; 24 where it does not say.
  static var rows: Int {
    var size = winsize()
    return ioctl(2, UInt(TIOCGWINSZ), &size) == 0 && size.ws_row > 0 ? Int(size.ws_row) : 24
  }

  /// Puts lines in the place of the last ones. Long lines are cut by the terminal, which knows how wide characters are.
  mutating func draw(_ lines: [String]) {
    let text = lines.map(TerminalText.plain).joined(separator: "\n")
    StandardError.write(Self.noWrap + erasure + text + Self.wrap)
    height = lines.count
  }

  /// Takes the lines off the screen.
  mutating func erase() {
    if height > 0 { StandardError.write(erasure) }
    height = 0
  }

  /// From the end of the last line back to the start of the first, and everything from there on gone.
  private var erasure: String {
    (height > 1 ? "\u{1B}[\(height - 1)A" : "") + (height > 0 ? "\r\u{1B}[J" : "")
  }

  private static let noWrap = "\u{1B}[?7l"
  private static let wrap = "\u{1B}[?7h"
}

/// Text that comes from files, made safe for a terminal.
enum TerminalText {
  /// The text with a replacement character for each control character but line feeds, so that no label can move the
  /// cursor or change colours.
  static func plain(_ text: String) -> String {
    let scalars = text.unicodeScalars.map { scalar -> Unicode.Scalar in
      scalar.properties.generalCategory == .control && scalar != "\n" ? "\u{FFFD}" : scalar
    }
    return String(String.UnicodeScalarView(scalars))
  }
}
