import Catalog

extension EntryTable {
  /// The table for scripts.
  var json: Value {
    .map([
      "table": .text(title), "selector": .text(selector),
      "fallback": fallback.map(Value.text) ?? .null,
      "entries": .list(entries.map(\.json)),
    ])
  }
}

extension EntryDescription {
  fileprivate var json: Value {
    .map([
      "name": .text(name), "summary": .text(summary), "formula": .text(formula),
      "source": .text(source), "presetOf": presetOf.map(Value.text) ?? .null,
      "shorthand": shorthand.map(Value.text) ?? .null,
      "parameters": .list(parameters.map(\.json)),
    ])
  }
}

extension Parameter {
  fileprivate var json: Value {
    .map([
      "name": .text(name), "summary": .text(summary), "type": type.json,
      "required": .boolean(defaultValue == nil), "default": defaultValue ?? .null,
    ])
  }
}

extension ParameterType {
  /// The type with its range: ends that are infinite are null.
  fileprivate var json: Value {
    switch self {
    case .boolean: return Self.type("boolean")
    case .text: return Self.type("text")
    case .integer(let bounds):
      return Self.type(
        "integer",
        ["minimum": .integer(bounds.lowerBound), "maximum": .integer(bounds.upperBound)])
    case .real(let interval):
      func end(_ value: Double) -> Value { value.isFinite ? .real(value) : .null }
      return Self.type(
        "real",
        [
          "minimum": end(interval.lower), "maximum": end(interval.upper),
          "includesMinimum": .boolean(interval.includesLower),
          "includesMaximum": .boolean(interval.includesUpper),
        ])
    case .choice(let words): return Self.type("choice", ["of": .list(words.map(Value.text))])
    case .list(let element, let count):
      return Self.type(
        "list",
        [
          "of": element.json, "minimumCount": .integer(count.lowerBound),
          "maximumCount": .integer(count.upperBound),
        ])
    case .group(let parameters):
      return Self.type("group", ["of": .list(parameters.map(\.json))])
    case .entry(let table):
      let bare = table.bareParameter.map(\.type.json) ?? .null
      return Self.type("entry", ["of": .text(table.title), "bare": bare])
    case .entries(let table): return Self.type("entries", ["of": .text(table.title)])
    }
  }

  private static func type(_ name: String, _ members: ValueMap = [:]) -> Value {
    var result: ValueMap = ["type": .text(name)]
    result.merge(members) { $1 }
    return .map(result)
  }
}
