import Catalog

extension Value {
  /// The value as JSON for people and for line-wise differences: sorted keys, shortest round-trip numbers, two spaces
  /// of indentation; lists and maps that hold no other lists and maps stand on one line.
  ///
  /// Characters that YAML takes for the end of a line or refuses are escaped, so that the text is YAML too.
  var laidOutJSON: String {
    var result = ""
    for scalar in laidOut("").unicodeScalars {
      switch scalar.value {
      case 0x7F...0x9F, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private func laidOut(_ indentation: String) -> String {
    let inner = indentation + "  "
    switch self {
    case .map(let members) where members.values.contains(where: \.isContainer):
      let lines = members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map {
        "\(inner)\(Value.text($0.key).canonicalJSON): \($0.value.laidOut(inner))"
      }
      return "{\n" + lines.joined(separator: ",\n") + "\n\(indentation)}"
    case .list(let values) where values.contains(where: \.isContainer):
      let lines = values.map { inner + $0.laidOut(inner) }
      return "[\n" + lines.joined(separator: ",\n") + "\n\(indentation)]"
    case .map(let members):
      let parts = members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map {
        "\(Value.text($0.key).canonicalJSON): \($0.value.canonicalJSON)"
      }
      return "{" + parts.joined(separator: ", ") + "}"
    case .list(let values): return "[" + values.map(\.canonicalJSON).joined(separator: ", ") + "]"
    default: return canonicalJSON
    }
  }

  private var isContainer: Bool {
    switch self {
    case .list, .map: true
    default: false
    }
  }
}
