import Catalog

extension Value {
  /// The value as JSON for people and for line-wise differences: sorted keys, shortest round-trip numbers, two spaces
  /// of indentation; lists and maps that hold no other lists and maps stand on one line.
  func laidOutJSON(indentation: String = "") -> String {
    let inner = indentation + "  "
    switch self {
    case .map(let members) where members.values.contains(where: \.isContainer):
      let lines = members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map {
        "\(inner)\(Value.text($0.key).canonicalJSON): \($0.value.laidOutJSON(indentation: inner))"
      }
      return "{\n" + lines.joined(separator: ",\n") + "\n\(indentation)}"
    case .list(let values) where values.contains(where: \.isContainer):
      let lines = values.map { inner + $0.laidOutJSON(indentation: inner) }
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
