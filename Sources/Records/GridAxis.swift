import Catalog

/// An axis of the grid with what each of its values sets.
struct GridAxis {
  /// A value of the axis.
  struct Value {
    /// What tables call it, for example `r1 weight=0.1`.
    let label: String
    /// The name of the arm before `each` made several of it; the label where there is no such name.
    let name: String
    /// Where it stands.
    let place: Place
    /// The settings, as a map without dotted keys.
    let settings: LocatedNode
  }

  /// The key or the name that the file gives it.
  let name: String
  /// Where its name stands.
  let place: Place
  /// The values in the order of the file; none where the axis had errors.
  let values: [Value]

  /// The values that a label, or the name of an arm before `each`, means; numbers also when spelled
  /// otherwise.
  func matches(_ node: LocatedNode) -> [Int] {
    guard let text = node.scalarText else { return [] }
    let exact = values.indices.filter { values[$0].label == text }
    if !exact.isEmpty { return exact }
    let named = values.indices.filter { values[$0].name == text }
    if !named.isEmpty { return named }
    guard let number = node.coreReal else { return [] }
    return values.indices.filter { index in
      LocatedNode(node.place, .scalar(values[index].label, isPlain: true)).coreReal == number
    }
  }

  /// What can be written to select values, for suggestions.
  var selectors: [String] {
    values.reduce(into: []) { result, value in
      for word in [value.name, value.label] where !result.contains(word) { result.append(word) }
    }
  }
}
