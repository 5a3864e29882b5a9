import Catalog

/// Reads the section `metrics`.
struct MetricsReader {
  let schema: ExperimentSchema
  let axes: [GridAxis]
  let log: DiagnosticLog
  private var table: EntryTable { schema.metrics }

  init(schema: ExperimentSchema, axes: [GridAxis], log: DiagnosticLog) {
    self.schema = schema
    self.axes = axes
    self.log = log
  }

  /// The keys of a metric that are not parameters of its table entry.
  private static let ownKeys = ["goal", "primary", "metric", "when"]

  /// A metric before it is known which one is primary.
  private struct Draft {
    let request: MetricRequest
    let place: Place
    let isMarked: Bool
  }

  /// The metrics in the order of the file, exactly one primary; `place` is where a missing section
  /// is reported.
  func metrics(_ section: LocatedNode.Member?, _ place: Place) -> [MetricRequest] {
    if let node = section?.value, !node.isNull, node.members == nil {
      log.error(
        node.place,
        "'metrics' must be a map from names to settings, for example {frechet: {goal: min}}, not "
          + node.shown)
      return []
    }
    guard let section, let members = section.value.members, !members.isEmpty else {
      log.error(
        section?.value.place ?? place,
        "'metrics' must name at least one metric, for example {frechet: {goal: min}}")
      return []
    }
    let drafts = members.compactMap(draft)
    let marked = drafts.filter(\.isMarked)
    if marked.count > 1 {
      let names = marked.map { "'\($0.request.name)'" }.joined(separator: " and ")
      log.error(marked[1].place, "only one metric can be primary, but \(names) are")
    }
    let primary = marked.first ?? drafts.first { $0.request.when.isEmpty } ?? drafts.first
    if let primary, !primary.request.when.isEmpty {
      log.error(
        primary.place,
        "the primary metric '\(primary.request.name)' cannot have 'when': verdicts need it for "
          + "every arm")
    }
    return drafts.map(\.request).map {
      MetricRequest(
        name: $0.name, metric: $0.metric, goal: $0.goal,
        isPrimary: $0.name == primary?.request.name, when: $0.when)
    }
  }

  private func draft(_ member: LocatedNode.Member) -> Draft? {
    guard let settings = member.value.members else {
      log.error(
        member.value.place,
        "metric '\(member.key)' must be a map such as {goal: min}, not \(member.value.shown)")
      return nil
    }
    let name = member.value.member("metric")?.value
    let entryName = name ?? LocatedNode(member.place, .scalar(member.key, isPlain: true))
    let goal = goal(member, of: entryName.scalarText ?? "")
    let isMarked = isMarked(member)
    let when = when(member)
    if let wrong = settings.first(where: { $0.key == table.selector }) {
      log.error(
        wrong.place, "unknown key '\(wrong.key)' in metric '\(member.key)'; did you mean 'metric'?")
    }
    let parameters = entryName.scalarText.flatMap { table[$0] }?.parameters.map(\.name) ?? []
    let others = settings.filter { setting in
      let key = setting.key
      if Self.ownKeys.contains(key) || key == table.selector { return false }
      guard !parameters.contains(key),
        let meant = Spelling.nearest(to: key, among: parameters + Self.ownKeys),
        Self.ownKeys.contains(meant)
      else { return true }
      log.error(
        setting.place, "unknown key '\(key)' in metric '\(member.key)'; did you mean '\(meant)'?")
      return false
    }
    let selector = LocatedNode.Member(table.selector, entryName.place, entryName)
    let node = LocatedNode(member.value.place, .map([selector] + others))
    let metric = Validation(log: log).entry(node, table, path: "metrics.\(member.key)")
    guard let goal, let isMarked, let when, let metric else { return nil }
    let request = MetricRequest(
      name: member.key, metric: metric, goal: goal, isPrimary: isMarked, when: when)
    return Draft(request: request, place: member.place, isMarked: isMarked)
  }

  private func goal(_ member: LocatedNode.Member, of entry: String) -> MetricRequest.Goal? {
    let usual = schema.goal(entry)
    guard let goal = member.value.member("goal")?.value else {
      if let usual { return usual }
      // An unknown entry is reported as such.
      guard table[entry] != nil else { return .min }
      log.error(member.value.place, "metric '\(member.key)' needs 'goal': min or max")
      return nil
    }
    if let value = goal.scalarText.flatMap(MetricRequest.Goal.init) {
      if let usual, value != usual {
        log.warning(
          goal.place,
          "metric '\(member.key)' has the goal \(value.rawValue), but of '\(entry)' "
            + "\(usual == .min ? "smaller" : "larger") values are better")
      }
      return value
    }
    log.error(goal.place, "'goal' must be min or max, not \(goal.shown)")
    return nil
  }

  /// The labels of the arms that the metric is asked of; none for every arm, nil after an error.
  private func when(_ member: LocatedNode.Member) -> [Coordinate]? {
    guard let when = member.value.member("when")?.value else { return [] }
    let reader = SelectionReader(axes: axes, log: log)
    return reader.selection(when, "'when'")?.meant(axes)
  }

  private func isMarked(_ member: LocatedNode.Member) -> Bool? {
    guard let primary = member.value.member("primary")?.value else { return false }
    if let value = primary.coreBoolean { return value }
    log.error(primary.place, "'primary' must be true or false, not \(primary.shown)")
    return nil
  }
}
