import Catalog
import OrderedCollections

/// Reads the section `axes`.
struct AxisReader {
  /// The most values that one axis can have.
  static let valueLimit = 10_000

  let merge: SettingsMerge
  private var log: DiagnosticLog { merge.log }

  init(merge: SettingsMerge) { self.merge = merge }

  /// The axes in the order of the file; those with errors have no values.
  func axes(_ section: LocatedNode.Member?) -> [GridAxis] {
    guard let section, !section.value.isNull else { return [] }
    guard let members = section.value.members else {
      log.error(section.value.place, "'axes' must be a map of axes, not \(section.value.shown)")
      return []
    }
    let axes = members.map(axis)
    refuseSharedKeys(axes)
    return axes
  }

  private func axis(_ member: LocatedNode.Member) -> GridAxis {
    let values: [GridAxis.Value]?
    switch member.value.content {
    case .scalar:
      values = fail(
        member.value.place,
        "axis '\(member.key)' must be a list of values or a map of named arms, not "
          + "\(member.value.shown); a single value belongs under 'fixed'")
    case .list: values = listed(member)
    case .map(let members):
      if let zip = member.value.member("zip"), members.count == 1 {
        values = zipped(zip, axis: member)
      } else if let each = member.value.member("each"), each.value.items != nil {
        values = fail(each.place, "axis '\(member.key)' needs no 'each': its values are a list")
      } else if member.value.member("sample") != nil {
        values = listed(member)
      } else {
        values = named(member, members)
      }
    }
    let isUsable = values.map { isDistinct($0, member) } ?? false
    return GridAxis(
      name: member.key, place: member.place, values: isUsable ? values ?? [] : [])
  }

  func fail<T>(_ place: Place, _ message: String) -> T? {
    log.error(place, message)
    return nil
  }

  private func isDistinct(_ values: [GridAxis.Value], _ member: LocatedNode.Member) -> Bool {
    if values.count > Self.valueLimit {
      log.error(member.place, "axis '\(member.key)' has more than \(Self.valueLimit) values")
      return false
    }
    var seen: Set<String> = []
    let repeated = values.filter { !seen.insert($0.label).inserted }
    for value in repeated {
      log.error(value.place, "axis '\(member.key)' has two values with the label '\(value.label)'")
    }
    return repeated.isEmpty
  }
}

// MARK: Lists of values

extension AxisReader {
  /// The nodes of a list of values for a setting, which is not empty; nil after an error.
  ///
  /// - Parameters:
  ///   - what: the list as messages call it.
  ///   - type: the type of the setting; nil where it is not known.
  func valueList(_ node: LocatedNode, _ what: String, _ type: ParameterType?) -> [LocatedNode]? {
    if node.member("sample") != nil {
      let isWhole = if case .integer = type?.bareType { true } else { false }
      return Sampling(log: log).values(node, stream: what, isWhole: isWhole)
    }
    guard let items = node.items else {
      return fail(node.place, "\(what) must be a list of values, not \(node.shown)")
    }
    if items.isEmpty { return fail(node.place, "\(what) has no values") }
    return items
  }

  private func listed(_ member: LocatedNode.Member) -> [GridAxis.Value]? {
    let type = merge.root.type(at: member.key)
    guard let items = valueList(member.value, "axis '\(member.key)'", type) else { return nil }
    if type == nil, let wrong = items.first(where: { $0.members == nil }) {
      return fail(
        member.place,
        "axis '\(member.key)' is not a setting, so its values must be maps of settings, not "
          + wrong.shown + merge.root.hint(forPath: member.key))
    }
    return items.flatMap { item -> [GridAxis.Value] in
      let node = merge.nested(item, type ?? merge.root)
      return expand(node).map { variant in
        let label = type == nil ? recipeLabel(variant.node) : Self.label(variant.node, type)
        let settings = type == nil ? variant.node : wrap(variant.node, member)
        return GridAxis.Value(label: label, name: label, place: item.place, settings: settings)
      }
    }
  }

  /// The map that sets the key that an axis is named after.
  private func wrap(_ value: LocatedNode, _ member: LocatedNode.Member) -> LocatedNode {
    set(member.key, member.place, value)
  }

  private func set(_ key: String, _ place: Place, _ value: LocatedNode) -> LocatedNode {
    let map = LocatedNode(value.place, .map([.init(key, place, value)]))
    return merge.nested(map, merge.root)
  }

