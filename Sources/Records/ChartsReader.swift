/// Reads the section `report`.
struct ChartsReader {
  let axes: [GridAxis]
  let metricNames: [String]
  let log: DiagnosticLog

  private static let kinds =
    ["curve", "losses", "heatmap", "scatter"] + PictureKind.allCases.map(\.chart)

  /// The charts in the order of the file; those with errors are left out.
  func charts(_ section: LocatedNode.Member?) -> [ChartRequest] {
    guard let section, !section.value.isNull,
      let map = KeyedMap(section.value, "'report'", keys: ["charts"], log: log),
      let charts = map["charts"]?.value
    else { return [] }
    guard let items = charts.items else {
      log.error(charts.place, "'charts' must be a list, not \(charts.shown)")
      return []
    }
    return items.compactMap(chart)
  }

  private func chart(_ node: LocatedNode) -> ChartRequest? {
    if let word = node.scalarText { return chart(named: word, node.place) }
    let keys = Self.kinds + ["facet", "rows", "columns"]
    guard let map = KeyedMap(node, "a chart", keys: keys, log: log) else { return nil }
    let kinds = Self.kinds.filter { map[$0] != nil }
    guard kinds.count == 1, let kind = kinds.first else {
      log.error(node.place, "a chart needs one of: " + Self.kinds.joined(separator: ", "))
      return nil
    }
    guard refuseOptions(map, of: kind) else { return nil }
    switch kind {
    case "curve":
      return map[kind].flatMap { metric($0.value) }.flatMap { metric in
        axis(map["facet"]).map { .curve(metric: metric, facet: $0) }
      }
    case "heatmap":
      guard let metric = map[kind].flatMap({ metric($0.value) }),
        let rows = axis(map["rows"]), let columns = axis(map["columns"])
      else { return nil }
      if let rows, rows == columns {
        log.error(node.place, "'rows' and 'columns' must be two axes, not '\(rows)' twice")
        return nil
      }
      return .heatmap(metric: metric, rows: rows, columns: columns)
    default:
      guard let word = map[kind], isAll(word) else { return nil }
      if kind == "losses" { return axis(map["facet"]).map { .losses(facet: $0) } }
      return chart(named: kind, node.place)
    }
  }

  private func chart(named word: String, _ place: Place) -> ChartRequest? {
    if let kind = PictureKind.allCases.first(where: { $0.chart == word }) {
      return .pictures(kind)
    }
    switch word {
    case "losses": return .losses(facet: nil)
    case "scatter": return .scatter
    case "curve", "heatmap":
      log.error(place, "'\(word)' needs a metric: write {\(word): \(metricNames.first ?? "…")}")
    default:
      log.error(place, "unknown chart '\(word)'" + Spelling.hint(for: word, among: Self.kinds))
    }
    return nil
  }

  private func refuseOptions(_ map: KeyedMap, of kind: String) -> Bool {
    let allowed =
      switch kind {
      case "curve", "losses": ["facet"]
      case "heatmap": ["rows", "columns"]
      default: [String]()
      }
    let wrong = ["facet", "rows", "columns"].compactMap { map[$0] }
      .filter { !allowed.contains($0.key) }
    for member in wrong { log.error(member.place, "a chart '\(kind)' has no '\(member.key)'") }
    return wrong.isEmpty
  }

  private func isAll(_ member: LocatedNode.Member) -> Bool {
    if member.value.scalarText == "all" { return true }
    log.error(member.value.place, "'\(member.key)' must be all, not \(member.value.shown)")
    return false
  }

  private func metric(_ node: LocatedNode) -> String? {
    if let name = node.scalarText, metricNames.contains(name) { return name }
    let hint = Spelling.hint(for: node.scalarText ?? "", among: metricNames)
    log.error(node.place, "'metrics' has no \(node.shown)" + hint)
    return nil
  }

  /// The name of an axis, nil inside when the member is missing, nil outside after an error.
  private func axis(_ member: LocatedNode.Member?) -> String?? {
    guard let node = member?.value else { return .some(nil) }
    if let name = node.scalarText, axes.contains(where: { $0.name == name }) { return name }
    let hint = Spelling.hint(for: node.scalarText ?? "", among: axes.map(\.name))
    log.error(node.place, "there is no axis \(node.shown)" + hint)
    return nil
  }
}
