import Foundation

/// Lines at the bottom of a terminal that are drawn over again.
struct TerminalBlock {
  private var height = 0

  /// The lines and columns that the terminal shows; 24 by 80 where it does not say.
  static var size: (rows: Int, columns: Int) {
    var size = winsize()
    guard ioctl(2, UInt(TIOCGWINSZ), &size) == 0, size.ws_row > 0, size.ws_col > 0 else {
      return (24, 80)
    }
    return (Int(size.ws_row), Int(size.ws_col))
  }

  /// Puts lines in the place of the last ones, each cut to the terminal's width. Wide characters may still be too many,
  /// so that the terminal must not wrap meanwhile.
  mutating func draw(_ lines: [String]) {
    let width = Self.size.columns - 1
    let text = lines.map { TerminalText.plain($0).prefix(width) }.joined(separator: "\n")
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
