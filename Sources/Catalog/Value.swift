import OrderedCollections

/// The members of a map, in the order in which they were written.
public typealias ValueMap = OrderedDictionary<String, Value>

/// What an experiment file can hold: the data model of JSON, with integers apart from reals.
public enum Value: Hashable, Sendable {
  /// Nothing, written `null` or `~`.
  case null
  /// `true` or `false`.
  case boolean(Bool)
  /// A whole number.
  case integer(Int)
  /// A number with a point or an exponent.
  case real(Double)
  /// A string.
  case text(String)
  /// A sequence of values.
  case list([Value])
  /// Named values.
  case map(ValueMap)
}

extension Value {
  /// The truth value, or nil when this is something else.
  public var asBoolean: Bool? {
    if case .boolean(let value) = self { value } else { nil }
  }

  /// The whole number, or nil when this is something else.
  public var asInteger: Int? {
    if case .integer(let value) = self { value } else { nil }
  }

  /// The number as a real, whole numbers included, or nil when this is something else.
  public var asReal: Double? {
    switch self {
    case .real(let value): value
    case .integer(let value): Double(value)
    default: nil
    }
  }

  /// The string, or nil when this is something else.
  public var asText: String? {
    if case .text(let value) = self { value } else { nil }
  }

  /// The members, or nil when this is something else.
  public var asList: [Value]? {
    if case .list(let value) = self { value } else { nil }
  }

  /// The named members, or nil when this is something else.
  public var asMap: ValueMap? {
    if case .map(let value) = self { value } else { nil }
  }

  /// The member called `name` of a map, or nil when there is none.
  public subscript(name: String) -> Value? { asMap?[name] }
}

extension Value {
  /// The value as JSON on one line with sorted keys and shortest round-trip numbers: equal values
  /// give equal bytes. Reals that are not finite are written as the strings `"nan"`, `"inf"`, `"-inf"`.
  public var canonicalJSON: String {
    switch self {
    case .null: "null"
    case .boolean(let value): value ? "true" : "false"
    case .integer(let value): String(value)
    case .real(let value): value.isFinite ? value.description : "\"\(value)\""
    case .text(let value): Value.quoted(value)
    case .list(let values): "[" + values.map(\.canonicalJSON).joined(separator: ",") + "]"
    case .map(let members):
      "{"
        + members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        .map { Value.quoted($0.key) + ":" + $0.value.canonicalJSON }
        .joined(separator: ",") + "}"
    }
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
