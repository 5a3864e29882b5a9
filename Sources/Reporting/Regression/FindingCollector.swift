import Records

/// Says what a comparison found, grouped by cause rather than by arm.
struct FindingCollector {
  let check: RegressionCheck

  var findings: [Finding] {
    versions + settings + data + training + measuring + evaluation + absent + gone + claims + notes
  }

  private var advice: String {
    "if this is meant: read the new report, then 'saddle accept \(check.plan.name)'"
  }

  private func risen(_ version: String) -> String {
    "if this is meant: raise \(version), sweep, read the new report, then 'saddle accept "
      + "\(check.plan.name)'"
  }

  private var compared: [ArmComparison] { check.arms.filter { $0.obstacle == nil } }

  private func ground(_ arms: [ArmComparison], among all: [ArmComparison]) -> String {
    CommonGround(arms.map(\.index), among: all.map(\.index), of: check.plan).text
  }

  // MARK: Other questions

  private var versions: [Finding] {
    let (old, new) = (check.accepted.conditions, check.fresh.conditions)
    var findings: [Finding] = []
    if old.numericsVersion != new.numericsVersion {
      findings.append(
        Finding(
          "not comparable: the baseline is of numericsVersion \(old.numericsVersion), and this "
            + "program has \(new.numericsVersion)", advice: advice))
    }
    if old.executor != new.executor {
      findings.append(
        Finding(
          "not comparable: the baseline is of the executor '\(old.executor)', and these records "
            + "of '\(new.executor)'", advice: advice))
    }
    return findings
  }

  private var settings: [Finding] {
    let changed = check.arms.filter { !$0.settings.isEmpty }
    return groups(changed) { $0.settings.map(\.text) }.map { texts, arms in
      Finding(
        "settings changed in \(ground(arms, among: check.arms)): "
          + texts.joined(separator: ", "), advice: advice)
    }
  }

  private var data: [Finding] {
    let changed = check.arms.filter { $0.obstacle == "the data changed" }
    if changed.isEmpty { return [] }
    return [
      Finding(
        "the content of the data files changed for \(ground(changed, among: check.arms))",
        ["settings, seeds and versions are the same, and the runs' ids are not"], advice: advice)
    ]
  }

  private var evaluation: [Finding] {
    let reasons = compared.filter { !$0.pairs.isEmpty }.flatMap(\.metrics).filter {
      $0.mark == .notComparable
    }
    return groups(reasons) { [$0.reason] }.map { reason, metrics in
      let names = unique(metrics.map(\.metric)).joined(separator: ", ")
      return Finding("measured otherwise (\(reason[0])), so not compared: \(names)", advice: advice)
    }
  }

  // MARK: Broken promises

