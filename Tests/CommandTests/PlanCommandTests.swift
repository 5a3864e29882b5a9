import Foundation
import Testing

/// What `plan` says to people and to scripts.
@Suite(.needsCommand, .tags(.command)) struct PlanCommandTests {
  /// What of `plan --json` the tests look at.
  private struct Document: Decodable {
    struct Arm: Decodable {
      let name: String
      let labels: [String?]
      let baseline: Int?
      let operations: Int?
      let runs: [Run]
    }
    struct Run: Decodable {
      let seed: Int
      let id: String?
      let state: String?
    }
    struct Cost: Decodable {
      let operations: Double
      let remaining: Double
      let exact: Bool
      let jobs: Int
      let seconds: Double?
      let rateFrom: String?
    }
    let arms: [Arm]
    let runs: [String: Int]?
    let cost: Cost?
    let warnings: [String]
  }

  private func document(_ space: Workspace, _ arguments: String...) async throws -> Document {
    let result = try await space.saddle(["plan", "tiny", "--json"] + arguments)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.count { $0 == "\n" } == 1)
    return try JSONDecoder().decode(Document.self, from: Data(result.output.utf8))
  }

  @Test func saysWhatASweepWouldDo() async throws {
    let space = try Workspace()
    let before = try await space.saddle("plan", "tiny", "--jobs", "2")
    #expect(before.status == 0)
    let lines = before.output.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(
      lines.prefix(7).joined(separator: "\n") == """
        tiny: Does a penalty help?

          regularizer: none, r1
          seeds: 0, 1, 2
          metrics: frechet (smaller is better, primary)

        2 arms × 3 seeds = 6 runs: 0 done, 6 missing
        """)
    let cost = /training: [0-9.]+ MFLOP in all; about 1 s with 2 workers, by a measurement of .*/
    #expect(lines[7].wholeMatch(of: cost) != nil, "\(lines[7])")
    #expect(
      lines.dropFirst(8) == [
        "warning: 3 seeds cannot reach p ≤ .05 against 1 comparison in a stratum (Holm); 6 can", "",
      ])
    #expect(!space.exists("results"))
    try await space.saddle("sweep", "tiny")
    let after = try await space.saddle("plan", "tiny").output
    #expect(after.contains("= 6 runs: 6 done\n"))
    #expect(after.contains(" in all, nothing left\n"))
    let some = try await space.saddle("plan", "tiny", "--only", "regularizer=r1", "--seeds", "5")
    #expect(some.output.contains("1 arm × 5 seeds = 5 runs: 3 done, 2 missing\n"))
  }

  /// The operations that records have are those that the plan counts.
  @Test func documentsHaveWhatRecordsHave() async throws {
    let space = try Workspace()
    let before = try await document(space, "--jobs", "3")
    #expect(
      before.runs == [
        "done": 0, "diverged": 0, "unmeasured": 0, "failed": 0, "partial": 0, "missing": 6,
      ])
    let cost = try #require(before.cost)
    #expect(cost.exact && cost.jobs == 3 && cost.rateFrom == "measurement")
    #expect(cost.remaining == cost.operations)
    #expect(try #require(cost.seconds) > 0)
    #expect(before.arms.map(\.name) == ["none", "r1"])
    #expect(before.arms.map(\.labels) == [["none"], ["r1"]])
    #expect(before.arms.map(\.baseline) == [0, 0])
    #expect(before.warnings.count == 1)

    try await space.saddle("sweep", "tiny")
    let after = try await document(space)
    #expect(after.cost?.remaining == 0)
    let rows = try space.text("reports/tiny/runs.csv").split(separator: "\n").dropFirst()
    let runs = after.arms.flatMap(\.runs)
    #expect(runs.allSatisfy { $0.state == "done" })
    for run in runs {
      let id = try #require(run.id)
      #expect(rows.contains { $0.contains(id) })
      #expect(space.exists("results/runs/\(id.prefix(2))/\(id)/summary.json"))
    }
    for (before, after) in zip(before.arms, after.arms) {
      #expect(before.runs.map(\.id) == after.runs.map(\.id))
      let operations = try #require(after.operations)
      #expect(rows.count { $0.contains(",\(operations),") } == 3, "\(operations)")
    }
  }

  /// Runs in every state that folders can tell.
  @Test func statesAreThoseOfTheStore() async throws {
    let space = try Workspace()
    try await space.saddle("sweep", "tiny", "--jobs", "2")
    let runs = try await document(space).arms.flatMap(\.runs)
    let ids = try runs.map { try #require($0.id) }
    func folder(_ id: String) -> String { "\(space.path)/results/runs/\(id.prefix(2))/\(id)" }
    for id in ids.prefix(3) { try FileManager.default.removeItem(atPath: folder(id)) }
    try space.write("log", to: "results/failed/\(ids[0])/log.txt")
    try space.write("", to: "results/checkpoints/\(ids[1])/state")
    // What is no id is no run.
    try space.write("", to: "results/checkpoints/x/state")
    try space.write("", to: "results/runs/zz/x/state")
    let states = try await document(space).arms.flatMap(\.runs).map { $0.state }
    #expect(states == ["failed", "partial", "missing", "done", "done", "done"])
    let text = try await space.saddle("plan", "tiny").output
    #expect(text.contains("= 6 runs: 3 done, 1 failed, 1 partial, 1 missing\n"))
    try space.write(Workspace.tiny + "  modes: {goal: max}\n", to: "Experiments/tiny.yaml")
    let measured = try await document(space)
    #expect(measured.runs?["unmeasured"] == 3)
  }

  /// The time of finished runs is used where they have kept it and were made on a machine like this one.
  @Test func timesComeFromRecords() async throws {
    let space = try Workspace()
    try await space.saddle("sweep", "tiny", "--seeds", "1")
    let ids = try await document(space).arms.compactMap { $0.runs.first?.id }
    for id in ids {
      try change(space, id) { ($0["seconds"], $0["operations"]) = (2, 8_000_000) }
    }
    let cost = try #require(try await document(space, "--jobs", "2").cost)
    #expect(cost.rateFrom == "records")
    #expect(cost.seconds == cost.remaining / 4e6 / 2)
    let text = try await space.saddle("plan", "tiny", "--jobs", "1").output
    #expect(text.contains("with 1 worker, by the 4 MFLOP/s of 2 finished runs\n"))
    try change(space, ids[0]) { ($0["fingerprint"], $0["operations"]) = ("elsewhere", 80_000_000) }
    let one = try await space.saddle("plan", "tiny", "--jobs", "1").output
    #expect(one.contains("by the 4 MFLOP/s of 1 finished run\n"))
    try change(space, ids[1]) { $0["executor"] = "other kernels" }
    #expect(try await document(space).cost?.rateFrom == "measurement")
  }

  /// Changes what a run's record says of how it was made.
  private func change(
    _ space: Workspace, _ id: String, _ body: (inout [String: Any]) -> Void
  ) throws {
    let path = "results/runs/\(id.prefix(2))/\(id)/provenance.json"
    var provenance = try #require(
      try JSONSerialization.jsonObject(with: Data(try space.bytes(path))) as? [String: Any])
    body(&provenance)
    try space.write(Array(try JSONSerialization.data(withJSONObject: provenance)), to: path)
  }

  @Test func armsHaveSettingsAndIDs() async throws {
    let space = try Workspace()
    let text = try await space.saddle("plan", "tiny", "--arms").output
    let id = try #require(try await document(space).arms[1].runs[2].id)
    #expect(text.contains("settings of all arms:\n"))
    #expect(text.contains("\n  train.steps: 40\n"))
    #expect(text.contains("\n  train.criticSteps: 1  (default)\n"))
    #expect(text.contains("\n1. none (a baseline)\n   penalty: []  (default)\n"))
    #expect(text.contains("\n2. r1 (against none)\n   penalty: [{"))
    #expect(text.contains("\n   seed 2: missing, \(id)\n"))
  }

  /// Without data there are no ids, but a plan.
  @Test func dataMayBeMissing() async throws {
    let text = Workspace.tiny.replacing("ring8", with: "mnist")
    let space = try Workspace(["tiny": text])
    let result = try await space.saddle("plan", "tiny")
    #expect(result.status == 0)
    #expect(result.output.contains("6 runs; which are done is not known without the data\n"))
    #expect(result.errors.hasPrefix("warning: "))
    let document = try await document(space)
    #expect(document.runs == nil && document.cost == nil)
    #expect(document.arms.flatMap(\.runs).allSatisfy { $0.id == nil && $0.state == nil })
  }

  /// A thousand arms, ten thousand runs.
  @Test func largePlansAreQuick() async throws {
    let text = Workspace.tiny.replacing("seeds: 3", with: "seeds: 10")
      .replacing("baseline: {regularizer: none}\n", with: "")
      .replacing(
        "axes:\n",
        with: """
          axes:
            optimizer.rate: {sample: {logUniform: [1e-5, 1e-2]}, count: 25}
            critic.dropout: {sample: {uniform: [0.1, 0.5]}, count: 20}

          """)
    let space = try Workspace(["tiny": text])
    let clock = ContinuousClock()
    let start = clock.now
    let result = try await space.saddle("plan", "tiny")
    #expect(result.output.contains("1000 arms × 10 seeds = 10000 runs: 0 done, 10000 missing\n"))
    #expect(result.output.contains("training: "))
    // A third of a second on an idle machine; other tests run at the same time.
    #expect(clock.now - start < .seconds(60))
  }
}
