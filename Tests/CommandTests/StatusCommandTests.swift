import Foundation
import Testing

/// What `status` says of stores and experiments.
@Suite(.needsCommand, .tags(.command)) struct StatusCommandTests {
  private struct Document: Decodable {
    struct Arm: Decodable {
      let name: String
      let runs: [Run]
    }
    struct Run: Decodable {
      let id: String
      let evaluation: String
      let state: String
    }
    let arms: [Arm]
    let runs: [String: Int]
  }

  private func document(_ space: Workspace) async throws -> Document {
    let output = try await space.saddle("status", "tiny", "--json").output
    return try JSONDecoder().decode(Document.self, from: Data(output.utf8))
  }

  @Test func anEmptyStore() async throws {
    let space = try Workspace()
    let all = try await space.saddle("status")
    #expect(
      all.output == """
        results: 0 runs, 0 evaluations, 0 B

        experiment      runs      done   missing
        tiny               6         0         6

        next: saddle status tiny

        """)
    let one = try await space.saddle("status", "tiny")
    #expect(
      one.output == """
        tiny: 2 arms × 3 seeds = 6 runs: 0 done, 6 missing

          none  ...
          r1    ...

        seeds 0, 1, 2 from left to right; . missing

        next: saddle sweep tiny

        """)
    #expect(!space.exists("results"))
  }

  /// A run in every state.
  @Test func allStates() async throws {
    let space = try Workspace()
    try await space.saddle("sweep", "tiny", "--jobs", "2")
    let runs = try await document(space).arms.flatMap(\.runs)
    #expect(runs.allSatisfy { $0.state == "done" })
    func folder(_ kind: String, _ id: String) -> String { "results/\(kind)/\(id.prefix(2))/\(id)" }
    let store = "\(space.path)/"
    for run in runs.prefix(3) {
      try FileManager.default.removeItem(atPath: store + folder("runs", run.id))
    }
    let log = "results/failed/\(runs[0].id)/log.txt"
    try space.write("killed \u{1B}[2J by signal 9\nmore\n", to: log)
    try space.write("", to: "results/checkpoints/\(runs[1].id)/state")
    try FileManager.default.removeItem(atPath: store + folder("evaluations", runs[3].evaluation))
    let summary = folder("runs", runs[4].id) + "/summary.json"
    try space.write(
      try space.text(summary).replacing("\"done\"", with: "\"diverged\""), to: summary)
    try space.write("", to: "results/quarantine/run-\(runs[5].id)-1/MANIFEST")
    try space.write("", to: "results/quarantine/run-0-1/MANIFEST")

    let states = try await document(space).arms.flatMap(\.runs).map(\.state)
    #expect(states == ["failed", "partial", "missing", "unmeasured", "diverged", "done"])
    let text = try await space.saddle("status", "tiny").output
    #expect(
      text == """
        tiny: 2 arms × 3 seeds = 6 runs: 1 done, 1 diverged, 1 to measure, 1 failed, 1 partial, 1 missing

          none  F/.
          r1    mD+

        seeds 0, 1, 2 from left to right; + done  D diverged  m to measure  F failed  / partial  . missing

        failed:
          none · seed 0: killed \u{FFFD}[2J by signal 9
            \(log)

        in quarantine, since they did not match their sums:
          results/quarantine/run-\(runs[5].id)-1

        next: saddle sweep tiny

        """)
    let all = try await space.saddle("status").output
    #expect(all.hasPrefix("results: 3 runs, 6 evaluations, "))
    for line in [
      "  results/checkpoints: 1 of interrupted runs", "  results/failed: 1 whose last attempt",
      "  results/quarantine: 2 records",
    ] {
      #expect(all.contains(line), "\(line)")
    }
  }

  @Test func theNextCommandIsTheOneToType() async throws {
    let space = try Workspace(["a b": Workspace.tiny])
    #expect(try await space.saddle("status", "a b").output.hasSuffix("next: saddle sweep 'a b'\n"))
    try await space.saddle("sweep", "a b", "--jobs", "2")
    #expect(try await space.saddle("status", "a b").output.hasSuffix("next: saddle report 'a b'\n"))
    #expect(!(try await space.saddle("status").output.contains("next:")))
    let store = ["--store", "c d"]
    let elsewhere = try await space.saddle(["status"] + store).output
    #expect(elsewhere.hasSuffix("next: saddle status 'a b' --store 'c d'\n"))
    let one = try await space.saddle(["status", "a b"] + store).output
    #expect(one.hasSuffix("next: saddle sweep 'a b' --store 'c d'\n"))
  }

  /// A folder without a log is no failure, as it is none for a sweep; with one the sweep must be asked.
  @Test func failuresAreThoseThatASweepLeavesOut() async throws {
    let space = try Workspace()
    let runs = try await document(space).arms.flatMap(\.runs)
    for run in runs {
      try FileManager.default.createDirectory(
        atPath: "\(space.path)/results/failed/\(run.id)", withIntermediateDirectories: true)
    }
    #expect(try await document(space).arms.flatMap(\.runs).allSatisfy { $0.state == "missing" })
    #expect(!(try await space.saddle("status").output.contains("failed")))
    for run in runs { try space.write("log", to: "results/failed/\(run.id)/log.txt") }
    let text = try await space.saddle("status", "tiny").output
    #expect(text.hasSuffix("next: saddle sweep tiny --retry-failed\n"))
  }

  /// Without data there are no ids, and so no states.
  @Test func dataMayBeMissing() async throws {
    let space = try Workspace(["digits": Workspace.tiny.replacing("ring8", with: "mnist")])
    let text = try await space.saddle("status", "digits")
    #expect(text.status == 0)
    #expect(
      text.output
        == "digits: 2 arms × 3 seeds = 6 runs; which are done is not known without the data\n")
    #expect(text.errors.hasPrefix("warning: the data set 'mnist' is read from files"))
    let result = try await space.saddle("status", "digits", "--json")
    #expect(result.status == 0 && result.errors == text.errors)
    let run = #"{"evaluation":null,"id":null,"seed":0,"state":null}"#
    #expect(result.output.hasPrefix(#"{"arms":[{"name":"none","runs":["# + run))
    #expect(
      result.output.hasSuffix(
        #"],"experiment":"digits","failures":null,"quarantined":null,"runs":null}"# + "\n"))
  }

  @Test func brokenExperimentsAreNamed() async throws {
    let space = try Workspace([
      "tiny": Workspace.tiny, "broken": "question: ?\n",
      "digits": Workspace.tiny.replacing("ring8", with: "mnist"),
    ])
    let result = try await space.saddle("status")
    #expect(result.status == 0)
    #expect(result.output.contains("\nbroken      Experiments/broken.yaml:"))
    #expect(result.output.contains("\ndigits      the data set 'mnist' is read from files"))
    #expect(result.output.contains("\ntiny               6         0         6\n"))
    #expect(try await space.saddle("status", "nothing").status == 2)
  }

  /// Five thousand runs of an experiment, and as many evaluations.
  @Test func largeStoresAreQuick() async throws {
    let text = Workspace.tiny.replacing("seeds: 3", with: "seeds: 2500")
    let space = try Workspace(["tiny": text])
    let summary = #"{"state": "done", "steps": 1, "isDead": false, "operations": 1, "digest": ""}"#
    func fill(_ kind: String, _ id: String) {
      var folder = "\(space.path)/results"
      for part in ["", kind, String(id.prefix(2)), id] {
        folder += part.isEmpty ? "" : "/\(part)"
        mkdir(folder, 0o755)
      }
      FileManager.default.createFile(atPath: folder + "/summary.json", contents: Data(summary.utf8))
    }
    for run in try await document(space).arms.flatMap(\.runs) {
      fill("runs", run.id)
      fill("evaluations", run.evaluation)
    }
    let clock = ContinuousClock()
    let start = clock.now
    #expect(
      try await space.saddle("status").output.contains("tiny            5000      5000\n"))
    let one = try await space.saddle("status", "tiny").output
    #expect(one.contains("\n  none  2500 done\n"))
    // A quarter of a second on an idle machine; other tests run at the same time.
    #expect(clock.now - start < .seconds(60))
  }
}