  private func zipped(
    _ block: LocatedNode.Member, axis: LocatedNode.Member
  ) -> [GridAxis.Value]? {
    guard let members = block.value.members, !members.isEmpty else {
      return fail(block.value.place, "'zip' must be a map from settings to lists of values")
    }
    let columns = members.compactMap {
      valueList($0.value, "'\($0.key)'", merge.root.type(at: $0.key))
    }
    guard columns.count == members.count, let first = columns.first else { return nil }
    for (member, column) in zip(members, columns) where column.count != first.count {
      return fail(
        member.value.place,
        "'zip' needs lists of one length: '\(member.key)' has \(column.count) values, "
          + "'\(members[0].key)' has \(first.count)")
    }
    let names = EachExpansion.shortNames(members.map(\.key))
    return first.indices.map { row in
      let settings = zip(members, columns).map {
        LocatedNode.Member($0.key, $0.place, $1[row])
      }
      let map = LocatedNode(first[row].place, .map(settings))
      let label = zip(names, columns).map { "\($0)=\($1[row].flowText)" }.joined(separator: " ")
      return GridAxis.Value(
        label: label, name: label, place: first[row].place,
        settings: merge.nested(map, merge.root))
    }
  }

  /// What a value without a name is called: itself; a map by its entry's name and its settings.
  static func label(_ node: LocatedNode, _ type: ParameterType?) -> String {
    guard let members = node.members, !members.isEmpty else { return node.flowText }
    let selector = type?.table?.selector
    let name = members.filter { $0.key == selector }.map(\.value.flowText)
    let settings = members.filter { $0.key != selector }.map { "\($0.key)=\($0.value.flowText)" }
    return (name + settings).joined(separator: " ")
  }
}

// MARK: Labels of unnamed arms

extension AxisReader {
  /// What an unnamed map of settings is called: `batch=8 steps=5`.
  private func recipeLabel(_ node: LocatedNode) -> String {
    let texts = settingTexts(node, merge.root, path: "")
    if texts.isEmpty { return node.flowText }
    return EachExpansion.texts(texts).joined(separator: " ")
  }

  /// The settings inside groups, and inside entries that are not named, with their dotted keys.
  private func settingTexts(
    _ node: LocatedNode, _ type: ParameterType?, path: String
  ) -> [(path: String, text: String)] {
    var isOpen = if case .group = type { true } else { false }
    if let table = type?.table { isOpen = node.member(table.selector) == nil }
    guard isOpen, let members = node.members else { return [(path, Self.label(node, type))] }
    return members.flatMap {
      settingTexts(
        $0.value, type?.member($0.key), path: path.isEmpty ? $0.key : "\(path).\($0.key)")
    }
  }
}

// MARK: Named arms

extension AxisReader {
  private func named(
    _ member: LocatedNode.Member, _ arms: [LocatedNode.Member]
  ) -> [GridAxis.Value]? {
    if arms.isEmpty { return fail(member.value.place, "axis '\(member.key)' has no values") }
    let type = merge.root.type(at: member.key)
    var values: [GridAxis.Value] = []
    for arm in arms {
      guard let body = body(arm, axis: member, type) else { return nil }
      for variant in expand(body) {
        let label = ([arm.key] + EachExpansion.texts(variant.choices)).joined(separator: " ")
        values.append(
          .init(label: label, name: arm.key, place: arm.place, settings: variant.node))
      }
    }
    return values
  }

  /// What an arm sets; nothing for an empty map.
  private func body(
    _ arm: LocatedNode.Member, axis: LocatedNode.Member, _ type: ParameterType?
  ) -> LocatedNode? {
    let node = arm.value
    if node.isNull || node.members?.isEmpty == true { return LocatedNode(node.place, .map([])) }
    if type != nil { return set(axis.key, axis.place, node) }
    guard node.members != nil else {
      return fail(
        node.place, "arm '\(arm.key)' must be a map of settings, not \(node.shown)")
    }
    return merge.nested(node, merge.root)
  }

  private func expand(_ node: LocatedNode) -> [EachExpansion.Variant] {
    EachExpansion(reader: self).variants(of: node, path: [])
  }
}

// MARK: Conflicts

extension AxisReader {
  /// Refuses two axes that write the same key, or one a key and the other a part of it.
  private func refuseSharedKeys(_ axes: [GridAxis]) {
    var writers: [String: String] = [:]
    var writersOfParts: [String: String] = [:]
    for axis in axes {
      let paths = OrderedSet(axis.values.flatMap { merge.leaves($0.settings).map(\.path) })
      for path in paths {
        let prefixes = Self.prefixes(path)
        guard
          let other = writers[path] ?? writersOfParts[path]
            ?? prefixes.lazy.compactMap({ writers[$0] }).first
        else { continue }
        log.error(axis.place, "axes '\(other)' and '\(axis.name)' both set '\(path)'")
        break
      }
      for path in paths {
        writers[path] = axis.name
        for prefix in Self.prefixes(path) { writersOfParts[prefix] = axis.name }
      }
    }
  }

  /// `a` and `a.b` for `a.b.c`.
  private static func prefixes(_ path: String) -> [String] {
    path.indices.filter { path[$0] == "." }.map { String(path[..<$0]) }
  }
}
