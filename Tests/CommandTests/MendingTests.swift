import Foundation
import Testing

/// A sweep that ends well leaves the report of what the store holds, whatever it found there, and touches nothing else.
@Suite(.needsCommand, .tags(.command)) struct MendingTests {
  private func swept(_ experiment: String = Workspace.tiny) async throws -> Workspace {
    let space = try Workspace(["tiny": experiment])
    #expect(try await space.saddle("sweep", "tiny").status == 0)
    return space
  }

  private func files(_ space: Workspace, _ folder: String, _ name: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: "\(space.path)/\(folder)").sorted()
      .filter { $0.hasSuffix("/\(name)") }.map { "\(folder)/\($0)" }
  }

  private func remove(_ space: Workspace, _ name: String) throws {
    try FileManager.default.removeItem(atPath: "\(space.path)/\(name)")
  }

  /// The values of a column of `runs.csv`.
  private func column(_ name: String, _ space: Workspace) throws -> [String] {
    let rows = try space.text("reports/tiny/runs.csv").split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    let position = try #require(rows.first?.firstIndex(of: name))
    return rows.dropFirst().map { $0[position] }
  }

  // MARK: Reports

  /// Names and order of metrics are no part of an evaluation's id, but of the report.
  @Test func namesOfMetricsReachTheReport() async throws {
    func experiment(_ first: String, _ second: String) -> String {
      Workspace.tiny.replacing(
        "frechet: {goal: min, primary: true}",
        with: "a: {metric: \(first), goal: min, primary: true}\n  b: {metric: \(second), goal: min}"
      )
    }
    let space = try await swept(experiment("frechet", "mmd2"))
    let (first, second) = (try column("a", space), try column("b", space))
    #expect(first != second)
    try space.write(experiment("mmd2", "frechet"), to: "Experiments/tiny.yaml")
    let result = try await space.saddle("sweep", "tiny")
    #expect(result.lines == ["tiny: 2 arms × 3 seeds = 6 runs: all done"])
    #expect(try column("a", space) == second && column("b", space) == first)
    try space.write(
      experiment("mmd2", "frechet").replacing(" a: ", with: " renamed: "),
      to: "Experiments/tiny.yaml")
    #expect(try await space.saddle("sweep", "tiny").status == 0)
    #expect(try column("renamed", space) == second)
  }

  @Test func aRunThatIsLostAgainReachesTheReport() async throws {
    // Long enough runs that the watch comes in time on a busy machine.
    let space = try await swept(Workspace.tiny.replacing("steps: 40", with: "steps: 6000"))
    try space.write("x", to: try #require(try files(space, "results/runs", "history.csv").first))
    let result = try await space.saddle("sweep", "tiny", "--timeout", "0.00001s")
    #expect(result.status == 3)
    #expect(
      try column("state", space).sorted() == ["done", "done", "done", "done", "done", "failed"])
  }

  /// Half of a store, and what there is of it damaged.
  @Test func damagedEvaluationsMakeRoom() async throws {
    let space = try await swept()
    let (reports, runs) = (try space.contents("reports"), try space.contents("results/runs"))
    try remove(space, "results/runs")
    for file in try files(space, "results/evaluations", "MANIFEST") { try remove(space, file) }
    let result = try await space.saddle("sweep", "tiny")
    #expect(result.status == 0, "\(result.errors)")
    #expect(try space.contents("reports") == reports)
    #expect(try space.contents("results/runs") == runs)
    #expect(try await space.saddle("verify").status == 0)
  }

  /// One run alone, by the command that does one run.
  @Test func aRunMakesRoomForItself() async throws {
    let space = try await swept()
    try remove(space, "results/runs")
    for file in try files(space, "results/evaluations", "values.csv") {
      try space.write("step\n", to: file)
    }
    #expect(try await space.saddle("run", "tiny", "--arm", "r1").status == 0)
    let again = try await space.saddle("run", "tiny", "--arm", "r1")
    #expect(again.status == 0 && again.output.contains("frechet "))
  }

  // MARK: What is not ours

  @Test func foreignFilesInAReportStay() async throws {
    let space = try await swept()
    let stray = "reports/tiny/figures/older.svg"
    for name in ["notes.txt", "mine/deep.svg"] {
      try space.write("mine", to: "reports/tiny/figures/\(name)")
    }
    try space.write("ours", to: stray)
    #expect(try await space.saddle("report", "tiny").status == 0)
    #expect(!space.exists(stray))
    #expect(space.exists("reports/tiny/figures/notes.txt"))
    #expect(space.exists("reports/tiny/figures/mine/deep.svg"))
    // Nor is anything removed from where a link leads.
    try space.write("mine", to: "elsewhere/thesis.svg")
    try remove(space, "reports/tiny/figures")
    try FileManager.default.createSymbolicLink(
      atPath: "\(space.path)/reports/tiny/figures",
      withDestinationPath: "\(space.path)/elsewhere")
    #expect(try await space.saddle("report", "tiny").status == 0)
    #expect(space.exists("elsewhere/thesis.svg"))
  }

  // MARK: Audits

  @Test func aRecordWithoutItsListIsFound() async throws {
    let space = try await swept()
    try remove(space, try #require(try files(space, "results/runs", "MANIFEST").first))
    for arguments in [["verify"], ["verify", "tiny"]] {
      let result = try await space.saddle(arguments)
      #expect(result.status == 5)
      #expect(result.lines.first?.hasSuffix("/MANIFEST: is missing") == true)
    }
  }

  /// One record that cannot be read hides no other.
  @Test func oddThingsInAStoreAreDamage() async throws {
    let space = try await swept()
    let lists = try files(space, "results/runs", "history.csv")
    try remove(space, lists[0])
    try space.write("", to: "\(lists[0])/inside")
    try remove(space, lists[1])
    try FileManager.default.createSymbolicLink(
      atPath: "\(space.path)/\(lists[1])", withDestinationPath: "history.csv")
    try remove(space, lists[2])
    mkfifo("\(space.path)/\(lists[2])", 0o644)
    let found = try await space.saddle("verify")
    #expect(found.status == 5)
    for list in lists.prefix(3) { #expect(found.errors.contains("\(list): is missing\n")) }
    let result = try await space.saddle("sweep", "tiny")
    #expect(result.status == 0, "\(result.errors)")
    #expect(try await space.saddle("verify").status == 0)
  }

  // MARK: Checkpoints

  /// A run that is trained again for evaluation at other moments goes on from its checkpoint too.
  @Test func aSecondTrainingGoesOn() async throws {
    let long = Workspace.tiny.replacing("steps: 40", with: "steps: 60000")
      .replacing("seeds: 3", with: "seeds: 1")
    let space = try await swept(long)
    try space.write(long.replacing("points: 2", with: "points: 7"), to: "Experiments/tiny.yaml")
    let arguments = ["sweep", "tiny", "--jobs", "1", "--checkpoint", "0.05"]
    _ = try await space.saddle(arguments) { process in
      for _ in 0..<3000 where (try? space.contents("results/checkpoints"))?.isEmpty != false {
        Thread.sleep(forTimeInterval: 0.01)
      }
      kill(process, SIGKILL)
    }
    #expect(try space.contents("results/checkpoints").isEmpty == false)
    let result = try await space.saddle("sweep", "tiny", "--jobs", "1", "--json")
    #expect(result.status == 0)
    #expect(result.output.contains("\"event\":\"resumed\""))
  }

  @Test func realDataHaveNoTimeout() async throws {
    let space = try Workspace()
    let result = try await space.saddle("sweep", "tiny", "--timeout", "0.00001s")
    #expect(result.status == 3, "\(result.errors)")
  }
}
