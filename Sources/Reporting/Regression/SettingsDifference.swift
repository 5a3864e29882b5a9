import Catalog

/// One setting that differs between two configurations.
struct SettingsDifference: Hashable, Sendable {
  /// The key, dotted from the root, for example `penalty.weight`.
  let key: String
  /// The earlier value as one writes it.
  let old: String
  /// The later value.
  let new: String

  /// `penalty.weight: 10 → 5`.
  var text: String { "\(key): \(old) → \(new)" }

  /// Everything in which two configurations differ, sorted by key.
  ///
  /// Both may leave defaults out; `type` fills them in, so that a setting that went back to its default shows the value
  /// that it has now.
  static func all(_ old: Value, _ new: Value, type: ParameterType) -> [SettingsDifference] {
    // Maps keep the order in which they were written, which means nothing here.
    if old.canonicalJSON == new.canonicalJSON { return [] }
    let complete = compare(
      type.shortened(type.complete(old)), type.shortened(type.complete(new)), "")
    // What the schema no longer knows is seen only as it was written.
    return complete.isEmpty ? compare(old, new, "") : complete
  }

  private static func compare(_ old: Value?, _ new: Value?, _ key: String) -> [SettingsDifference] {
    if old?.canonicalJSON == new?.canonicalJSON { return [] }
    let whole = SettingsDifference(key: key, old: text(old), new: text(new))
    switch (old, new) {
    case (.map(let left), .map(let right)):
      // Another entry of a table: its name says more than the settings that came and went with it.
      for selector in ["name", "preset"] where left[selector] != right[selector] { return [whole] }
      let keys = Array(left.keys) + right.keys.filter { left[$0] == nil }
      return keys.sorted().flatMap {
        compare(left[$0], right[$0], key.isEmpty ? $0 : "\(key).\($0)")
      }
    case (.list(let left), .list(let right)) where left.count == right.count:
      let isOfMaps = left.allSatisfy { $0.asMap != nil } && right.allSatisfy { $0.asMap != nil }
      guard isOfMaps else { return [whole] }
      return left.indices.flatMap { index in
        compare(left[index], right[index], left.count == 1 ? key : "\(key)[\(index)]")
      }
    default: return [whole]
    }
  }

  /// A value as an experiment file has it: an entry by its name, and its settings where they are the news.
  private static func text(_ value: Value?) -> String {
    switch value {
    case nil: "absent"
    case .text(let text): text
    case .real(let number):
      number == number.rounded() && abs(number) < 1e15 ? "\(Int(number))" : "\(number)"
    case .list(let values) where values.isEmpty: "none"
    case .list(let values): "[" + values.map { text($0) }.joined(separator: ", ") + "]"
    case .map(let members):
      "{" + members.map { "\($0.key): \(text($0.value))" }.joined(separator: ", ") + "}"
    case .some(let other): other.canonicalJSON
    }
  }
}
