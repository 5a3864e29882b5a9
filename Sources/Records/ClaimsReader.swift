/// Reads the section `claims`.
struct ClaimsReader {
  let axes: [GridAxis]
  let cells: [GridCell]
  let strata: Strata
  let metricNames: [String]
  /// The metrics that could be read.
  let metrics: [MetricRequest]
  let log: DiagnosticLog

  /// The claims in the order of the file; those with errors are left out.
  func claims(_ section: LocatedNode.Member?) -> [Claim] {
    guard let section, !section.value.isNull else { return [] }
    guard let items = section.value.items else {
      log.error(
        section.value.place, "'claims' must be a list of maps, not \(section.value.shown)")
      return []
    }
    var ids: Set<String> = []
    return items.compactMap { item in
      let keys = ["id", "arm", "metric", "improves", "reaches"]
      guard let map = KeyedMap(item, "a claim", keys: keys, log: log) else { return nil }
      if let id = map["id"]?.value, let text = id.scalarText, !ids.insert(text).inserted {
        log.error(id.place, "two claims have the id '\(text)'")
      }
      return claim(map)
    }
  }

  private func claim(_ map: KeyedMap) -> Claim? {
    let id = map.required("id").flatMap { _ in map.text("id") }
    let arms = map.required("arm").flatMap { self.arms($0.value) }
    let metric = map.required("metric").flatMap { self.metric($0.value) }
    guard let statement = statement(map), let id, let arms, let metric else { return nil }
    guard areAsked(arms, metric, map) else { return nil }
    let claim = Claim(id: id, arms: arms, metric: metric, statement: statement, place: map.place)
    if case .reaches = statement { return claim }
    return isComparable(arms, id, map) ? claim : nil
  }

  /// Whether the metric is asked of each arm.
  private func areAsked(_ arms: [Int], _ metric: String, _ map: KeyedMap) -> Bool {
    guard let request = metrics.first(where: { $0.name == metric }) else { return true }
    let areAsked = arms.allSatisfy { arm in
      let labels = zip(axes, cells[arm].choices).map { axis, choice in
        choice.map { axis.values[$0].label }
      }
      return request.isAsked(of: labels, on: axes.map(\.name))
    }
    if !areAsked {
      log.error(
        map["metric"]?.value.place ?? map.place,
        "metric '\(metric)' is not asked of all of the claim's arms: see its 'when'")
    }
    return areAsked
  }

  /// Whether each arm has a baseline other than itself.
  private func isComparable(_ arms: [Int], _ id: String, _ map: KeyedMap) -> Bool {
    guard strata.isKnown else { return false }
    let place = map["arm"]?.value.place ?? map.place
    if arms.contains(where: { strata.baselines[$0] == $0 }) {
      log.error(
        place, "claim '\(id)' speaks of a baseline itself, which cannot improve on itself")
      return false
    }
    if arms.contains(where: { strata.baselines[$0] == nil }) {
      log.error(place, "claim '\(id)' needs a baseline to improve on: give 'baseline'")
      return false
    }
    return true
  }

  private func arms(_ node: LocatedNode) -> [Int]? {
    if let name = node.scalarText {
      let matches = cells.indices.filter { cells[$0].inclusion?.name == name }
      if !matches.isEmpty { return matches }
      let names = cells.compactMap { $0.inclusion?.name }
      log.error(
        node.place,
        "'arm' must be a map from axes to labels or the name of an included arm, and none is called "
          + "'\(name)'" + Spelling.hint(for: name, among: names))
      return nil
    }
    let reader = SelectionReader(axes: axes, log: log)
    guard let selection = reader.selection(node, "'arm'") else { return nil }
    let matches = cells.indices.filter {
      cells[$0].inclusion == nil && selection.matches(cells[$0].choices)
    }
    if matches.isEmpty { log.error(node.place, "no arm has \(selection.shown(axes))") }
    return matches.isEmpty ? nil : matches
  }

  private func metric(_ node: LocatedNode) -> String? {
    guard let name = node.scalarText, metricNames.contains(name) else {
      log.error(
        node.place,
        "'metrics' has no \(node.shown)"
          + Spelling.hint(for: node.scalarText ?? "", among: metricNames))
      return nil
    }
    return name
  }

  private func statement(_ map: KeyedMap) -> Claim.Statement? {
    switch (map["improves"], map["reaches"]) {
    case (let improves?, nil): return improvement(improves.value)
    case (nil, let reaches?):
      return number(reaches.value, "'reaches'") { _ in true }.map(Claim.Statement.reaches)
    default:
      log.error(map.place, "a claim needs one of 'improves' and 'reaches'")
      return nil
    }
  }

  private func improvement(_ node: LocatedNode) -> Claim.Statement? {
    guard let map = KeyedMap(node, "'improves'", keys: ["probability", "by"], log: log) else {
      return nil
    }
    switch (map["probability"], map["by"]) {
    case (let probability?, nil):
      return number(probability.value, "'probability' must be above 0 and below 1;") {
        $0 > 0 && $0 < 1
      }.map(Claim.Statement.improves)
    case (nil, let by?):
      return number(by.value, "'by' must be at least 0;") { $0 >= 0 }
        .map(Claim.Statement.improvesBy)
    default:
      log.error(map.place, "'improves' needs one of 'probability' and 'by'")
      return nil
    }
  }

  private func number(
    _ node: LocatedNode, _ what: String, _ isValid: (Double) -> Bool
  ) -> Double? {
    if let value = node.coreReal, value.isFinite, isValid(value) { return value }
    let rule = what.hasSuffix(";") ? what.dropLast() + ", not" : what + " must be a number, not"
    log.error(node.place, "\(rule) \(node.shown)")
    return nil
  }
}
