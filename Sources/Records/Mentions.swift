import Catalog
import OrderedCollections

/// Finds the entries of tables that a configuration uses, under the names by which it writes them.
struct MentionFinder {
  private(set) var mentions: OrderedSet<Mention> = []

  /// Adds what a valid parameter uses; `node` is nil where the default stands.
  mutating func visit(_ node: LocatedNode?, _ parameter: Parameter) {
    if let node {
      visit(parameter.named(node), parameter.type)
    } else if let value = parameter.defaultValue {
      visit(LocatedNode(value), parameter.type)
    } else if case .group = parameter.type {
      visit(LocatedNode(Place(file: ""), .map([])), parameter.type)
    }
  }

  private mutating func visit(_ node: LocatedNode, _ type: ParameterType) {
    switch type {
    case .boolean, .integer, .real, .choice, .text: break
    case .list(let element, _): for item in node.items ?? [] { visit(item, element) }
    case .group(let parameters):
      for parameter in parameters { visit(node.member(parameter.name)?.value, parameter) }
    case .entries(let table):
      if node.isNull || node.scalarText == "none" { return }
      for item in node.items ?? [node] { visitEntry(item, table) }
    case .entry(let table): visitEntry(node, table)
    }
  }

  private mutating func visitEntry(_ node: LocatedNode, _ table: EntryTable) {
    let whole = ParameterType.entry(table).expanded(node) ?? node
    let name = whole.member(table.selector)?.value.scalarText ?? table.fallback
    guard let entry = name.flatMap({ table[$0] }) else { return }
    mentions.append(Mention(table: table.title, entry: entry.name))
    for parameter in entry.parameters { visit(whole.member(parameter.name)?.value, parameter) }
  }
}

extension Parameter {
  /// The settings of an entry without its name as settings of the default entry, where that has all
  /// of them: `{rate: 0.01}` is meant for Adam where Adam is the default.
  func named(_ node: LocatedNode) -> LocatedNode {
    guard case .entry(let table) = type, table.fallback == nil, let defaultValue,
      let members = node.members, node.member(table.selector) == nil
    else { return node }
    let standard = LocatedNode(defaultValue)
    let whole = type.expanded(standard) ?? standard
    guard let entry = whole.member(table.selector)?.value.scalarText.flatMap({ table[$0] }),
      members.allSatisfy({ entry.parameter($0.key) != nil })
    else { return node }
    let others = (whole.members ?? []).filter { node.member($0.key) == nil }
    return LocatedNode(node.place, .map(others + members))
  }
}

extension LocatedNode {
  /// A value that no file holds, such as a default, as a tree.
  init(_ value: Value) {
    let place = Place(file: "")
    let content: Content =
      switch value {
      case .null: .scalar("", isPlain: true)
      case .boolean(let value): .scalar(String(value), isPlain: true)
      case .integer(let value): .scalar(String(value), isPlain: true)
      case .real(let value): .scalar(String(value), isPlain: true)
      case .text(let value): .scalar(value, isPlain: false)
      case .list(let values): .list(values.map(LocatedNode.init))
      case .map(let members): .map(members.map { Member($0.key, place, LocatedNode($0.value)) })
      }
    self.init(place, content)
  }
}
