import Foundation
import Testing

/// `verify` and `run` of the built command.
@Suite(.needsCommand, .tags(.command)) struct VerifyCommandTests {
  private func damage(_ space: Workspace) throws -> String {
    let root = space.path + "/results/runs"
    let file = try #require(
      try FileManager.default.subpathsOfDirectory(atPath: root).sorted().first {
        $0.hasSuffix("/history.csv")
      })
    try space.write("step\n", to: "results/runs/\(file)")
    return "results/runs/\(file)"
  }

  @Test func damageIsNamedAndMendedBySweeping() async throws {
    let space = try Workspace()
    try await space.saddle("sweep", "tiny")
    let whole = try await space.saddle("verify")
    #expect(whole.status == 0)
    #expect(whole.output == "6 runs and 7 evaluations: every file matches its sum\n")
    let before = try space.contents("results")
    let path = try damage(space)
    for arguments in [["verify"], ["verify", "tiny"], ["verify", "tiny", "--all"]] {
      let result = try await space.saddle(arguments)
      #expect(result.status == 5)
      #expect(result.lines.first == "\(path): does not match its sum")
    }
    let again = try await space.saddle("sweep", "tiny", "--jobs", "1")
    #expect(again.status == 0)
    #expect(
      again.lines.first
        == "tiny: 2 arms × 3 seeds = 6 runs: 5 done, 1 damaged record moved to quarantine, 1 to train "
        + "on 1 worker")
    #expect(try await space.saddle("verify").status == 0)
    #expect(try space.contents("results/runs") == before.filteringFolder("runs"))
  }

  @Test func storedRunsAreTrainedAgain() async throws {
    let space = try Workspace()
    try await space.saddle("sweep", "tiny")
    let all = try await space.saddle("verify", "tiny", "--all", "--jobs", "2")
    #expect(all.status == 0)
    #expect(all.output.hasSuffix("6 runs trained again: 6 with the same bytes\n"))
    #expect(all.lines.count == 6)
    let some = try await space.saddle("verify", "tiny", "--sample", "2")
    #expect(some.output.hasSuffix("2 runs trained again: 2 with the same bytes\n"))
    // Under other kernels too.
    let portable = try await space.saddle(
      "verify", "tiny", "--sample", "1", environment: ["SADDLE_ISA": "portable"])
    #expect(portable.status == 0)
  }

  @Test func thereMustBeSomethingToVerify() async throws {
    let space = try Workspace()
    #expect(try await space.saddle("verify").status == 4)
    #expect(try await space.saddle("verify", "tiny").status == 4)
    #expect(try await space.saddle("verify", "tiny", "--all").status == 4)
    #expect(try await space.saddle("verify", "--all").status == 2)
    #expect(try await space.saddle("verify", "tiny", "--sample", "0").status == 2)
    let selection = try await space.saddle("verify", "--only", "regularizer=r1")
    #expect(selection.status == 2 && selection.errors.contains("need an experiment"))
  }

  /// The runs of an ad-hoc sweep are verified with its options.
  @Test func selectionsAreVerified() async throws {
    let space = try Workspace()
    let options = ["tiny", "--set", "train.steps=20", "--only", "regularizer=r1", "--seeds", "2"]
    try await space.saddle(["sweep"] + options)
    #expect(try await space.saddle("verify", "tiny", "--all").status == 4)
    let result = try await space.saddle(["verify"] + options + ["--all"])
    #expect(result.status == 0)
    #expect(result.output.hasSuffix("2 runs trained again: 2 with the same bytes\n"))
  }

  // MARK: One run

  @Test func aRunShowsItsCourse() async throws {
    let space = try Workspace()
    let result = try await space.saddle("run", "tiny", "--arm", "regularizer=r1", "--seed", "1")
    #expect(result.status == 0)
    let lines = result.output.split(separator: "\n").map(String.init)
    #expect(lines.first == "tiny · r1 · seed 1")
    #expect(lines.count { $0.contains("frechet ") } == 3)
    #expect(lines.last?.hasPrefix("done: results/runs/") == true)
    // From the store the same is told.
    let again = try await space.saddle("run", "tiny", "--arm", "regularizer=r1", "--seed", "1")
    #expect(again.output == result.output)
    let sweep = try await space.saddle("sweep", "tiny")
    #expect(sweep.lines.first?.hasPrefix("tiny: 2 arms × 3 seeds = 6 runs: 1 done") == true)
  }

  @Test func aRunIsOneArm() async throws {
    let space = try Workspace()
    let result = try await space.saddle("run", "tiny")
    #expect(result.status == 2)
    #expect(
      result.errors
        == "saddle: 2 arms match: 'none', 'r1'; choose one with --arm and its name, or "
        + "regularizer=…\n")
    let named = try await space.saddle("run", "tiny", "--arm", "none")
    #expect(named.output.hasPrefix("tiny · none · seed 0\n"))
    // An included arm has the labels of a cell beside settings of its own.
    let text = Workspace.tiny.replacing(
      "baseline:",
      with: "include: [{name: more, set: {regularizer: r1, train.batch: 8}}]\nbaseline:")
    let beside = try Workspace(["tiny": text])
    for (arm, name) in [("regularizer=r1", "r1"), ("more", "more")] {
      let result = try await beside.saddle("run", "tiny", "--arm", arm)
      #expect(result.output.hasPrefix("tiny · \(name) · seed 0\n"), "\(result.errors)")
    }
    #expect(try await space.saddle("run", "tiny", "--arm", "regularizer=r3").status == 2)
    #expect(
      try await space.saddle("run", "tiny", "--arm", "regularizer=r1", "--seed=-1").status == 2)
  }

  @Test func anInterruptedRunGoesOn() async throws {
    let space = try Workspace(["tiny": InterruptionTests.long])
    let arguments = ["run", "tiny", "--arm", "regularizer=r1", "--set", "train.steps=200000"]
    let result = try await space.saddle(arguments) { process in
      // The first line of output says that signals are heard.
      for _ in 0..<6000 {
        let names = try FileManager.default.contentsOfDirectory(atPath: space.path)
        let texts = names.filter { $0.hasSuffix(".output") }.compactMap { try? space.text($0) }
        if texts.contains(where: { $0.contains("frechet") }) { break }
        Thread.sleep(forTimeInterval: 0.01)
      }
      kill(process, SIGTERM)
    }
    #expect(result.status == 75)
    #expect(result.errors.contains("stopped after step "))
    #expect(try space.contents("results/checkpoints").count == 1)
  }
}

extension [String: [UInt8]] {
  /// The files below a folder, by their paths in it.
  fileprivate func filteringFolder(_ name: String) -> [String: [UInt8]] {
    Dictionary(
      uniqueKeysWithValues: filter { $0.key.hasPrefix("\(name)/") }.map {
        (String($0.key.dropFirst(name.count + 1)), $0.value)
      })
  }
}
