extension ParameterType {
  /// The value with every default left out, every preset replaced by the entry that it is a preset of, and a bare value
  /// where one says the same: what a digest is taken of, so that neither a new setting with a default nor a number that
  /// becomes a schedule changes a digest.
  ///
  /// - Parameter value: a complete value, as validation makes it.
  public func minimal(_ value: Value) -> Value {
    switch self {
    case .boolean, .integer, .real, .choice, .text: return value
    case .list(let type, _): return .list((value.asList ?? []).map(type.minimal))
    case .group(let parameters):
      return .map(Self.minimal(value.asMap ?? [:], parameters))
    case .entry(let table): return Self.minimal(value, table)
    case .entries(let table):
      return .list((value.asList ?? []).map { Self.minimal($0, table) })
    }
  }

  private static func minimal(_ members: ValueMap, _ parameters: [Parameter]) -> ValueMap {
    var result = ValueMap()
    for parameter in parameters {
      guard let value = members[parameter.name] else { continue }
      let minimal = parameter.type.minimal(value)
      if let standard = parameter.completeDefault, parameter.type.minimal(standard) == minimal {
        continue
      }
      result[parameter.name] = minimal
    }
    return result
  }

  private static func minimal(_ value: Value, _ table: EntryTable) -> Value {
    guard let members = value.asMap, let name = members[table.selector]?.asText,
      let entry = table[name]
    else { return value }
    let base = entry.presetOf.flatMap { table[$0] } ?? entry
    var result: ValueMap = [table.selector: .text(base.name)]
    result.merge(Self.minimal(members, base.parameters)) { _, new in new }
    return table.bare(.map(result)) ?? .map(result)
  }

  /// The complete form of a value that is known to be valid: every default filled in, shorthands and presets expanded.
  ///
  /// Validation of files does the same with places and messages; this is for defaults and for tests.
  public func complete(_ value: Value) -> Value {
    switch self {
    case .boolean, .integer, .choice, .text: return value
    case .real: return value.asReal.map(Value.real) ?? value
    case .list(let type, _): return .list((value.asList ?? []).map(type.complete))
    case .group(let parameters): return .map(Self.complete(value.asMap ?? [:], parameters))
    case .entry(let table): return Self.complete(value, table)
    case .entries(let table):
      switch value {
      case .list(let values): return .list(values.map { Self.complete($0, table) })
      case .text("none"), .null: return .list([])
      default: return .list([Self.complete(value, table)])
      }
    }
  }

  /// A complete value with a bare value wherever one says the same.
  public func shortened(_ value: Value) -> Value {
    switch self {
    case .boolean, .integer, .real, .choice, .text: return value
    case .list(let type, _): return .list((value.asList ?? []).map(type.shortened))
    case .group(let parameters):
      return .map(Self.shortened(value.asMap ?? [:], parameters))
    case .entry(let table): return Self.shortened(value, table)
    case .entries(let table):
      return .list((value.asList ?? []).map { Self.shortened($0, table) })
    }
  }

  private static func shortened(_ members: ValueMap, _ parameters: [Parameter]) -> ValueMap {
    var result = members
    for parameter in parameters {
      if let value = members[parameter.name] {
        result[parameter.name] = parameter.type.shortened(value)
      }
    }
    return result
  }

  private static func shortened(_ value: Value, _ table: EntryTable) -> Value {
    guard let members = value.asMap, let name = members[table.selector]?.asText,
      let entry = table[name]
    else { return value }
    return table.bare(value) ?? .map(shortened(members, entry.parameters))
  }

  private static func complete(_ members: ValueMap, _ parameters: [Parameter]) -> ValueMap {
    var result = ValueMap()
    for parameter in parameters {
      if let value = members[parameter.name] {
        result[parameter.name] = parameter.type.complete(value)
      } else if let value = parameter.completeDefault {
        result[parameter.name] = value
      }
    }
    return result
  }

  private static func complete(_ value: Value, _ table: EntryTable) -> Value {
    var members = ValueMap()
    var name = table.fallback
    switch value {
    case .map(let given):
      members = table.spelledOut(given) ?? given
      name = members[table.selector]?.asText ?? name
    case .text(let text) where table[text] != nil: name = text
    default:
      if let shorthand = name.flatMap({ table[$0] })?.shorthand { members[shorthand] = value }
    }
    guard let entry = name.flatMap({ table[$0] }) else { return value }
    var result: ValueMap = [table.selector: .text(entry.presetOf ?? entry.name)]
    result.merge(complete(members, entry.parameters)) { _, new in new }
    return .map(result)
  }
}

extension EntryTable {
  /// The members of an entry that a map names by its only key; nil for any other map.
  fileprivate func spelledOut(_ members: ValueMap) -> ValueMap? {
    guard isKeyed, members.count == 1, let (name, value) = members.elements.first.map({ $0 }),
      let entry = self[name]
    else { return nil }
    var result: ValueMap = [selector: .text(name)]
    if let own = value.asMap {
      result.merge(own) { first, _ in first }
    } else if let shorthand = entry.shorthand {
      result[shorthand] = value
    }
    return result
  }
}

extension Parameter {
  /// The default with every default inside it filled in; nil when the key must be given. A group without a
  /// default of its own is complete when all of its members are.
  public var completeDefault: Value? {
    if let defaultValue { return type.complete(defaultValue) }
    if case .group(let parameters) = type, parameters.allSatisfy({ $0.completeDefault != nil }) {
      return type.complete(.map([:]))
    }
    return nil
  }
}
