/// Free text inside a gnuplot script: always in single quotes, where gnuplot runs and replaces
/// nothing.
enum GnuplotText {
  /// A string literal that prints as `text`, on one line, with a typographic apostrophe for a plain
  /// one.
  ///
  /// Doubling would not do: gnuplot takes `''` at the start of a string for the empty string, and
  /// the rest for code.
  static func quoted(_ text: String) -> String {
    "'" + Markdown.oneLine(text).replacing("'", with: "’") + "'"
  }

  /// A string literal for a tic's label, where gnuplot takes `%` for a number's format.
  static func tic(_ text: String) -> String { quoted(text.replacing("%", with: "%%")) }

  /// The text shortened with an ellipsis so that it takes at most `pixels` at a size of `font`
  /// points.
  static func fitted(_ text: String, pixels: Double, font: Double = 12) -> String {
    let count = max(4, Int(pixels / (font * glyphWidth)))
    let text = Markdown.oneLine(text)
    return text.count <= count ? text : text.prefix(count - 1) + "…"
  }

  /// Whether the text is shown whole there.
  static func fits(_ text: String, pixels: Double, font: Double = 12) -> Bool {
    fitted(text, pixels: pixels, font: font) == Markdown.oneLine(text)
  }

  /// About how many pixels the text takes at a size of `font` points.
  static func width(_ text: String, font: Double = 12) -> Double {
    Double(text.count) * font * glyphWidth
  }

  /// The mean width of a sans-serif glyph in parts of the font's size.
  private static let glyphWidth = 0.56
}
