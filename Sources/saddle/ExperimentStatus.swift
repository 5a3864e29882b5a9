import Catalog
import Foundation
import Records
import Runner

/// How far each run of an experiment is.
struct ExperimentStatus {
  /// A run that gave no result.
  struct Failure {
    let run: PlannedRun
    /// The path of its log.
    let log: String
    /// The log's first line.
    let message: String
  }

  let plan: Plan
  let status: PlanStatus
  let failures: [Failure]
  /// The folders of the plan's records that are in quarantine.
  let quarantined: [String]
  private let name: String

  /// - Parameter name: the experiment as the user called it.
  ///
  /// - Throws: `DatasetError` where data are missing, without which no run's id is known.
  init(
    _ plan: Plan, _ identities: Identities, in contents: StoreContents, of store: Store,
    named name: String
  ) async throws {
    self.plan = plan
    self.name = name
    let runs = try await identities.runs()
    status = await PlanStatus(runs, in: contents, of: store, tellsDiverged: true)
    failures = status.entries.filter { $0.status == .failed }.map { entry in
      let log = (try? store.failureLog(entry.run.id)) ?? nil
      let line = (log ?? []).prefix { $0 != UInt8(ascii: "\n") }
      return Failure(
        run: entry.run, log: "\(store.path)/failed/\(entry.run.id)/log.txt",
        message: String(decoding: line.prefix(500), as: UTF8.self))
    }
    let ids = Set(runs.flatMap { [$0.id, $0.evaluation] })
    quarantined = contents.quarantined.filter { name in
      name.split(separator: "-").contains { ids.contains(String($0)) }
    }.map { "\(store.path)/quarantine/\($0)" }
  }

  // MARK: Text

  /// The most failures that are shown.
  private static let mostFailures = 20

  /// The status for people: a row per arm, with a character per seed.
  var text: String {
    let total = status.entries.count
    var lines = [
      "\(plan.name): \(Count.text(plan.arms.count, "arm")) × "
        + "\(Count.text(plan.seeds.count, "seed")) = \(Count.text(total, "run")): \(counts)",
      "",
    ]
    lines += rows + [""]
    lines.append(legend)
    if !failures.isEmpty { lines += ["", "failed:"] + failureLines }
    if !quarantined.isEmpty {
      lines += ["", "in quarantine, since they did not match their sums:"]
      lines += quarantined.prefix(Self.mostFailures).map { "  \($0)" }
    }
    return (lines + ["", hint]).joined(separator: "\n")
  }

  private var counts: String {
    RunStatus.allCases.filter { $0 == .done || status.count($0) > 0 }
      .map { "\(status.count($0)) \($0.words)" }.joined(separator: ", ")
  }

  private var rows: [String] {
    let width = plan.arms.map { TerminalText.width($0.name) }.max() ?? 0
    return plan.arms.map { arm in
      let padding = String(repeating: " ", count: width - TerminalText.width(arm.name))
      return "  \(arm.name)\(padding)  \(cells(of: arm))"
    }
  }

  /// A character per seed; with many seeds the number of runs in each state.
  private func cells(of arm: Arm) -> String {
    let first = arm.index * plan.seeds.count
    let states = status.entries[first..<first + plan.seeds.count].map(\.status)
    if states.count <= 32 { return String(states.map(\.character)) }
    return RunStatus.allCases.compactMap { state in
      let count = states.count { $0 == state }
      return count == 0 ? nil : "\(count) \(state.words)"
    }.joined(separator: ", ")
  }

  private var legend: String {
    guard plan.seeds.count <= 32 else { return "seeds: \(plan.seeds.count)" }
    let used = RunStatus.allCases.filter { status.count($0) > 0 }
    return "seeds \(plan.seeds.map(String.init).joined(separator: ", ")) from left to right; "
      + used.map { "\($0.character) \($0.words)" }.joined(separator: "  ")
  }

  private var failureLines: [String] {
    let shown = failures.prefix(Self.mostFailures).flatMap { failure in
      [
        "  \(plan.arms[failure.run.arm].name) · seed \(failure.run.seed): \(failure.message)",
        "    \(failure.log)",
      ]
    }
    let more = failures.count - Self.mostFailures
    return shown + (more > 0 ? ["  and \(more) more"] : [])
  }

  /// The command to type next.
  private var hint: String {
    let left = [RunStatus.missing, .partial, .unmeasured].reduce(0) { $0 + status.count($1) }
    let word = ShellText.quoted(name)
    if left > 0 { return "next: saddle sweep \(word)" }
    return failures.isEmpty
      ? "next: saddle report \(word)" : "next: saddle sweep \(word) --retry-failed"
  }

  // MARK: JSON

  /// The status for scripts.
  var json: Value {
    let arms = plan.arms.map { arm -> Value in
      let first = arm.index * plan.seeds.count
      let runs = status.entries[first..<first + plan.seeds.count].map(\.json)
      return .map(["name": .text(arm.name), "runs": .list(runs)])
    }
    let failures = failures.map { failure -> Value in
      .map([
        "arm": .text(plan.arms[failure.run.arm].name), "seed": .integer(failure.run.seed),
        "id": .text(failure.run.id), "message": .text(failure.message), "log": .text(failure.log),
      ])
    }
    return .map([
      "experiment": .text(plan.name), "runs": status.json, "arms": .list(arms),
      "failures": .list(failures), "quarantined": .list(quarantined.map(Value.text)),
    ])
  }
}

extension RunStatus {
  /// One character for a table.
  var character: Character {
    switch self {
    case .done: "+"
    case .diverged: "D"
    case .unmeasured: "m"
    case .failed: "F"
    case .partial: "/"
    case .missing: "."
    }
  }
}

/// Words of a command that a reader may paste into a shell.
enum ShellText {
  /// The word, quoted unless it is plain.
  static func quoted(_ word: String) -> String {
    let isPlain = word.unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || $0.properties.numericType != nil
        || "-_./".unicodeScalars.contains($0)
    }
    return isPlain && !word.isEmpty && !word.hasPrefix("-")
      ? word : "'\(word.replacing("'", with: "'\\''"))'"
  }
}
