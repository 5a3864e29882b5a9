import Catalog

/// Joins maps of settings, whose keys may be dotted, as their types ask.
///
/// Maps merge; lists and scalars replace. An entry of a table counts as a map, a bare name
/// included, so that `data.modes: 4` adds to `data: ring8`; a map that names another entry replaces
/// the old one with all its settings.
struct SettingsMerge {
  /// What happens when both sides write the same key.
  enum Conflict {
    /// The second one wins: a file over what it extends, an arm over `fixed`.
    case replace
    /// It is an error: two keys of one map, two axes.
    case refuse
  }

  let root: ParameterType
  let log: DiagnosticLog

  /// The node with its dotted keys as nested maps.
  ///
  /// - Parameter type: the type of the node; nil where it is not known.
  func nested(_ node: LocatedNode, _ type: ParameterType?) -> LocatedNode {
    switch node.content {
    case .scalar: return node
    case .list(let items):
      var itemType: ParameterType?
      switch type {
      case .list(let element, _): itemType = element
      case .entries(let table): itemType = .entry(table)
      default: break
      }
      return LocatedNode(node.place, .list(items.map { nested($0, itemType) }))
    case .map(let members):
      var result = LocatedNode(node.place, .map([]))
      for member in members {
        result = combine(result, nested(member, in: type, node.place), type, .refuse)
      }
      return result
    }
  }

  private func nested(
    _ member: LocatedNode.Member, in type: ParameterType?, _ place: Place
  ) -> LocatedNode {
    let parts = member.key.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    let memberType = parts.reduce(type) { $0?.member($1) }
    var value = nested(member.value, memberType)
    for part in parts.reversed() {
      value = LocatedNode(place, .map([.init(part, member.place, value)]))
    }
    return value
  }

  /// `base` with `over` on top; both without dotted keys.
  func combine(
    _ base: LocatedNode, _ over: LocatedNode, _ type: ParameterType?, _ conflict: Conflict,
    path: String = ""
  ) -> LocatedNode {
    let table = type?.table
    let lower = type?.expanded(base) ?? base
    let isAddition = conflict == .refuse || namesNone(lower, table)
    let upper = isAddition ? type?.expanded(over) ?? over : over
    guard let lowerMembers = lower.members, let upperMembers = upper.members else {
      switch conflict {
      case .refuse: reportTwice(base, over, path)
      case .replace: if refusesOrphans(over, table, base, path) { return base }
      }
      return over
    }
    if conflict == .replace, let table, namesOther(upper, than: lower, table) { return over }
    return LocatedNode(
      lower.place, .map(merged(lowerMembers, upperMembers, type, lower, upper, conflict, path)))
  }

  private func merged(
    _ base: [LocatedNode.Member], _ over: [LocatedNode.Member], _ type: ParameterType?,
    _ lower: LocatedNode, _ upper: LocatedNode, _ conflict: Conflict, _ path: String
  ) -> [LocatedNode.Member] {
    let selector = type?.table?.selector
    let entryName =
      selector.flatMap { (upper.member($0) ?? lower.member($0))?.value.scalarText }
      ?? type?.table?.fallback
    var result = base
    for member in over {
      guard let index = result.firstIndex(where: { $0.key == member.key }) else {
        result.append(member)
        continue
      }
      let memberType = type?.member(member.key, ofEntry: entryName)
      let value = combine(
        result[index].value, member.value, memberType, conflict,
        path: path.isEmpty ? member.key : "\(path).\(member.key)")
      let place = value.members == nil ? member.place : result[index].place
      result[index] = .init(member.key, place, value)
    }
    return result
  }

  /// Whether this is a map of settings of an entry that something else must name.
  private func namesNone(_ node: LocatedNode, _ table: EntryTable?) -> Bool {
    guard let table, let members = node.members else { return false }
    return !members.contains { $0.key == table.selector }
  }

  private func namesOther(_ over: LocatedNode, than base: LocatedNode, _ table: EntryTable) -> Bool
  {
    guard let name = over.member(table.selector)?.value.scalarText else { return false }
    guard let old = base.member(table.selector)?.value.scalarText else { return false }
    return name != old
  }

  /// Refuses a setting such as `penalty.weight` over `penalty: none`, which has no weight.
  private func refusesOrphans(
    _ over: LocatedNode, _ table: EntryTable?, _ base: LocatedNode, _ path: String
  ) -> Bool {
    guard let table, let orphan = over.members?.first, over.member(table.selector) == nil else {
      return false
    }
    log.error(
      orphan.place, "'\(path)' is \(base.shown) here, so '\(path).\(orphan.key)' cannot be set")
    return true
  }

  private func reportTwice(_ first: LocatedNode, _ second: LocatedNode, _ path: String) {
    log.error(second.place, "'\(path)' is given twice; first in line \(first.place.line)")
  }
}

extension SettingsMerge {
  /// A setting at the end of a path.
  struct Leaf {
    let path: String
    let place: Place
  }

  /// The paths that a map of settings writes; the name of an entry counts as one of its settings, and a bare number as the
  /// whole of its entry.
  func leaves(_ node: LocatedNode) -> [Leaf] {
    (node.members ?? []).flatMap { leaves($0.value, root.member($0.key), $0.key, $0.place) }
  }

  private func leaves(
    _ node: LocatedNode, _ type: ParameterType?, _ path: String, _ place: Place
  ) -> [Leaf] {
    let isWhole = type?.isBare(node) ?? false
    let expanded = isWhole ? node : type?.expanded(node) ?? node
    guard let members = expanded.members, !members.isEmpty else {
      return [Leaf(path: path, place: place)]
    }
    return members.flatMap {
      leaves($0.value, type?.member($0.key), "\(path).\($0.key)", $0.place)
    }
  }
}
