import Foundation

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
    wrapped(text.split(separator: " ").map(String.init), to: columns, first: first, indent: indent)
  }

  /// The same of a formula, which is broken behind commas where its parts are not too long for that.
  static func wrappedFormula(
    _ text: String, to columns: Int, first: String, indent: Int
  ) -> [String] {
    let parts = text.components(separatedBy: ", ")
    let words = parts.enumerated().flatMap { index, part in
      let part = index < parts.count - 1 ? part + "," : part
      return indent + width(part) <= columns ? [part] : part.split(separator: " ").map(String.init)
    }
    return wrapped(words, to: columns, first: first, indent: indent)
  }

  /// Words on lines, with a space between any two on one line.
  private static func wrapped(
    _ words: [String], to columns: Int, first: String, indent: Int
  ) -> [String] {
    let margin = String(repeating: " ", count: indent)
    var lines: [String] = []
    var (line, isEmpty) = (first, true)
    for word in words {
      if !isEmpty, width(line) + 1 + width(word) > columns {
        lines.append(line)
        (line, isEmpty) = (margin, true)
      }
      line += (isEmpty ? "" : " ") + word
      isEmpty = false
    }
    return lines + [line]
  }
}
