import Catalog
import Foundation
import Records
import Runner

/// How far each run of an experiment is, or, without the data on which their ids depend, that this is not known.
struct ExperimentStatus {
  /// A run that gave no result.
  struct Failure {
    let run: PlannedRun
    /// The path of its log.
    let log: String
    /// The log's first line.
    let message: String
  }

  /// What a store has of an experiment.
  struct Findings {
    let status: PlanStatus
    let failures: [Failure]
    /// The folders of the plan's records that are in quarantine.
    let quarantined: [String]
  }

  let plan: Plan
  private let options: ExperimentOptions
  /// What the store has; nil where ids are not known for want of data.
  private(set) var findings: Findings?

  init(_ plan: Plan, _ options: ExperimentOptions) {
    self.plan = plan
    self.options = options
  }

  /// Looks at data and records.
  ///
  /// - Throws: `DatasetError` where the data are missing.
  mutating func look(_ store: Store, _ contents: StoreContents, _ identities: Identities)
    async throws
  {
    findings = await Findings(try await identities.runs(), contents, store)
  }

  // MARK: Text

  /// The most failures that are shown.
  private static let mostFailures = 20

  /// The status for people: a row per arm, with a character per seed.
  var text: String {
    let size =
      "\(plan.name): \(Count.text(plan.arms.count, "arm")) × "
      + "\(Count.text(plan.seeds.count, "seed")) = "
      + Count.text(plan.arms.count * plan.seeds.count, "run")
    guard let findings else { return "\(size); which are done is not known without the data" }
    let (status, failures) = (findings.status, findings.failures)
    var lines = ["\(size): \(counts(status))", ""] + rows(status) + ["", legend(status)]
    if !failures.isEmpty { lines += ["", "failed:"] + failureLines(failures) }
    if !findings.quarantined.isEmpty {
      lines += ["", "in quarantine, since they did not match their sums:"]
      lines += findings.quarantined.prefix(Self.mostFailures).map { "  \($0)" }
    }
    return (lines + ["", "next: \(nextCommand(findings))"]).joined(separator: "\n")
  }

  private func counts(_ status: PlanStatus) -> String {
    RunStatus.allCases.filter { $0 == .done || status.count($0) > 0 }
      .map { "\(status.count($0)) \($0.words)" }.joined(separator: ", ")
  }

  private func rows(_ status: PlanStatus) -> [String] {
    let width = plan.arms.map { TerminalText.width($0.name) }.max() ?? 0
    return plan.arms.map { arm in
      let padding = String(repeating: " ", count: width - TerminalText.width(arm.name))
      return "  \(arm.name)\(padding)  \(cells(plan.entries(of: arm, status).map(\.status)))"
    }
  }

  /// A character per seed; with many seeds the number of runs in each state.
  private func cells(_ states: [RunStatus]) -> String {
    if states.count <= 32 { return String(states.map(\.character)) }
    return RunStatus.allCases.compactMap { state in
      let count = states.count { $0 == state }
      return count == 0 ? nil : "\(count) \(state.words)"
    }.joined(separator: ", ")
  }

  private func legend(_ status: PlanStatus) -> String {
    guard plan.seeds.count <= 32 else { return "seeds: \(plan.seeds.count)" }
    let used = RunStatus.allCases.filter { status.count($0) > 0 }
    return "seeds \(plan.seeds.map(String.init).joined(separator: ", ")) from left to right; "
      + used.map { "\($0.character) \($0.words)" }.joined(separator: "  ")
  }

  private func failureLines(_ failures: [Failure]) -> [String] {
    let shown = failures.prefix(Self.mostFailures).flatMap { failure in
      [
        "  \(plan.arms[failure.run.arm].name) · seed \(failure.run.seed): \(failure.message)",
        "    \(failure.log)",
      ]
    }
    let more = failures.count - Self.mostFailures
    return shown + (more > 0 ? ["  and \(more) more"] : [])
  }

  private func nextCommand(_ findings: Findings) -> String {
    let unfinished = [RunStatus.missing, .partial, .unmeasured]
    if findings.status.entries.contains(where: { unfinished.contains($0.status) }) {
      return options.command("sweep")
    }
    return findings.failures.isEmpty
      ? options.command("report") : options.command("sweep", "--retry-failed")
  }

  // MARK: JSON

  /// The status for scripts.
  var json: Value {
    let arms = plan.arms.map { arm -> Value in
      .map(["name": .text(arm.name), "runs": plan.json(runsOf: arm, findings?.status)])
    }
    let failures = findings?.failures.map { failure -> Value in
      .map([
        "arm": .text(plan.arms[failure.run.arm].name), "seed": .integer(failure.run.seed),
        "id": .text(failure.run.id), "message": .text(failure.message), "log": .text(failure.log),
      ])
    }
    return .map([
      "experiment": .text(plan.name), "runs": findings?.status.json ?? .null, "arms": .list(arms),
      "failures": failures.map(Value.list) ?? .null,
      "quarantined": findings.map { .list($0.quarantined.map(Value.text)) } ?? .null,
    ])
  }
}

extension ExperimentStatus.Findings {
  fileprivate init(_ runs: [PlannedRun], _ contents: StoreContents, _ store: Store) async {
    status = await PlanStatus(runs, in: contents, of: store, tellsDiverged: true)
    failures = status.entries.filter { $0.status == .failed }.map { entry in
      let log = (try? store.failureLog(entry.run.id)) ?? nil
      let line = (log ?? []).prefix { $0 != UInt8(ascii: "\n") }
      return ExperimentStatus.Failure(
        run: entry.run, log: "\(store.path)/failed/\(entry.run.id)/log.txt",
        message: String(decoding: line.prefix(500), as: UTF8.self))
    }
    let ids = Set(runs.flatMap { [$0.id, $0.evaluation] })
    quarantined = contents.quarantined.filter { name in
      name.split(separator: "-").contains { ids.contains(String($0)) }
    }.map { "\(store.path)/quarantine/\($0)" }
  }
}
