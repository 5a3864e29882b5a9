extension EntryTable {
  /// What several entries are called: `losses`, `penalties`, `data sets`.
  public var plural: String {
    if ["ss", "x", "ch", "sh"].contains(where: title.hasSuffix) { return title + "es" }
    if title.hasSuffix("s") { return title }
    if title.hasSuffix("y"), let before = title.dropLast().last, !"aeiou".contains(before) {
      return title.dropLast() + "ies"
    }
    return title + "s"
  }

  /// The plural with a capital first letter.
  public var heading: String { plural.prefix(1).uppercased() + plural.dropFirst() }

  /// The table with some of its entries.
  public func filtered(_ isWanted: (EntryDescription) -> Bool) -> EntryTable {
    EntryTable(
      title: title, selector: selector, fallback: fallback, isKeyed: isKeyed, notation: notation,
      entries: entries.filter(isWanted))
  }
}
