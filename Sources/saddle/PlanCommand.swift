import ArgumentParser
import Datasets
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
    do {
      try plan.checkData(identities)
      let done = try Self.done(plan, Store(options.store), identities)
      print(TerminalText.plain(Self.text(plan, done: "\(done) done")))
    } catch let error as DatasetError {
      print(TerminalText.plain(Self.text(plan, done: "done: not known without the data")))
      StandardError.print("warning: \(error)")
    }
  }

  private static func done(_ plan: Plan, _ store: Store, _ identities: Identities) throws -> Int {
    var done = 0
    for arm in plan.arms {
      for seed in plan.seeds {
        let run = try identities.run(arm, seed: seed).id
        let evaluation = try identities.evaluation(arm, seed: seed).id
        if store.contains(.run, run), store.contains(.evaluation, evaluation) { done += 1 }
      }
    }
    return done
  }

  private static func text(_ plan: Plan, done: String) -> String {
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
    lines.append("")
    lines.append(
      "\(Count.text(plan.arms.count, "arm")) × \(Count.text(plan.seeds.count, "seed")) = "
        + "\(Count.text(total, "run")), \(done)")
    for exclusion in plan.exclusions {
      let when = exclusion.when.map { "\($0.axis) \($0.label)" }.joined(separator: ", ")
      let arms = Count.text(exclusion.count, "arm")
      lines.append("left out: \(when) (\(arms)): \(exclusion.why)")
    }
    if let caution = significanceCaution(plan) { lines.append(caution) }
    lines += plan.diagnostics.map(\.description)
    return lines.joined(separator: "\n")
  }

  /// The smallest two-sided sign-flip p of n seeds is 2^(1−n), before any correction for the number of arms.
  private static func significanceCaution(_ plan: Plan) -> String? {
    let strata = Set(plan.arms.map(\.stratum)).sorted()
    let compared = plan.arms.filter { $0.baseline != nil && $0.baseline != $0.index }
    let largest =
      strata.map { stratum in
        compared.count { $0.stratum == stratum }
      }.max() ?? 0
    guard largest > 0 else { return nil }
    var needed = 1
    var smallest = 1.0
    while smallest * Double(largest) > 0.05 {
      needed += 1
      smallest /= 2
    }
    guard plan.seeds.count < needed else { return nil }
    return "warning: \(Count.text(plan.seeds.count, "seed")) cannot reach p ≤ .05 against "
      + "\(Count.text(largest, "comparison")) in a stratum (Holm); \(needed) can"
  }
}
