extension Parameter {
  /// What stands for the setting where a file does not give it.
  public var defaultWords: Phrase {
    defaultValue.map { .code($0.written) } ?? Phrase("required")
  }
}

extension ParameterType {
  /// What values the setting takes: `at least 0, or a schedule`.
  public var words: Phrase {
    switch self {
    case .boolean: return Self.alternatives(["true", "false"])
    case .integer(let range):
      return Phrase("a whole number from \(range.lowerBound) to \(range.upperBound)")
    case .real(let interval): return Phrase(interval.words)
    case .choice(let words): return Self.alternatives(words)
    case .text: return Phrase("text")
    case .list(let element, let count):
      let length =
        count.count == 1 ? "\(count.lowerBound)" : "\(count.lowerBound) to \(count.upperBound)"
      return Phrase("a list of \(length), each ") + element.words
    case .group(let parameters):
      return Phrase("a map of ") + Phrase.list(parameters.map { .code($0.name) }, last: " and ")
    case .entry(let table):
      guard let bare = table.bareParameter else { return table.oneOfIt }
      return bare.type.words + Phrase(", or ") + table.oneOfIt
    case .entries(let table):
      return .code("none") + Phrase(", ") + table.oneOfIt + Phrase(" or a list of them")
    }
  }

  private static func alternatives(_ words: [String]) -> Phrase {
    Phrase.list(words.map(Phrase.code), last: " or ")
  }
}

extension Interval {
  /// `from 0 to 1` where both ends belong to it; else as it describes itself.
  fileprivate var words: String {
    guard includesLower, includesUpper, lower.isFinite, upper.isFinite else { return description }
    return "from \(Value.real(lower).written) to \(Value.real(upper).written)"
  }
}

extension EntryTable {
  /// `a schedule`.
  fileprivate var oneOfIt: Phrase {
    let isVowel = title.first.map { "aeiou".contains($0) } ?? false
    return Phrase([.text(isVowel ? "an " : "a "), .table(title)])
  }
}
