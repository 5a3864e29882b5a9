import Catalog

/// Checks a tree of settings against its type and fills in what is left out.
///
/// For valid input that names its entries the result equals `ParameterType.complete` of the same
/// value.
struct Validation {
  let log: DiagnosticLog

  /// The complete value of a node, or nil when something in it was wrong and has been reported.
  ///
  /// - Parameter path: the key as messages call it, dotted from the root.
  func value(_ node: LocatedNode, _ type: ParameterType, path: String) -> Value? {
    let makers = ["each", "sample", "zip"]
    if let maker = makers.first(where: { node.member($0) != nil && type.member($0) == nil }) {
      return fail(
        node, "'\(path)' takes one value here; '\(maker)' makes arms and belongs under 'axes'")
    }
    switch type {
    case .group(let parameters): return group(node, parameters, path: path)
    case .entry(let table): return entry(node, table, path: path)
    case .entries(let table): return entries(node, table, path: path)
    case .list(let element, let count): return list(node, element, count, path: path)
    default: return scalar(node, type, path: path)
    }
  }

  private func list(
    _ node: LocatedNode, _ element: ParameterType, _ count: ClosedRange<Int>, path: String
  ) -> Value? {
    guard let items = node.items else {
      return fail(node, "'\(path)' must be a list, not \(node.shown)")
    }
    if !count.contains(items.count) {
      return fail(
        node, "'\(path)' must have \(Self.words(count)) items, but it has \(items.count)")
    }
    let values = items.map { value($0, element, path: path) }
    return all(values).map(Value.list)
  }

  private func all(_ values: [Value?]) -> [Value]? {
    let present = values.compactMap { $0 }
    return present.count == values.count ? present : nil
  }

  func fail(_ node: LocatedNode, _ message: String) -> Value? {
    log.error(node.place, message)
    return nil
  }

  /// A range as one says it: `at least 1`, `between 1 and 10`.
  static func words(_ range: ClosedRange<Int>) -> String {
    switch (range.lowerBound, range.upperBound) {
    case (let lower, let upper) where lower == upper: "\(lower)"
    case (.min, .max): "any number"
    case (let lower, .max): "at least \(lower)"
    case (.min, let upper): "at most \(upper)"
    case (let lower, let upper): "between \(lower) and \(upper)"
    }
  }
}

// MARK: Groups

extension Validation {
  private func group(_ node: LocatedNode, _ parameters: [Parameter], path: String) -> Value? {
    guard let members = node.members else {
      let keys = parameters.map(\.name).joined(separator: ", ")
      return fail(node, "'\(path)' must be a map with the keys \(keys), not \(node.shown)")
    }
    for member in members where !parameters.contains(where: { $0.name == member.key }) {
      log.error(
        member.place,
        path.isEmpty
          ? "unknown key '\(member.key)'"
            + ParameterType.group(parameters).hint(forPath: member.key)
          : "unknown key '\(member.key)' in '\(path)'"
            + Spelling.hint(for: member.key, among: parameters.map(\.name)))
    }
    return self.members(node, parameters, path: path).map(Value.map)
  }

  /// The values of the parameters of a group or of an entry, in the order of their declaration.
  func members(
    _ node: LocatedNode, _ parameters: [Parameter], path: String
  ) -> ValueMap? {
    var result = ValueMap(minimumCapacity: parameters.count)
    var isComplete = true
    for parameter in parameters {
      let memberPath = path.isEmpty ? parameter.name : "\(path).\(parameter.name)"
      let value: Value? =
        if let member = node.member(parameter.name) {
          self.value(parameter.named(member.value), parameter.type, path: memberPath)
        } else {
          missing(parameter, in: node, path: memberPath)
        }
      if let value { result[parameter.name] = value } else { isComplete = false }
    }
    return isComplete ? result : nil
  }

  /// The default; a group without one is followed into, so that the message names the key that must
  /// be given.
  private func missing(_ parameter: Parameter, in node: LocatedNode, path: String) -> Value? {
    if let value = parameter.completeDefault { return value }
    if case .group(let parameters) = parameter.type, parameter.defaultValue == nil {
      return group(LocatedNode(node.place, .map([])), parameters, path: path)
    }
    return fail(node, "'\(path)' must be given: \(parameter.summary)")
  }
}
