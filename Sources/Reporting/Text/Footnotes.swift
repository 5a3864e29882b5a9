/// Remarks on a table's cells, numbered in the order in which they are first cited and printed
/// under it.
struct Footnotes {
  private var sentences: [String] = []

  /// The mark of a remark, the same for the same sentence; the sentence is Markdown.
  mutating func mark(_ sentence: String) -> String {
    let index =
      sentences.firstIndex(of: sentence)
      ?? {
        sentences.append(sentence)
        return sentences.count - 1
      }()
    return "<sup>\(index + 1)</sup>"
  }

  /// The remarks as a paragraph; empty when nothing was cited.
  var text: String {
    sentences.enumerated().map { "<sup>\($0.offset + 1)</sup> \($0.element)" }
      .joined(separator: "<br>\n")
  }
}
