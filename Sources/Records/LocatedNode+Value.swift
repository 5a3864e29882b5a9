import Catalog

extension LocatedNode {
  /// What the node says where no type is wanted: plain scalars are what the core schema of YAML makes of them, which for
  /// JSON is what JSON makes of them. Whole numbers beyond the range of `Int` are reals.
  public var value: Value {
    switch content {
    case .list(let items): return .list(items.map(\.value))
    case .map(let members):
      let pairs = members.map { ($0.key, $0.value.value) }
      return .map(ValueMap(pairs) { first, _ in first })
    case .scalar(let text, _):
      if isNull { return .null }
      if let boolean = coreBoolean { return .boolean(boolean) }
      if case .value(let integer) = coreInteger { return .integer(integer) }
      return coreReal.map(Value.real) ?? .text(text)
    }
  }
}
