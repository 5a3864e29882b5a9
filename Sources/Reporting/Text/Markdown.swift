/// Text from an experiment made safe for Markdown, and the few building blocks of a page.
enum Markdown {
  /// Text that renders as it stands, on one line, wherever running text or a table's cell may
  /// stand.
  static func escape(_ text: String) -> String {
    var result = ""
    for scalar in oneLine(text).unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\\", "`", "*", "_", "[", "]", "|", "~", "#", "$": result += "\\\(scalar)"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// Text as code, in a fence of backquotes longer than any inside it.
  ///
  /// - Parameter isCell: whether it can stand in a table's cell, where a backslash before `|` does not show.
  static func code(_ text: String, isCell: Bool = true) -> String {
    let text = oneLine(text)
    guard !text.isEmpty else { return "" }
    var longest = 0
    var current = 0
    for character in text {
      current = character == "`" ? current + 1 : 0
      longest = max(longest, current)
    }
    let fence = String(repeating: "`", count: longest + 1)
    let padding = text.hasPrefix("`") || text.hasSuffix("`") ? " " : ""
    let content = isCell ? text.replacing("|", with: "\\|") : text
    return fence + padding + content + padding + fence
  }

  /// A picture that is `width` pixels wide where there is room for it.
  static func image(_ path: String, alternative: String, width: Int) -> String {
    "<img src=\"\(attribute(path))\" width=\"\(width)\" alt=\"\(attribute(alternative))\">"
  }

  /// A part of the page that is folded until the reader opens it.
  static func details(_ summary: String, _ body: String) -> String {
    "<details>\n<summary>\(summary)</summary>\n\n\(body)\n\n</details>"
  }

  /// Text inside a double-quoted attribute or an element of HTML.
  static func attribute(_ text: String) -> String {
    var result = ""
    for scalar in oneLine(text).unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "|": result += "&#124;"
      case "`": result += "&#96;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// The text with every line break and control character as a space.
  static func oneLine(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator: result.append(" ")
      default: result.append(scalar)
      }
    }
    return String(result)
  }
}

/// A table in Markdown; cells are Markdown already.
struct MarkdownTable {
  /// On which side a column's cells are flush.
  enum Alignment: String {
    /// Text.
    case left = ":--"
    /// Numbers.
    case right = "--:"
  }

  private var lines: [String]
  private let width: Int

  /// The table's rows so far, without its head.
  var rowCount: Int { lines.count - 2 }

  /// A table with a head and no rows.
  init(_ columns: [(title: String, alignment: Alignment)]) {
    width = columns.count
    lines = [
      Self.line(columns.map(\.title)),
      Self.line(columns.map(\.alignment.rawValue)),
    ]
  }

  /// Adds a row with as many cells as there are columns.
  mutating func append(_ cells: [String]) {
    precondition(cells.count == width, "\(cells.count) cells in a table of \(width) columns")
    lines.append(Self.line(cells))
  }

  /// The table's text.
  var text: String { lines.joined(separator: "\n") }

  private static func line(_ cells: [String]) -> String {
    "| " + cells.joined(separator: " | ") + " |"
  }
}
