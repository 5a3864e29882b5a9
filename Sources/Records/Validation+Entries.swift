import Catalog

extension Validation {
  func entries(_ node: LocatedNode, _ table: EntryTable, path: String) -> Value? {
    if node.isNull || node.scalarText == "none" { return .list([]) }
    guard let items = node.items else {
      return entry(node, table, path: path).map { .list([$0]) }
    }
    let values = items.map { entry($0, table, path: path) }
    let present = values.compactMap { $0 }
    return present.count == values.count ? .list(present) : nil
  }

  func entry(_ node: LocatedNode, _ table: EntryTable, path: String) -> Value? {
    let type = ParameterType.entry(table)
    if let member = table.onlyKey(node) {
      guard let whole = type.expanded(node) else { return noEntry(member, table) }
      return map(whole, table, path: path)
    }
    if node.members != nil { return map(node, table, path: path) }
    if type.isBare(node), let parameter = table.bareParameter {
      return value(node, parameter.type, path: path).map { type.complete($0) }
    }
    if let whole = type.expanded(node) { return map(whole, table, path: path) }
    let bare = table.bareParameter.map { Self.words($0.type) + " or " } ?? ""
    if node.isNull {
      return fail(
        node,
        "'\(path)' has no value; \(bare.isEmpty ? "name a" : "it must be \(bare)a") \(table.title)")
    }
    guard let text = node.scalarText else {
      return fail(node, "'\(path)' must be \(bare)one \(table.title), not \(node.shown)")
    }
    if bare.isEmpty || Spelling.nearest(to: text, among: table.entries.map(\.name)) != nil {
      return unknown(node, text, table)
    }
    return fail(node, "'\(path)' must be \(bare)a \(table.title), not \(node.shown)")
  }

  /// Reports a map whose only key is not an entry with its settings.
  private func noEntry(_ member: LocatedNode.Member, _ table: EntryTable) -> Value? {
    guard table[member.key] != nil else {
      return unknown(LocatedNode(member.place, member.value.content), member.key, table)
    }
    return fail(
      member.value,
      "\(table.title) '\(member.key)' needs a map of its settings here, not "
        + "\(member.value.shown); alone it is written without a colon")
  }

  private func map(_ node: LocatedNode, _ table: EntryTable, path: String) -> Value? {
    guard let selector = node.member(table.selector)?.value else {
      if let entry = table.fallback.flatMap({ table[$0] }) {
        return complete(node, entry, table, path: path)
      }
      let names = table.entries.map(\.name)
      return fail(
        node,
        "'\(path)' does not say which \(table.title): give '\(table.selector)'"
          + (names.count <= Spelling.mostListed
            ? "; there are: " + names.joined(separator: ", ") : ""))
    }
    guard let name = selector.scalarText else {
      return fail(selector, "'\(path).\(table.selector)' must be the name of a \(table.title)")
    }
    guard let entry = table[name] else { return unknown(selector, name, table) }
    return complete(node, entry, table, path: path)
  }

  private func unknown(_ node: LocatedNode, _ name: String, _ table: EntryTable) -> Value? {
    fail(
      node,
      "unknown \(table.title) '\(name)'"
        + Spelling.hint(for: name, among: table.entries.map(\.name))
    )
  }

  private func complete(
    _ node: LocatedNode, _ entry: EntryDescription, _ table: EntryTable, path: String
  ) -> Value? {
    for member in node.members ?? [] where member.key != table.selector {
      if entry.parameter(member.key) != nil { continue }
      let hint =
        entry.parameters.isEmpty
        ? "; it has no settings"
        : Spelling.hint(for: member.key, among: entry.parameters.map(\.name))
      log.error(
        member.place, "\(table.title) '\(entry.name)' has no setting '\(member.key)'" + hint)
    }
    guard let members = members(node, entry.parameters, path: path) else { return nil }
    if let problem = entry.check(Arguments(members)) { return fail(node, "'\(path)': \(problem)") }
    var result: ValueMap = [table.selector: .text(entry.presetOf ?? entry.name)]
    result.merge(members) { _, new in new }
    return .map(result)
  }
}
