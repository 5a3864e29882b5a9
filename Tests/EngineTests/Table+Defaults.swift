import Catalog

extension Table {
  /// The complete arguments of the entry called `name`: defaults, with `members` in their place.
  func arguments(_ name: String, _ members: ValueMap = [:]) -> Arguments {
    var value: ValueMap = [description.selector: .text(name)]
    value.merge(members) { _, new in new }
    return selection(ParameterType.entry(description).complete(.map(value))).arguments
  }
}

extension EntryDescription {
  /// The words that the choice called `name` takes.
  func words(_ name: String) -> [String] {
    if case .choice(let words)? = parameter(name)?.type { words } else { [] }
  }
}
