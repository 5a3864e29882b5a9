import Catalog

extension Validation {
  /// The value of a node whose type is not made of parts.
  func scalar(_ node: LocatedNode, _ type: ParameterType, path: String) -> Value? {
    if node.isNull { return fail(node, "'\(path)' has no value; it must be \(Self.words(type))") }
    switch type {
    case .boolean:
      if let value = node.coreBoolean { return .boolean(value) }
    case .integer(let range): return integer(node, range, path: path)
    case .real(let interval): return real(node, interval, path: path)
    case .choice(let words):
      if let text = node.scalarText, words.contains(text) { return .text(text) }
      if let text = node.scalarText {
        return fail(
          node, "'\(path)' cannot be \(node.shown)" + Spelling.hint(for: text, among: words))
      }
    case .text:
      if let text = node.coreText { return .text(text) }
    case .list, .group, .entry, .entries:
      preconditionFailure("not a scalar type: \(type)")
    }
    return fail(node, "'\(path)' must be \(Self.words(type)), not \(node.shown)")
  }

  private func integer(_ node: LocatedNode, _ range: ClosedRange<Int>, path: String) -> Value? {
    switch node.coreInteger {
    case .value(let value):
      if range.contains(value) { return .integer(value) }
      return fail(node, "'\(path)' must be \(Self.words(range)), not \(value)")
    case .overflow: return fail(node, "'\(path)' must be \(Self.words(range)), not \(node.shown)")
    case nil:
      let message = "'\(path)' must be a whole number, not \(node.shown)"
      if let real = node.coreReal, let whole = Int(exactly: real) {
        return fail(node, message + "; write \(whole)")
      }
      return fail(node, message)
    }
  }

  private func real(_ node: LocatedNode, _ interval: Interval, path: String) -> Value? {
    guard let value = node.coreReal else {
      return fail(node, "'\(path)' must be a number, not \(node.shown)")
    }
    guard value.isFinite else {
      return fail(node, "'\(path)' must be a finite number, not \(node.shown)")
    }
    guard interval.contains(value) else {
      return fail(node, "'\(path)' must be \(interval), not \(node.shown)")
    }
    return .real(value == 0 ? 0 : value)
  }

  /// A type as one says it: `a whole number`.
  static func words(_ type: ParameterType) -> String {
    switch type {
    case .boolean: "true or false"
    case .integer: "a whole number"
    case .real: "a number"
    case .choice(let words): words.count <= 12 ? words.joined(separator: " or ") : "a word"
    case .text: "text (numbers in quotes)"
    case .list: "a list"
    case .group: "a map"
    case .entry(let table): "the name of a \(table.title)"
    case .entries(let table): "none, a \(table.title), or a list of them"
    }
  }
}
