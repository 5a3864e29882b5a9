extension Value {
  /// The value as one would write it in an experiment file, on one line: `0.5`, `auto`, `[1, 2]`, `{name: sgd}`.
  public var written: String {
    switch self {
    case .null: "null"
    case .boolean(let value): String(value)
    case .integer(let value): String(value)
    case .real(let value): Self.short(value)
    case .text(let text): Self.isPlain(text) ? text : canonicalJSON
    case .list(let values): "[" + values.map(\.written).joined(separator: ", ") + "]"
    case .map(let members):
      "{" + members.map { "\(Value.text($0).written): \($1.written)" }.joined(separator: ", ") + "}"
    }
  }

  /// Whether a text without quotes is read as that text: a word that means nothing else.
  private static func isPlain(_ text: String) -> Bool {
    text.wholeMatch(of: /[A-Za-z][A-Za-z0-9-]*/) != nil
      && !["true", "false", "null"].contains(text.lowercased())
  }

  /// The shortest text that reads back as the same number: `10`, `0.001`, `1e-5`.
  private static func short(_ value: Double) -> String {
    let text = value.description
    if text.hasSuffix(".0") { return String(text.dropLast(2)) }
    return text.replacing("e-0", with: "e-").replacing("e+", with: "e")
  }
}