  private var training: [Finding] {
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
    guard columns == check.fresh.traceColumns else { return [] }
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

  private var measuring: [Finding] {
    let changed = compared.filter { !$0.remeasured.isEmpty }
    let metrics = unique(changed.flatMap(\.remeasured).map(\.metric))
    return metrics.map { metric in
      let arms = changed.filter { $0.remeasured.contains { $0.metric == metric } }
      let isAlike = check.accepted.conditions.isMeasuredAlike(check.fresh.conditions)
      return Finding(
        "\(metric) changed although the weights are the same, in \(ground(arms, among: compared))",
        [
          isAlike
            ? "on machines of one fingerprint values must be equal to the last bit"
            : "between machines values must agree within 1e-9"
        ], advice: risen("evaluationVersion"))
    }
  }

  // MARK: What is not there

  private var absent: [Finding] {
    let runs = check.arms.flatMap(\.absent)
    if runs.isEmpty { return [] }
    let failed = runs.count { $0.state == .failed }
    let arms = check.arms.filter { !$0.absent.isEmpty }
    let retry = failed > 0 ? " --retry-failed" : ""
    return [
      Finding(
        "\(runs.count) of \(runs.count + check.arms.reduce(0) { $0 + $1.pairs.count }) runs have no "
          + "fresh result (\(runs.count - failed) missing, \(failed) failed): "
          + ground(arms, among: check.arms),
        advice: "missing runs are made by: \(check.sweepCommand)\(retry)")
    ]
  }

  private var gone: [Finding] {
    var findings: [Finding] = []
    let arms = check.accepted.arms.map(\.name)
    let goneArms = arms.filter { name in !check.fresh.arms.contains { $0.name == name } }
    if check.scope.isEveryArm, !goneArms.isEmpty {
      findings.append(
        Finding("accepted arms are gone: \(goneArms.joined(separator: "; "))", advice: advice))
    }
    let seeds = unique(check.arms.flatMap { $0.old.runs.map(\.seed) })
      .filter { !check.plan.seeds.contains($0) }
    if check.scope.isEverySeed, !seeds.isEmpty {
      let list = seeds.map(String.init).joined(separator: ", ")
      findings.append(Finding("accepted seeds are gone: \(list)", advice: advice))
    }
    let metrics = check.accepted.metrics.map(\.name)
      .filter { name in !check.fresh.metrics.contains { $0.name == name } }
    if !metrics.isEmpty {
      findings.append(
        Finding("accepted metrics are gone: \(metrics.joined(separator: ", "))", advice: advice))
    }
    return findings
  }

  private var claims: [Finding] {
    var findings: [Finding] = []
    for claim in check.accepted.claims {
      guard let now = check.fresh.claims.first(where: { $0.id == claim.id }) else {
        if check.scope.isEveryArm {
          findings.append(Finding("claim \(claim.id) is gone", advice: advice))
        }
        continue
      }
      if check.scope.isEveryArm, now.statement != claim.statement {
        findings.append(
          Finding(
            "claim \(claim.id) says something else",
            ["was: \(claim.statement)", "is now: \(now.statement)"], advice: advice))
      } else if now.verdict != claim.verdict {
        findings.append(
          Finding(note: "claim \(claim.id) was \(claim.verdict), is now \(now.verdict)")
        )
      }
    }
    return findings
  }

  // MARK: What fails nothing

  private var notes: [Finding] {
    var notes: [String] = []
    let arms = check.fresh.arms.map(\.name)
      .filter { name in !check.accepted.arms.contains { $0.name == name } }
    if !arms.isEmpty { notes.append("new arms: \(arms.joined(separator: "; "))") }
    let seeds = check.plan.seeds
      .filter { seed in !check.arms.contains { $0.old.runs.contains { $0.seed == seed } } }
    if !seeds.isEmpty, !check.arms.isEmpty {
      notes.append("new seeds: \(seeds.map(String.init).joined(separator: ", "))")
    }
    let metrics = check.fresh.metrics.map(\.name)
      .filter { name in !check.accepted.metrics.contains { $0.name == name } }
    if !metrics.isEmpty { notes.append("new metrics: \(metrics.joined(separator: ", "))") }
    return notes.map {
      Finding(note: "\($0): not guarded before the next 'saddle accept'")
    }
      + costs + machines
  }

  private var costs: [Finding] {
    let changed = compared.filter { arm in
      arm.pairs.contains { $0.old.steps == $0.new.steps && $0.old.operations != $0.new.operations }
    }
    guard let first = changed.first,
      let pair = first.pairs.first(where: { $0.old.operations != $0.new.operations })
    else { return [] }
    let (old, new) = (pair.old.operations, pair.new.operations)
    return [
      Finding(
        note: "counted operations changed in \(ground(changed, among: compared)): \(old) → \(new) "
          + "in arm '\(first.old.name)'")
    ]
  }

  private var machines: [Finding] {
    let (old, new) = (check.accepted.conditions, check.fresh.conditions)
    if old.isMeasuredAlike(new) || check.comparedRuns == 0 { return [] }
    return [
      Finding(
        note: "metrics are compared within 1e-9, weights exactly: accepted on "
          + "\(old.fingerprint ?? "unknown or several machines"), now on "
          + (new.fingerprint ?? "unknown or several machines"))
    ]
  }
}

// MARK: Groups

extension FindingCollector {
  /// Elements with equal keys together, in the order of their first.
  private func groups<Element>(
    _ elements: [Element], by key: (Element) -> [String]
  ) -> [([String], [Element])] {
    var groups: [([String], [Element])] = []
    for element in elements {
      let key = key(element)
      if let index = groups.firstIndex(where: { $0.0 == key }) {
        groups[index].1.append(element)
      } else {
        groups.append((key, [element]))
      }
    }
    return groups
  }

  private func unique<Element: Equatable>(_ elements: [Element]) -> [Element] {
    elements.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }
}
