import Records
import Reporting
import Runner

extension PlanSummary {
  /// The summary for people.
  func text(withArms: Bool) -> String {
    var lines = ["\(plan.name): \(plan.question)", ""]
    for axis in plan.axes { lines.append("  \(axis.name): \(Self.list(axis.labels))") }
    lines.append("  seeds: \(Self.list(plan.seeds.map(String.init)))")
    let metrics = plan.metrics.map { metric in
      "\(metric.name) (\(metric.goal == .min ? "smaller" : "larger") is better"
        + (metric.isPrimary ? ", primary)" : ")")
    }
    lines += ["  metrics: \(metrics.joined(separator: ", "))", ""]
    if withArms { lines += ArmListing(plan, status).lines + [""] }
    lines.append(size)
    if let cost { lines.append(cost) }
    for exclusion in plan.exclusions {
      let when = exclusion.when.map { "\($0.axis) \($0.label)" }.joined(separator: ", ")
      let arms = Count.text(exclusion.count, "arm")
      lines.append("left out: \(when) (\(arms)): \(exclusion.why)")
    }
    lines += warnings
    return lines.joined(separator: "\n")
  }

  /// Some words; of very many only the first and the last.
  private static func list(_ words: [String]) -> String {
    guard words.count > 30 else { return words.joined(separator: ", ") }
    let ends = words.prefix(3) + ["…"] + words.suffix(1)
    return ends.joined(separator: ", ") + " (\(words.count) values)"
  }

  private var size: String {
    let total = plan.arms.count * plan.seeds.count
    let size =
      "\(Count.text(plan.arms.count, "arm")) × \(Count.text(plan.seeds.count, "seed")) = "
      + "\(Count.text(total, "run"))"
    guard let status else { return "\(size); which are done is not known without the data" }
    let states = RunStatus.allCases.filter { $0 == .done || status.count($0) > 0 }
    return "\(size): " + states.map { "\(status.count($0)) \($0.words)" }.joined(separator: ", ")
  }

  /// What training takes; nil where it is not known.
  private var cost: String? {
    guard let costs, let operations, let remaining else { return nil }
    let about = costs.isExact ? "" : "about "
    let all = "training: \(about)\(NumberText.operations(operations)) in all"
    guard remaining > 0 else { return "\(all), nothing left" }
    let left = remaining == operations ? all : "\(all), \(NumberText.operations(remaining)) left"
    guard let seconds, let rate else {
      return "\(left); a step is too long for a measurement of the time"
    }
    let workers = Count.text(jobs, "worker")
    let sharing = threads > 1 ? " and \(threads) threads a run" : ""
    return "\(left); about \(TimeText.text(seconds)) with \(workers)\(sharing), "
      + "by \(rate.words)"
  }
}

extension TrainingRate {
  /// Where the rate comes from, in words.
  fileprivate var words: String {
    let speed = NumberText.operations(operationsPerSecond) + "/s"
    return switch source {
    case .records(let count): "the \(speed) of \(Count.text(count, "finished run"))"
    case .measurement: "a measurement of \(speed) just now"
    }
  }
}
