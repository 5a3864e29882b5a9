import ArgumentParser
import Records
import Runner

struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan", abstract: "Checks an experiment file and shows what a sweep would do.")

  @OptionGroup var options: ExperimentOptions

  func run() throws {
    let plan = try options.plan()
    let settings = try options.settings()
    let identities = options.identities(plan, settings)
    let store = Store(options.store)
    var done = 0
    for arm in plan.arms {
      for seed in plan.seeds {
        let run = try identities.run(arm, seed: seed).id
        let evaluation = try identities.evaluation(arm, seed: seed).id
        if store.contains(.run, run), store.contains(.evaluation, evaluation) { done += 1 }
      }
    }
    print(Self.text(plan, done: done))
  }

  private static func text(_ plan: Plan, done: Int) -> String {
    let total = plan.arms.count * plan.seeds.count
    var lines = ["\(plan.name): \(plan.question)", ""]
    for axis in plan.axes {
      lines.append("  \(axis.name): \(axis.labels.joined(separator: ", "))")
    }
    lines.append("  seeds: \(plan.seeds.map(String.init).joined(separator: ", "))")
    let metrics = plan.metrics.map { metric in
      "\(metric.name) (\(metric.goal == .min ? "smaller" : "larger") is better"
        + (metric.isPrimary ? ", primary)" : ")")
    }
    lines.append("  metrics: \(metrics.joined(separator: ", "))")
    lines += ["", "\(plan.arms.count) arms × \(plan.seeds.count) seeds = \(total) runs, \(done) done"]
    for exclusion in plan.exclusions {
      let when = exclusion.when.map { "\($0.axis) \($0.label)" }.joined(separator: ", ")
      lines.append("left out: \(when) (\(exclusion.count) arms): \(exclusion.why)")
    }
    if let caution = significanceCaution(plan) { lines.append(caution) }
    lines += plan.warnings.map { "warning: \($0)" }
    return lines.joined(separator: "\n")
  }

  /// The smallest two-sided sign-flip p of n seeds is 2^(1−n), before any correction for the number of arms.
  private static func significanceCaution(_ plan: Plan) -> String? {
    let strata = Set(plan.arms.map(\.stratum)).sorted()
    let largest = strata.map { stratum in
      plan.arms.filter { $0.stratum == stratum && $0.baseline != nil && $0.baseline != $0.index }
        .count
    }.max() ?? 0
    guard largest > 0 else { return nil }
    var needed = 1
    var smallest = 1.0
    while smallest * Double(largest) > 0.05 {
      needed += 1
      smallest /= 2
    }
    guard plan.seeds.count < needed else { return nil }
    return "warning: \(plan.seeds.count) seeds cannot reach p ≤ .05 against \(largest) comparisons in a stratum (Holm); \(needed) can"
  }
}
