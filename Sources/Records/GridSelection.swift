/// Labels on some axes: which cells of the grid an `exclude`, a `baseline`, a claim or `--only`
/// means.
struct GridSelection {
  /// What one axis may be.
  struct Condition {
    let axis: Int
    /// The labels as written.
    let labels: [String]
    /// For each value of the axis whether it is meant.
    let accepts: [Bool]
  }

  let conditions: [Condition]

  /// Whether a cell with these values is meant; a cell that has no place on one of the axes is not.
  func matches(_ choices: [Int?]) -> Bool {
    conditions.allSatisfy { condition in
      choices[condition.axis].map { condition.accepts[$0] } ?? false
    }
  }

  /// The labels as coordinates; several on one axis are alternatives.
  func coordinates(_ axes: [GridAxis]) -> [Coordinate] {
    conditions.flatMap { condition in
      condition.labels.map { Coordinate(axis: axes[condition.axis].name, label: $0) }
    }
  }

  /// The labels of all values that are meant, as coordinates.
  func meant(_ axes: [GridAxis]) -> [Coordinate] {
    conditions.flatMap { condition in
      let values = axes[condition.axis].values
      return values.indices.filter { condition.accepts[$0] }.map {
        Coordinate(axis: axes[condition.axis].name, label: values[$0].label)
      }
    }
  }

  /// The selection as one says it: `loss=hinge, regularizer=r1`.
  func shown(_ axes: [GridAxis]) -> String {
    conditions.map { "\(axes[$0.axis].name)=\($0.labels.joined(separator: " or "))" }
      .joined(separator: ", ")
  }
}

/// Reads maps from axes to labels.
struct SelectionReader {
  let axes: [GridAxis]
  let log: DiagnosticLog

  /// The selection that a map such as `{loss: hinge, regularizer: [r1, gp]}` means, or nil after an
  /// error.
  func selection(_ node: LocatedNode, _ what: String) -> GridSelection? {
    guard let members = node.members, !members.isEmpty else {
      log.error(node.place, "\(what) must be a map from axes to labels, not \(node.shown)")
      return nil
    }
    let conditions = members.compactMap(condition)
    return conditions.count == members.count ? GridSelection(conditions: conditions) : nil
  }

  private func condition(_ member: LocatedNode.Member) -> GridSelection.Condition? {
    guard let axis = axes.firstIndex(where: { $0.name == member.key }) else {
      log.error(
        member.place,
        "there is no axis '\(member.key)'" + Spelling.hint(for: member.key, among: axes.map(\.name))
      )
      return nil
    }
    if axes[axis].values.isEmpty { return nil }
    let items = member.value.items ?? [member.value]
    var accepts = [Bool](repeating: false, count: axes[axis].values.count)
    var labels: [String] = []
    for item in items {
      guard let matches = values(item, of: axes[axis]) else { return nil }
      for match in matches { accepts[match] = true }
      labels.append(item.scalarText ?? "")
    }
    return .init(axis: axis, labels: labels, accepts: accepts)
  }

  /// The values that a label means, or nil after an error.
  func values(_ node: LocatedNode, of axis: GridAxis) -> [Int]? {
    let matches = axis.matches(node)
    if !matches.isEmpty || axis.values.isEmpty { return matches }
    let hint = Spelling.hint(for: node.scalarText ?? "", among: axis.selectors)
    log.error(node.place, "axis '\(axis.name)' has no value \(node.shown)" + hint)
    return nil
  }
}
