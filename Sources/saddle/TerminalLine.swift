/// A line for a terminal: pieces of text, some of them coloured.
struct TerminalLine {
  /// Colours that mean something.
  enum Colour: String {
    case red = "31"
    case yellow = "33"
    case green = "32"
    /// Less light, for what matters less.
    case faint = "2"
  }

  /// A piece of a line.
  struct Piece {
    let text: String
    let colour: Colour?

    init(_ text: String, _ colour: Colour? = nil) {
      self.text = TerminalText.plain(text).replacing("\n", with: "\u{FFFD}")
      self.colour = colour
    }
  }

  let pieces: [Piece]

  init(_ pieces: [Piece]) { self.pieces = pieces }

  init(_ text: String) { pieces = [Piece(text)] }

  /// Pieces with ` · ` in between.
  static func joined(_ parts: [Piece]) -> TerminalLine {
    TerminalLine(parts.enumerated().flatMap { $0 == 0 ? [$1] : [Piece(" · "), $1] })
  }

  /// The columns that the line takes.
  var width: Int { pieces.reduce(0) { $0 + TerminalText.width($1.text) } }

  /// The line as it is written, cut to a number of columns.
  func rendered(columns: Int, isColoured: Bool) -> String {
    var left = columns
    return pieces.map { piece in
      let text = TerminalText.cut(piece.text, to: left)
      left -= TerminalText.width(text)
      guard isColoured, let colour = piece.colour, !text.isEmpty else { return text }
      return "\u{1B}[\(colour.rawValue)m\(text)\u{1B}[0m"
    }.joined()
  }
}
