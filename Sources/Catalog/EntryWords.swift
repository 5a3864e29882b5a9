/// What is said of an entry, wherever it is said: in lists, in the report's appendix and in the documentation.
public struct EntryWords: Sendable {
  /// The word that selects the entry.
  public let name: String
  /// One sentence with a capital first letter, without a final full stop.
  public let summary: String
  /// The mathematics; empty where there is none, or where it is that of the entry of which this one is a preset.
  public let formula: [FormulaLine]
  /// Where it comes from; nil where nothing is cited, and where both formula and source are that entry's.
  public let citation: Phrase?
  /// What else there is to know, each a clause: what a preset sets, what a bare value means.
  public let remarks: [Phrase]
  /// The settings; of a preset those alone which the other entry has not.
  public let parameters: [Parameter]
}

extension EntryTable {
  /// What is said of one of the table's entries.
  ///
  /// - Parameter isAlone: whether nothing is said of the entry that it may be a preset of, so that all is repeated.
  public func words(of entry: EntryDescription, isAlone: Bool = false) -> EntryWords {
    let base = entry.presetOf.flatMap { self[$0] }
    let shown = isAlone ? nil : base
    let isKnown = entry.formula == shown?.formula
    let hasSource = !entry.source.isEmpty && !(isKnown && entry.source == shown?.source)
    return EntryWords(
      name: entry.name, summary: entry.summary.prefix(1).uppercased() + entry.summary.dropFirst(),
      formula: isKnown ? [] : entry.formulaLines, citation: hasSource ? entry.citation : nil,
      remarks: [base.map { Self.preset(entry, of: $0) }, shorthand(entry)].compactMap { $0 },
      parameters: entry.parameters.filter { $0.says(moreThan: shown?.parameter($0.name)) })
  }

  private static func preset(_ entry: EntryDescription, of base: EntryDescription) -> Phrase {
    let changed = entry.parameters.compactMap { parameter -> Phrase? in
      guard let value = parameter.defaultValue,
        value != base.parameter(parameter.name)?.defaultValue
      else { return nil }
      return .code("\(parameter.name): \(value.written)")
    }
    let start = Phrase("a preset of ") + .code(base.name) + Phrase(" with ")
    return start
      + (changed.isEmpty ? Phrase("its defaults") : Phrase.joined(changed, separator: ", "))
  }

  private func shorthand(_ entry: EntryDescription) -> Phrase? {
    guard let shorthand = entry.shorthand else { return nil }
    if isKeyed {
      return .code("\(entry.name): …") + Phrase(" is short for ")
        + .code("\(entry.name): {\(shorthand): …}")
    }
    guard fallback == entry.name else { return nil }
    return Phrase("a bare value is short for ") + .code("{\(shorthand): …}")
  }
}

extension Parameter {
  /// Whether there is more to say than is said of another setting, but for the default.
  fileprivate func says(moreThan other: Parameter?) -> Bool {
    guard let other else { return true }
    return summary != other.summary || type.words != other.type.words
  }
}
