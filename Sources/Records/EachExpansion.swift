import Catalog

/// Expands `each: [a, b]` inside the settings of an arm into one variant per combination.
struct EachExpansion {
  /// The settings with one choice made at every `each`.
  struct Variant {
    let node: LocatedNode
    /// The dotted key of each choice and what was chosen, in the order of the file.
    let choices: [(path: String, text: String)]
  }

  let reader: AxisReader

  /// Every combination; the first `each` of the file varies slowest.
  func variants(of node: LocatedNode, path: [String]) -> [Variant] {
    switch node.content {
    case .scalar: return [Variant(node: node, choices: [])]
    case .list(let items):
      return product(items.map { variants(of: $0, path: path) }, at: node.place) {
        LocatedNode(node.place, .list($0))
      }
    case .map(let members):
      if let each = node.member("each") { return chosen(each, members.count, path) }
      let parts = members.map { variants(of: $0.value, path: path + [$0.key]) }
      return product(parts, at: node.place) { values in
        let joined = zip(members, values).map { LocatedNode.Member($0.key, $0.place, $1) }
        return LocatedNode(node.place, .map(joined))
      }
    }
  }

  private func chosen(
    _ each: LocatedNode.Member, _ memberCount: Int, _ path: [String]
  ) -> [Variant] {
    if memberCount > 1 {
      reader.merge.log.error(each.place, "'each' must be the only key of its map")
      return []
    }
    let key = path.joined(separator: ".")
    if path.isEmpty {
      reader.merge.log.error(
        each.place, "'each' must stand under a setting, for example 'weight: {each: [0.1, 1]}'")
      return []
    }
    let type = reader.merge.root.type(at: key)
    let items = reader.valueList(each.value, "'each' of '\(key)'", type) ?? []
    return items.flatMap { item in
      variants(of: item, path: path).map { variant in
        Variant(node: variant.node, choices: [(key, AxisReader.label(variant.node, type))])
      }
    }
  }

  private func product(
    _ parts: [[Variant]], at place: Place, _ join: ([LocatedNode]) -> LocatedNode
  ) -> [Variant] {
    var partial: [(nodes: [LocatedNode], choices: [(path: String, text: String)])] = [([], [])]
    for part in parts {
      if partial.count * part.count > AxisReader.valueLimit {
        reader.merge.log.error(
          place, "'each' makes more than \(AxisReader.valueLimit) arms of this one")
        return []
      }
      partial = partial.flatMap { start in
        part.map { (start.nodes + [$0.node], start.choices + $0.choices) }
      }
    }
    return partial.map { Variant(node: join($0.nodes), choices: $0.choices) }
  }

  /// `weight=0.1` for each choice; with the whole key where two last parts are the same.
  static func texts(_ choices: [(path: String, text: String)]) -> [String] {
    zip(shortNames(choices.map(\.path)), choices).map { "\($0)=\($1.text)" }
  }

  /// The last parts of dotted keys, or the whole keys where the last parts are not distinct.
  static func shortNames(_ paths: [String]) -> [String] {
    let last = paths.map { $0.split(separator: ".").last.map(String.init) ?? $0 }
    return paths.indices.map { index in
      last.count { $0 == last[index] } > 1 ? paths[index] : last[index]
    }
  }
}
