extension TerminalText {
  /// The columns of lines for people: the terminal's, as far as they are good to read, and 80 where there is none.
  static func columns(of terminal: Int?) -> Int { min(max(terminal ?? 80, 40), 120) }

  /// The text on lines that take at most some columns, broken at spaces; a word that is longer stands alone and is longer.
  ///
  /// - Parameters:
  ///   - first: what the first line begins with.
  ///   - indent: the spaces that the others begin with.
  static func wrapped(
    _ text: String, to columns: Int, first: String = "", indent: Int = 0
  ) -> [String] {
    let margin = String(repeating: " ", count: indent)
    var lines: [String] = []
    var (line, isEmpty) = (first, true)
    for word in text.split(separator: " ") {
      if !isEmpty, width(line) + 1 + width(String(word)) > columns {
        lines.append(line)
        (line, isEmpty) = (margin, true)
      }
      line += (isEmpty ? "" : " ") + word
      isEmpty = false
    }
    return lines + [line]
  }
}
