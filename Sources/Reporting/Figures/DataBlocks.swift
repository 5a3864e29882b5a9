/// The data file of a figure: blocks of rows that a script reads by index.
struct DataBlocks {
  private var blocks: [String] = []

  /// Adds a block and returns its index. A nil row is a blank line, which ends a curve.
  ///
  /// - Parameters:
  ///   - comment: what the block holds, and what its columns are.
  ///   - rows: cells as they stand in the file; none may hold a space.
  mutating func add(_ comment: String, _ rows: [[String]?]) -> Int {
    let lines = rows.map { $0?.joined(separator: " ") ?? "" }
    // gnuplot skips a block without rows when it counts, so an empty one holds a row without
    // numbers.
    let body = lines.isEmpty ? ["NaN NaN NaN NaN"] : lines
    blocks.append((["# " + Markdown.oneLine(comment)] + body).joined(separator: "\n"))
    return blocks.count - 1
  }

  /// The file's text.
  var text: String { blocks.joined(separator: "\n\n\n") + "\n" }
}
