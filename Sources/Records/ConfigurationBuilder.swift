import Catalog

/// Makes the configurations of cells: `fixed`, overlaid by what the cell's labels set, validated
/// and completed.
///
/// Each top-level setting is built once for each combination of the axes that write it, and not
/// once per cell.
struct ConfigurationBuilder {
  /// The configuration of one cell.
  struct Built {
    let configuration: Value
    let canonical: Value
    let mentions: [Mention]
    /// The settings that the file gives, for the places of remarks.
    let settings: [LocatedNode.Member]
  }

  /// One top-level setting of some cells.
  private struct Piece {
    let node: LocatedNode.Member?
    /// Nil after an error.
    let value: Value?
    /// Nil where the setting is at its default or is no part of a run's identity.
    let canonical: Value?
    let mentions: [Mention]
  }

  let schema: ExperimentSchema
  let axes: [GridAxis]
  let fixed: LocatedNode
  let merge: SettingsMerge
  /// For each top-level setting, the axes that write it.
  private let writers: [[Int]]
  private var pieces: [[[Int?]: Piece]]

  init(
    schema: ExperimentSchema, axes: [GridAxis], fixed: LocatedNode, merge: SettingsMerge
  ) {
    self.schema = schema
    self.axes = axes
    self.fixed = fixed
    self.merge = merge
    writers = schema.configuration.map { parameter in
      axes.indices.filter { axis in
        axes[axis].values.contains { $0.settings.member(parameter.name) != nil }
      }
    }
    pieces = schema.configuration.map { _ in [:] }
  }

  /// Reports keys at the top of a map of settings that do not exist.
  func checkKeys(_ settings: LocatedNode) {
    for member in settings.members ?? [] {
      if schema.configuration.contains(where: { $0.name == member.key }) { continue }
      let path = Self.path(member)
      merge.log.error(member.place, "unknown key '\(path)'" + merge.root.hint(forPath: path))
    }
  }

  /// The whole dotted path of a key that was written as one.
  private static func path(_ member: LocatedNode.Member) -> String {
    guard let only = member.value.members, only.count == 1, only[0].place == member.place else {
      return member.key
    }
    return "\(member.key).\(path(only[0]))"
  }

  /// The configuration of a cell, or nil when something in it was wrong and has been reported.
  mutating func build(_ cell: GridCell) -> Built? {
    var configuration = ValueMap(minimumCapacity: schema.configuration.count)
    var canonical = ValueMap()
    var mentions: [Mention] = []
    var settings: [LocatedNode.Member] = []
    var isComplete = true
    for index in schema.configuration.indices {
      let name = schema.configuration[index].name
      let piece = piece(index, cell)
      if let node = piece.node { settings.append(node) }
      if let value = piece.value { configuration[name] = value } else { isComplete = false }
      if let value = piece.canonical { canonical[name] = value }
      for mention in piece.mentions where !mentions.contains(mention) { mentions.append(mention) }
    }
    guard isComplete else { return nil }
    return Built(
      configuration: .map(configuration), canonical: .map(canonical), mentions: mentions,
      settings: settings)
  }

  private mutating func piece(_ index: Int, _ cell: GridCell) -> Piece {
    let name = schema.configuration[index].name
    let key = writers[index].map { cell.choices[$0] }
    let extra = cell.inclusion?.settings.member(name)
    if extra == nil, let known = pieces[index][key] { return known }
    var node = over(fixed, labelled(index, cell), name)
    if let extra {
      node = over(LocatedNode(fixed.place, .map(node.map { [$0] } ?? [])), extra, name)
    }
    let made = makePiece(schema.configuration[index], node)
    if extra == nil { pieces[index][key] = made }
    return made
  }

  /// What the labels of a cell say of one top-level setting: the axes write different parts of it.
  private func labelled(_ index: Int, _ cell: GridCell) -> LocatedNode.Member? {
    let name = schema.configuration[index].name
    let disjoint = SettingsMerge(root: merge.root, log: DiagnosticLog())
    return writers[index].reduce(nil) { joined, axis in
      guard let choice = cell.choices[axis],
        let member = axes[axis].values[choice].settings.member(name)
      else { return joined }
      guard let joined else { return member }
      let value = disjoint.combine(
        joined.value, member.value, schema.configuration[index].type, .refuse)
      return .init(name, joined.place, value)
    }
  }

  private func over(
    _ base: LocatedNode, _ member: LocatedNode.Member?, _ name: String
  ) -> LocatedNode.Member? {
    guard let member else { return base.member(name) }
    let map = LocatedNode(base.place, .map(base.member(name).map { [$0] } ?? []))
    let above = LocatedNode(member.place, .map([member]))
    return merge.combine(map, above, merge.root, .replace).member(name)
  }

  private func makePiece(_ parameter: Parameter, _ node: LocatedNode.Member?) -> Piece {
    let map = LocatedNode(fixed.place, .map(node.map { [$0] } ?? []))
    let members = Validation(log: merge.log).members(map, [parameter], path: "")
    let value = members?[parameter.name]
    let isIdentity = !schema.evaluationKeys.contains(parameter.name)
    let minimal = ParameterType.group([parameter]).minimal(.map(members ?? [:]))
    var finder = MentionFinder()
    finder.visit(node?.value, parameter)
    return Piece(
      node: node, value: value, canonical: isIdentity ? minimal[parameter.name] : nil,
      mentions: value == nil ? [] : Array(finder.mentions))
  }
}
