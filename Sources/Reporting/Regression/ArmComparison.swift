import Catalog
import Records

/// One accepted arm beside the fresh one of the same name.
struct ArmComparison: Sendable {
  /// The arm as it was accepted.
  let old: Baseline.ArmRecord
  /// The arm as it is now.
  let new: Baseline.ArmRecord
  /// Its index in the plan.
  let index: Int
  /// The settings of training that differ.
  let settings: [SettingsDifference]
  /// The settings of evaluation that differ.
  let evaluation: [SettingsDifference]
  /// Runs with a result on both sides, by seed.
  let pairs: [(old: Baseline.Run, new: Baseline.Run)]
  /// Accepted seeds that the experiment asks for and that have no fresh result.
  let absent: [Baseline.Run]
  /// Whether its runs have other ids for no reason but the content of data files.
  let hasOtherData: Bool
  /// Why its runs are not the same runs; nil when they are.
  let obstacle: String?
  /// The metrics that were asked of it when it was accepted and that the experiment still has, in the order of the
  /// baseline.
  let metrics: [MetricComparison]
  /// The names of accepted metrics that are asked of it only now.
  let newlyAsked: [String]

  /// Compares an arm.
  init(
    _ old: Baseline.ArmRecord, _ new: Baseline.ArmRecord, index: Int, accepted: Baseline,
    fresh: Baseline, schema: ExperimentSchema
  ) {
    let type = ParameterType.group(schema.configuration)
    let settings = SettingsDifference.all(old.settings, new.settings, type: type)
    let evaluation = SettingsDifference.all(old.evaluation, new.evaluation, type: type)
    var pairs: [(old: Baseline.Run, new: Baseline.Run)] = []
    var absent: [Baseline.Run] = []
    for run in old.runs {
      guard let other = new.runs.first(where: { $0.seed == run.seed }) else { continue }
      if other.hasResult { pairs.append((run, other)) } else { absent.append(other) }
    }
    var obstacle = accepted.conditions.obstacle(to: fresh.conditions)
    if obstacle == nil, !settings.isEmpty { obstacle = "settings changed" }
    hasOtherData = obstacle == nil && pairs.contains { $0.old.id != $0.new.id }
    if hasOtherData { obstacle = "the data changed" }
    let isMeasuredAlike = accepted.conditions.isMeasuredAlike(fresh.conditions)
    metrics = accepted.metrics.enumerated().compactMap { column, metric in
      guard old.asked.contains(metric.name),
        let position = fresh.metrics.firstIndex(where: { $0.name == metric.name })
      else { return nil }
      var reason = obstacle ?? accepted.conditions.evaluationObstacle(to: fresh.conditions)
      if reason == nil, !evaluation.isEmpty { reason = evaluation[0].text }
      if reason == nil { reason = metric.obstacle(to: fresh.metrics[position], schema) }
      if !new.asked.contains(metric.name) { reason = reason ?? "not asked of this arm any more" }
      if pairs.isEmpty { reason = reason ?? "no fresh result" }
      return MetricComparison(
        metric, runs: pairs, column: (column, position), obstacle: reason, isExact: isMeasuredAlike)
    }
    newlyAsked = accepted.metrics.map(\.name)
      .filter { new.asked.contains($0) && !old.asked.contains($0) }
    self.old = old
    self.new = new
    self.index = index
    self.settings = settings
    self.evaluation = evaluation
    self.pairs = pairs
    self.absent = absent
    self.obstacle = obstacle
  }
}

extension ArmComparison {
  /// How many runs were compared.
  var comparedRuns: Int { obstacle == nil ? pairs.count : 0 }

  /// The runs that should have equal weights and do not.
  var retrained: [(old: Baseline.Run, new: Baseline.Run)] {
    obstacle == nil ? pairs.filter { $0.old.digest != $0.new.digest } : []
  }

  /// Metrics whose values differ although the weights are the same.
  var remeasured: [MetricComparison] {
    guard obstacle == nil, retrained.isEmpty else { return [] }
    return metrics.filter { ![.equal, .notComparable].contains($0.mark) }
  }

  /// Whether nothing is to be said of it.
  var isEqual: Bool {
    absent.isEmpty && retrained.isEmpty && !metrics.contains { $0.mark != .equal }
  }
}

extension Baseline.Conditions {
  /// Why runs under these conditions are not those under others; nil when they are.
  func obstacle(to other: Self) -> String? {
    if numericsVersion != other.numericsVersion {
      return "numericsVersion: \(numericsVersion) → \(other.numericsVersion)"
    }
    return executor == other.executor ? nil : "executor: \(executor) → \(other.executor)"
  }

  /// Why values under these conditions are not those under others; nil when they are.
  fileprivate func evaluationObstacle(to other: Self) -> String? {
    evaluationVersion == other.evaluationVersion
      ? nil : "evaluationVersion: \(evaluationVersion) → \(other.evaluationVersion)"
  }

  /// Whether equal weights must give equal values to the last bit.
  func isMeasuredAlike(_ other: Self) -> Bool {
    fingerprint != nil && fingerprint == other.fingerprint
  }
}

extension Baseline.Metric {
  /// Why values of this metric are not those of another; nil when they are.
  fileprivate func obstacle(to other: Self, _ schema: ExperimentSchema) -> String? {
    if goal != other.goal { return "goal: \(goal.rawValue) → \(other.goal.rawValue)" }
    let type = ParameterType.entry(schema.metrics)
    return SettingsDifference.all(settings, other.settings, type: type).first
      .map { $0.key.isEmpty ? "\(name): \($0.old) → \($0.new)" : "\(name).\($0.text)" }
  }
}
