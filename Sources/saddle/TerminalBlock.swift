import Foundation

/// Lines at the bottom of a terminal that are drawn over again.
struct TerminalBlock {
  /// The columns that each line on the screen takes.
  private var widths: [Int] = []

  /// The lines and columns that a terminal shows.
  struct Size {
    var rows = 24
    var columns = 80
  }

  /// The terminal's size; 24 by 80 where it does not say.
  static var size: Size {
    var size = winsize()
    guard ioctl(2, UInt(TIOCGWINSZ), &size) == 0, size.ws_row > 0, size.ws_col > 0 else {
      return Size()
    }
    return Size(rows: Int(size.ws_row), columns: Int(size.ws_col))
  }

  /// Puts lines in the place of the last ones, each cut to the terminal's width. Where a terminal takes a character to be
  /// wider than we do, it must not wrap meanwhile.
  mutating func draw(_ lines: [TerminalLine]) {
    let columns = max(1, Self.size.columns - 1)
    let text = lines.map {
      $0.rendered(columns: columns, isColoured: StandardError.isColoured) + Self.eraseRest
    }.joined(separator: "\r\n")
    // Written over rather than erased first, which would flicker, and push what is erased into some terminals' history.
    StandardError.write(
      Self.noWrap + Self.up(height - 1) + "\r" + text + Self.eraseBelow + Self.wrap)
    widths = lines.map { min($0.width, columns) }
  }

  /// Takes the lines off the screen.
  mutating func erase() {
    guard !widths.isEmpty else { return }
    let erasure = repeatElement(Self.eraseLine, count: height).joined(separator: Self.up(1))
    StandardError.write(erasure + "\r")
    widths = []
  }

  /// The lines that the block takes on the screen: a terminal that has become narrower has broken some.
  private var height: Int {
    let columns = Self.size.columns
    return widths.reduce(0) { $0 + max(1, ($1 + columns - 1) / columns) }
  }

  private static func up(_ lines: Int) -> String { lines > 0 ? "\u{1B}[\(lines)A" : "" }

  private static let eraseRest = "\u{1B}[K"
  private static let eraseLine = "\u{1B}[2K"
  private static let eraseBelow = "\u{1B}[J"
  private static let noWrap = "\u{1B}[?7l"
  private static let wrap = "\u{1B}[?7h"
}
