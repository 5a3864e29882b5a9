/// A map of which only some keys are known.
struct KeyedMap {
  private let node: LocatedNode
  private let what: String
  private let log: DiagnosticLog

  /// Checks the keys of a map; nil, after an error, when the node is something else.
  ///
  /// - Parameter what: the map as messages call it.
  init?(_ node: LocatedNode, _ what: String, keys: [String], log: DiagnosticLog) {
    guard let members = node.members else {
      log.error(
        node.place,
        "\(what) must be a map with the keys \(keys.joined(separator: ", ")), not \(node.shown)")
      return nil
    }
    for member in members where !keys.contains(member.key) {
      log.error(
        member.place,
        "unknown key '\(member.key)' in \(what)" + Spelling.hint(for: member.key, among: keys))
    }
    self.node = node
    self.what = what
    self.log = log
  }

  /// Where the map starts.
  var place: Place { node.place }

  /// The member called `key`, or nil.
  subscript(key: String) -> LocatedNode.Member? { node.member(key) }

  /// The member called `key`; nil after an error when it is missing.
  func required(_ key: String) -> LocatedNode.Member? {
    if let member = node.member(key) { return member }
    log.error(node.place, "\(what) needs '\(key)'")
    return nil
  }

  /// The text of the member called `key`; nil when it is missing, or, after an error, not a scalar.
  func text(_ key: String) -> String? {
    guard let member = node.member(key) else { return nil }
    if let text = member.value.scalarText { return text }
    log.error(member.value.place, "'\(key)' must be text, not \(member.value.shown)")
    return nil
  }
}
