import Catalog
import Records
import Runner

extension PlanSummary {
  /// The summary for scripts.
  ///
  /// - Parameter withSettings: whether arms have their complete settings beside those that are not at their default.
  func json(withSettings: Bool) -> Value {
    .map([
      "experiment": .text(plan.name), "file": .text(plan.file), "question": .text(plan.question),
      "adHoc": .boolean(plan.isAdHoc),
      "axes": .list(
        plan.axes.map { axis in
          .map(["name": .text(axis.name), "labels": .list(axis.labels.map(Value.text))])
        }),
      "seeds": .list(plan.seeds.map(Value.integer)),
      "metrics": .list(plan.metrics.map(Self.json)),
      "arms": .list(plan.arms.map { json($0, withSettings: withSettings) }),
      "leftOut": .list(plan.exclusions.map(Self.json)),
      "warnings": .list(warnings.map(Value.text)),
      "runs": status.map(\.json) ?? .null,
      "cost": cost,
    ])
  }

  private static func json(_ metric: MetricRequest) -> Value {
    .map([
      "name": .text(metric.name), "metric": metric.metric, "goal": .text(metric.goal.rawValue),
      "primary": .boolean(metric.isPrimary),
    ])
  }

  private static func json(_ exclusion: Exclusion) -> Value {
    let when = exclusion.when.map { coordinate in
      Value.map(["axis": .text(coordinate.axis), "label": .text(coordinate.label)])
    }
    return .map([
      "when": .list(when), "why": .text(exclusion.why), "arms": .integer(exclusion.count),
    ])
  }

  private func json(_ arm: Arm, withSettings: Bool) -> Value {
    var members: ValueMap = [
      "name": .text(arm.name),
      "labels": .list(arm.labels.map { $0.map(Value.text) ?? .null }),
      "included": .boolean(arm.includedName != nil), "stratum": .integer(arm.stratum),
      "baseline": arm.baseline.map(Value.integer) ?? .null, "configuration": arm.canonical,
      "operations": costs.map { .integer($0.operations[arm.index]) } ?? .null,
      "runs": plan.json(runsOf: arm, status),
    ]
    if withSettings { members["settings"] = arm.configuration }
    return .map(members)
  }

  private var cost: Value {
    guard let costs, let operations, let remaining else { return .null }
    var members: ValueMap = [
      "operations": .real(operations), "remaining": .real(remaining),
      "exact": .boolean(costs.isExact), "jobs": .integer(jobs), "threads": .integer(threads),
      "seconds": seconds.map(Value.real) ?? .null, "operationsPerSecond": .null,
      "rateFrom": .null,
    ]
    if let rate {
      members["operationsPerSecond"] = .real(rate.operationsPerSecond)
      members["rateFrom"] = .text(rate.word)
    }
    return .map(members)
  }
}

extension TrainingRate {
  fileprivate var word: String {
    switch source {
    case .records: "records"
    case .measurement: "measurement"
    }
  }
}
