/// A piece of a YAML document with its place, before anything is known of its type.
public struct LocatedNode: Sendable {
  /// What a node holds.
  public enum Content: Sendable {
    /// A scalar's text; plain when it stands without quotes, so that it may be a number, a truth
    /// value or null.
    case scalar(String, isPlain: Bool)
    /// A sequence.
    case list([LocatedNode])
    /// A map in the order of the file.
    case map([Member])
  }

  /// A key of a map with its value.
  public struct Member: Sendable {
    /// The key.
    public let key: String
    /// Where the key stands.
    public let place: Place
    /// The value.
    public let value: LocatedNode

    /// Joins a key and a value.
    public init(_ key: String, _ place: Place, _ value: LocatedNode) {
      self.key = key
      self.place = place
      self.value = value
    }
  }

  /// Where the node starts.
  public let place: Place
  /// What it holds.
  public let content: Content

  /// Makes a node.
  public init(_ place: Place, _ content: Content) {
    self.place = place
    self.content = content
  }
}

extension LocatedNode {
  /// The members of a map, or nil when this is something else.
  var members: [Member]? {
    if case .map(let members) = content { members } else { nil }
  }

  /// The items of a list, or nil when this is something else.
  var items: [LocatedNode]? {
    if case .list(let items) = content { items } else { nil }
  }

  /// The text of a scalar, quoted or plain, or nil when this is something else.
  var scalarText: String? {
    if case .scalar(let text, _) = content { text } else { nil }
  }

  /// Whether this is a map or a list that holds nothing.
  var isEmpty: Bool {
    switch content {
    case .scalar: false
    case .list(let items): items.isEmpty
    case .map(let members): members.isEmpty
    }
  }

  /// The member of a map called `key`.
  func member(_ key: String) -> Member? { members?.first { $0.key == key } }

  /// The node in YAML's flow style on one line, for labels and messages.
  var flowText: String {
    switch content {
    case .scalar(let text, _): text
    case .list(let items): "[" + items.map(\.flowText).joined(separator: ", ") + "]"
    case .map(let members):
      "{" + members.map { "\($0.key): \($0.value.flowText)" }.joined(separator: ", ") + "}"
    }
  }

  /// What the node is, for messages: `the list [1, 2]`, `'abc'`.
  var shown: String {
    let text = flowText.split(whereSeparator: \.isNewline).joined(separator: " ")
    let short = text.count > 40 ? text.prefix(40) + "…" : Substring(text)
    return switch content {
    case .scalar(_, let isPlain): isPlain && !text.isEmpty ? "'\(short)'" : "\"\(short)\""
    case .list: "the list \(short)"
    case .map: "the map \(short)"
    }
  }
}
