/// A line of an entry's mathematics.
public struct FormulaLine: Hashable, Sendable {
  /// Whose it is, `critic` or `generator`, where the line begins with that; else empty.
  public let player: String
  /// The line without that.
  public let text: String

  init(_ line: Substring) {
    let player = ["critic", "generator"].first { line.hasPrefix($0 + " ") } ?? ""
    self.player = player
    text = String(line.dropFirst(player.isEmpty ? 0 : player.count + 1))
  }
}

extension EntryDescription {
  /// The formula, a line for each part that `; ` or `. ` ends outside of brackets.
  public var formulaLines: [FormulaLine] {
    var lines: [FormulaLine] = []
    var rest = formula[...]
    var depth = 0
    var index = rest.startIndex
    while index < rest.endIndex {
      if depth == 0, ["; ", ". "].contains(rest[index...].prefix(2)) {
        lines.append(FormulaLine(rest[..<index]))
        rest = rest[index...].dropFirst(2)
        index = rest.startIndex
        continue
      }
      if "([{⟨".contains(rest[index]) { depth += 1 }
      if ")]}⟩".contains(rest[index]) { depth = max(0, depth - 1) }
      index = rest.index(after: index)
    }
    return rest.isEmpty ? lines : lines + [FormulaLine(rest)]
  }

  /// The source with each arXiv id in it as a paper; empty where there is none.
  public var citation: Phrase {
    var pieces: [Phrase.Piece] = []
    var rest = source[...]
    while let match = rest.firstMatch(of: /\b[0-9]{4}\.[0-9]{4,5}\b/) {
      if match.range.lowerBound > rest.startIndex {
        pieces.append(.text(String(rest[..<match.range.lowerBound])))
      }
      pieces.append(.paper(String(match.output)))
      rest = rest[match.range.upperBound...]
    }
    return Phrase(rest.isEmpty ? pieces : pieces + [.text(String(rest))])
  }
}
