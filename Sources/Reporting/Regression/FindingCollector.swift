import Records

/// Says what a comparison found, grouped by cause rather than by arm.
struct FindingCollector {
  let check: RegressionCheck

  /// All findings, those of one kind together.
  var findings: [Finding] {
    versions + settings + data + training + measuring + evaluation + primary + absent + gone
      + claims + notes
  }

  private var advice: String {
    "if this is meant: read the new report, then 'saddle accept \(check.plan.name)'"
  }

  func risen(_ version: String) -> String {
    "if this is meant: raise \(version), sweep, read the new report, then 'saddle accept "
      + "\(check.plan.name)'"
  }

  var compared: [ArmComparison] { check.arms.filter { $0.obstacle == nil } }

  func ground(_ arms: [ArmComparison], among all: [ArmComparison]) -> String {
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
    let changed = check.arms.filter(\.hasOtherData)
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

  /// Another primary metric, on which all verdicts rest.
  private var primary: [Finding] {
    let names = [check.accepted, check.fresh].map { $0.metrics.first(where: \.isPrimary)?.name }
    guard let old = names[0], let new = names[1], old != new else { return [] }
    return [Finding("the primary metric changed: \(old) → \(new)", advice: advice)]
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
    let known = Set(check.fresh.arms.map(\.name))
    let goneArms = check.accepted.arms.map(\.name).filter { !known.contains($0) }
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
    let known = Set(check.accepted.arms.map(\.name))
    let arms = check.fresh.arms.map(\.name).filter { !known.contains($0) }
    if !arms.isEmpty { notes.append("new arms: \(arms.joined(separator: "; "))") }
    let seeds = check.plan.seeds
      .filter { seed in !check.arms.contains { $0.old.runs.contains { $0.seed == seed } } }
    if !seeds.isEmpty, !check.arms.isEmpty {
      notes.append("new seeds: \(seeds.map(String.init).joined(separator: ", "))")
    }
    let metrics = check.fresh.metrics.map(\.name)
      .filter { name in !check.accepted.metrics.contains { $0.name == name } }
    if !metrics.isEmpty { notes.append("new metrics: \(metrics.joined(separator: ", "))") }
    let asked = check.arms.filter { !$0.newlyAsked.isEmpty }
    for (names, arms) in groups(asked, by: \.newlyAsked) {
      notes.append(
        "new for \(ground(arms, among: check.arms)): metrics \(names.joined(separator: ", "))")
    }
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
  func groups<Element>(
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

  func unique<Element: Equatable>(_ elements: [Element]) -> [Element] {
    elements.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }
}
