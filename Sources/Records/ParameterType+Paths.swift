import Catalog

extension ParameterType {
  /// The table of an entry or of entries, or nil for other types.
  var table: EntryTable? {
    switch self {
    case .entry(let table), .entries(let table): table
    default: nil
    }
  }

  /// The type of the key `name` inside a value of this type; for an entry of a table, the type that
  /// the entry called `entryName` gives it, or else the first entry that has such a parameter.
  func member(_ name: String, ofEntry entryName: String? = nil) -> ParameterType? {
    switch self {
    case .group(let parameters): return parameters.first { $0.name == name }?.type
    case .entry(let table), .entries(let table):
      if let parameter = entryName.flatMap({ table[$0] })?.parameter(name) { return parameter.type }
      return table.entries.lazy.compactMap { $0.parameter(name)?.type }.first
    default: return nil
    }
  }

  /// The type at a dotted path, or nil when no such key exists.
  func type(at path: String) -> ParameterType? {
    path.split(separator: ".", omittingEmptySubsequences: false)
      .reduce(Optional(self)) { type, name in type?.member(String(name)) }
  }

  /// The dotted paths of all settings inside groups, groups themselves included, for suggestions.
  var groupPaths: [String] {
    guard case .group(let parameters) = self else { return [] }
    return parameters.flatMap { parameter in
      [parameter.name] + parameter.type.groupPaths.map { "\(parameter.name).\($0)" }
    }
  }

  /// `; did you mean 'train.steps'?` for a path that does not exist.
  func hint(forPath path: String) -> String {
    let paths = groupPaths
    if let nearest = Spelling.nearest(to: path, among: paths) {
      return "; did you mean '\(nearest)'?"
    }
    let name = path.split(separator: ".").last.map(String.init) ?? path
    let deeper = paths.filter { $0.hasSuffix(".\(name)") }
    if let first = deeper.first ?? entryPaths.first(where: { $0.hasSuffix(".\(name)") }) {
      return "; did you mean '\(first)'?"
    }
    return Spelling.hint(for: path, among: topLevelNames)
  }

  /// The dotted paths of the settings of entries that groups name, for suggestions.
  private var entryPaths: [String] {
    guard case .group(let parameters) = self else { return [] }
    return parameters.flatMap { parameter in
      let inner =
        parameter.type.table?.entries.flatMap { $0.parameters.map(\.name) }
        ?? parameter.type.entryPaths
      return inner.map { "\(parameter.name).\($0)" }
    }
  }

  private var topLevelNames: [String] {
    if case .group(let parameters) = self { parameters.map(\.name) } else { [] }
  }
}

extension ParameterType {
  /// A value that is short for an entry, a bare name, a map of nothing but the name of an entry of a keyed table, or the
  /// one setting that the fallback entry lets stand alone, as the map that it is short for; nil for anything else.
  func expanded(_ node: LocatedNode) -> LocatedNode? {
    if let table, let whole = table.spelledOut(node) { return whole }
    guard let table, node.members == nil, !node.isNull else { return nil }
    if let text = node.scalarText, table[text] != nil {
      return LocatedNode(node.place, .map([.init(table.selector, node.place, node)]))
    }
    guard isBare(node), let fallback = table.fallback, let parameter = table.bareParameter
    else { return nil }
    let selector = LocatedNode(node.place, .scalar(fallback, isPlain: true))
    return LocatedNode(
      node.place,
      .map([
        .init(parameter.name, node.place, node), .init(table.selector, node.place, selector),
      ]))
  }

  /// Whether a node is the one setting that the fallback entry lets stand alone, possibly one out of range.
  func isBare(_ node: LocatedNode) -> Bool {
    guard let table, let parameter = table.bareParameter, node.members == nil, !node.isNull
    else { return false }
    if let text = node.scalarText, table[text] != nil { return false }
    return takes(node, as: parameter.type)
  }

  /// The type of the values that need no name: that of the one setting which the fallback entry lets stand alone, else this.
  var bareType: ParameterType { table?.bareParameter?.type ?? self }

  /// Whether a node is meant as a setting of type `setting`, possibly one out of range.
  private func takes(_ node: LocatedNode, as setting: ParameterType) -> Bool {
    switch (self, setting) {
    case (.entries, _) where node.scalarText == "none": false
    case (_, .integer), (_, .real): node.coreReal != nil
    case (_, .boolean): node.coreBoolean != nil
    case (_, .text): node.scalarText != nil
    case (_, .choice(let words)): node.scalarText.map(words.contains) ?? false
    case (.entry, .list): node.items != nil
    case (_, .list), (_, .group), (_, .entry), (_, .entries): false
    }
  }
}

extension EntryTable {
  /// The key of a map that may be the name of an entry and nothing else, where entries of the table can be so written.
  func onlyKey(_ node: LocatedNode) -> LocatedNode.Member? {
    guard isKeyed, let member = node.members?.first, node.members?.count == 1,
      member.key != selector
    else { return nil }
    return member
  }

  /// `{linear: 128}` or `{conv: {channels: 64}}` with the name as a setting; nil for anything else.
  fileprivate func spelledOut(_ node: LocatedNode) -> LocatedNode? {
    guard let member = onlyKey(node), let entry = self[member.key] else { return nil }
    let name = LocatedNode(member.place, .scalar(member.key, isPlain: true))
    let selector = LocatedNode.Member(self.selector, member.place, name)
    if let own = member.value.members {
      guard !own.contains(where: { $0.key == self.selector }) else { return nil }
      return LocatedNode(node.place, .map([selector] + own))
    }
    guard let shorthand = entry.shorthand, !member.value.isNull else { return nil }
    return LocatedNode(
      node.place, .map([selector, .init(shorthand, member.place, member.value)]))
  }
}
