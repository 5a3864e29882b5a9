/// What the signs in a table's formulas mean.
public struct Notation: Hashable, Sendable {
  /// A sign, or several that are explained together.
  public struct Symbol: Hashable, Sendable {
    /// The signs as a legend shows them.
    public let text: String
    /// What they mean, without a final full stop.
    public let meaning: String
    /// How they can be recognized in a formula, for example `sp(`.
    let marks: [String]

    /// Explains signs.
    ///
    /// - Parameter marks: how they can be recognized in a formula; by default each part of `text` between commas.
    public init(_ text: String, _ meaning: String, marks: [String]? = nil) {
      self.text = text
      self.meaning = meaning
      self.marks = marks ?? text.split(separator: ", ").map(String.init)
    }

    /// Whether one of the signs stands in a formula, not as a part of a word.
    func occurs(in formula: String) -> Bool {
      marks.contains { mark in
        formula.ranges(of: mark).contains { range in
          let before = formula[..<range.lowerBound].last
          let after = formula[range.upperBound...].first
          let isStart = mark.first?.isLetter != true || before?.isLetter != true
          let isEnd = mark.last?.isLetter != true || after?.isLetter != true
          return isStart && isEnd
        }
      }
    }
  }

  /// What holds for all formulas, one sentence without a final full stop; empty for nothing.
  public let note: String
  /// The signs in the order in which a legend shows them.
  public let symbols: [Symbol]

  /// Collects explanations.
  public init(note: String = "", symbols: [Symbol] = []) {
    self.note = note
    self.symbols = symbols
  }

  /// The explanations of some tables, each once.
  public static func all(of tables: [EntryTable]) -> [Notation] {
    tables.map(\.notation).reduce(into: []) { all, notation in
      if !all.contains(notation) { all.append(notation) }
    }
  }

  /// The explanations that the formulas of some tables need.
  public static func needed(by tables: [EntryTable]) -> [Notation] {
    all(of: tables).map { notation in
      let formulas = tables.filter { $0.notation == notation }.flatMap(\.entries).map(\.formula)
      return Notation(
        note: notation.note,
        symbols: notation.symbols.filter { symbol in formulas.contains(where: symbol.occurs) })
    }
  }
}
