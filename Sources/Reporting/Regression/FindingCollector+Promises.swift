import Records

/// What the numerical contract promises and does not hold.
extension FindingCollector {
  /// Runs whose weights should be the same, and are not.
  var training: [Finding] {
    let changed = compared.filter { !$0.retrained.isEmpty }
    if changed.isEmpty { return [] }
    let runs = changed.flatMap(\.retrained)
    let diverging = runs.count { $0.old.state == .done && $0.new.state == .diverged }
    let finite = runs.count { $0.old.state == .diverged && $0.new.state == .done }
    var details = firstDifferences(changed)
    if diverging > 0 { details.append("\(diverging) of the runs that were finite diverge now") }
    if finite > 0 { details.append("\(finite) of the runs that diverged are finite now") }
    details.append(
      "settings, seeds and numericsVersion \(check.fresh.conditions.numericsVersion) are the same "
        + "and promise the same weights: the program computes something else")
    let total = compared.reduce(0) { $0 + $1.pairs.count }
    return [
      Finding(
        "training changed in \(ground(changed, among: compared)) "
          + "(\(runs.count) of \(total) runs have other weights)", details,
        advice: risen("numericsVersion"))
    ]
  }

  /// Where the histories of the arms part, the most frequent place first.
  private func firstDifferences(_ changed: [ArmComparison]) -> [String] {
    let columns = check.accepted.traceColumns
    guard columns == check.fresh.traceColumns else {
      return ["no first difference: histories have other columns than when this was accepted"]
    }
    var found: [(arm: ArmComparison, difference: FirstDifference)] = []
    var unseen = 0
    for arm in changed where arm.pairs.contains(where: { $0.old.seed == check.accepted.traceSeed })
    {
      if let difference = FirstDifference(arm.old.trace, arm.new.trace, columns: columns) {
        found.append((arm, difference))
      } else {
        unseen += 1
      }
    }
    let places = groups(found) { ["\($0.difference.step)", $0.difference.column] }.map(\.1)
      .enumerated().sorted { ($1.element.count, $0.offset) < ($0.element.count, $1.offset) }
    var lines = places.prefix(3).flatMap { _, arms -> [String] in
      guard let first = arms.first else { return [] }
      let others = arms.count - 1
      let more = others == 0 ? "" : " and in \(others) more \(others == 1 ? "arm" : "arms")"
      return [
        "first difference: \(first.difference.text)",
        "seen in arm '\(first.arm.old.name)', seed \(check.accepted.traceSeed)\(more)",
      ]
    }
    if places.count > 3 { lines.append("and \(places.count - 3) more places") }
    if unseen > 0 {
      lines.append(
        "no difference at any kept step of seed \(check.accepted.traceSeed) in \(unseen) "
          + (unseen == 1 ? "arm" : "arms"))
    }
    return lines
  }

  /// Metrics that differ although the weights are the same.
  var measuring: [Finding] {
    let changed = compared.filter { !$0.remeasured.isEmpty }
    let metrics = unique(changed.flatMap(\.remeasured).map(\.metric))
    return metrics.map { metric in
      let arms = changed.filter { $0.remeasured.contains { $0.metric == metric } }
      let isAlike = check.accepted.conditions.isMeasuredAlike(check.fresh.conditions)
      return Finding(
        "metric \(metric) changed although the weights are the same, in "
          + ground(arms, among: compared),
        [
          isAlike
            ? "on machines of one fingerprint values must be equal to the last bit"
            : "between machines values must agree within 1e-9"
        ], advice: risen("evaluationVersion"))
    }
  }
}
