import Foundation
import Testing

/// From an experiment file to a report, by the command.
@Suite(.needsCommand, .tags(.command)) struct SweepCommandTests {
  @Test func firstSweep() async throws {
    let space = try Workspace()
    let result = try await space.saddle("sweep", "tiny", "--jobs", "2")
    #expect(result.status == 0)
    #expect(
      result.output == """
        frechet: 0 better, 0 worse, 1 undecided of 1 comparison with a baseline
        reports/tiny/README.md

        """)
    #expect(result.lines.first == "tiny: 2 arms × 3 seeds = 6 runs: 6 to train on 2 workers")
    #expect(result.lines.count == 8)
    for (index, line) in result.lines.dropFirst().prefix(6).enumerated() {
      #expect(line.hasPrefix("[\(index + 1)/6] ") && line.contains(" · done"), "\(line)")
    }
    #expect(result.lines.last?.contains("6 runs in ") == true)
    #expect(result.lines.last?.hasSuffix(": 6 finished") == true)
    #expect(!result.errors.contains("\u{1B}"))
    for file in [
      "README.md", "runs.csv", "training.csv", "evaluation.csv", "references.csv", "clouds.csv",
      "figures/losses.svg", "figures/losses.gp", "figures/losses.dat",
    ] {
      #expect(space.exists("reports/tiny/\(file)"), "\(file)")
    }
    let page = try space.text("reports/tiny/README.md")
    #expect(page.contains("Does a penalty help?"))
    #expect(!page.contains(space.path))
    let partial = try FileManager.default.contentsOfDirectory(
      atPath: "\(space.path)/results/partial")
    #expect(partial.isEmpty)
  }

  @Test func secondSweepTrainsNothing() async throws {
    let space = try Workspace()
    try await space.saddle("sweep", "tiny")
    let (report, records) = (try space.contents("reports"), try space.contents("results"))
    let start = Date()
    let again = try await space.saddle("sweep", "tiny")
    #expect(again.status == 0)
    #expect(again.errors == "tiny: 2 arms × 3 seeds = 6 runs: all done\n")
    #expect(Date().timeIntervalSince(start) < 20)
    #expect(try space.contents("reports") == report)
    #expect(try space.contents("results") == records)
  }

  @Test(arguments: ["1", "2", "5"])
  func workersDoNotMatter(_ jobs: String) async throws {
    let (one, other) = (try Workspace(), try Workspace())
    try await one.saddle("sweep", "tiny", "--jobs", "1")
    try await other.saddle("sweep", "tiny", "--jobs", jobs)
    #expect(try one.contents("reports") == other.contents("reports"))
    let (first, second) = (try one.contents("results"), try other.contents("results"))
    #expect(first.count > 40)
    #expect(first == second)
  }

  /// Networks whose steps are large enough to be shared.
  private static let wide = Workspace.tiny.replacing("[8]", with: "[256]")
    .replacing("batch: 16", with: "batch: 200").replacing("steps: 40", with: "steps: 10")

  @Test func threadsDoNotMatter() async throws {
    let one = try Workspace(["tiny": Self.wide])
    let alone = try await one.saddle("sweep", "tiny", "--threads", "1", "--jobs", "2")
    #expect(alone.lines.first?.hasSuffix("6 to train on 2 workers") == true, "\(alone.errors)")
    let other = try Workspace(["tiny": Self.wide])
    let shared = try await other.saddle("sweep", "tiny", "--threads", "3", "--jobs", "2")
    #expect(
      shared.lines.first?.hasSuffix("6 to train on 2 workers, 3 threads a run") == true,
      "\(shared.errors)")
    #expect(try one.contents("reports") == other.contents("reports"))
    #expect(try one.contents("results") == other.contents("results"))
    let again = try await one.saddle("verify", "tiny", "--all", "--threads", "2")
    #expect(again.status == 0, "\(again.output)\(again.errors)")
  }

  /// A single run gets the cores that other runs do not need.
  @Test func aSingleRunGetsAllCores() async throws {
    let space = try Workspace(["tiny": Self.wide])
    let arguments = ["tiny", "--only", "regularizer=none", "--seeds", "1", "--jobs", "3"]
    let plan = try await space.saddle(["plan"] + arguments)
    #expect(plan.output.contains("with 3 workers and 3 threads a run, by"), "\(plan.output)")
    let result = try await space.saddle(["sweep"] + arguments)
    #expect(result.lines.contains { $0.hasSuffix("1 to train on 2 workers, 3 threads a run") })
    let records = try space.contents("results/runs").filter { $0.key.hasSuffix("config.json") }
    let folder = try #require(records.keys.first).dropLast("config.json".count)
    #expect(try space.text("results/runs/\(folder)provenance.json").contains("\"threads\" : 3"))
  }

  @Test(arguments: [
    ["sweep", "tiny", "--threads", "0"], ["run", "tiny", "--threads", "65"],
    ["bench", "--threads", "100"], ["verify", "tiny", "--all", "--threads", "0"],
  ])
  func numbersOfThreadsHaveBounds(_ arguments: [String]) async throws {
    let result = try await Workspace().saddle(arguments)
    #expect(result.status == 2)
    #expect(
      result.errors.hasPrefix("Error: --threads must be between 1 and 64"), "\(result.errors)")
  }

  @Test func theReferenceExecutorHasOneThread() async throws {
    let space = try Workspace()
    let result = try await space.saddle("sweep", "tiny", "--reference", "--threads", "2")
    #expect(result.status == 2)
    #expect(result.errors.contains("--threads: the reference executor computes on one thread"))
  }

  @Test(arguments: ["avx2", "portable"])
  func instructionSetsDoNotMatter(_ name: String) async throws {
    let (best, other) = (try Workspace(), try Workspace())
    try await best.saddle("sweep", "tiny")
    let result = try await other.saddle("sweep", "tiny", environment: ["SADDLE_ISA": name])
    if result.errors.contains("this machine cannot run \(name)") { return }
    #expect(try best.contents("reports") == other.contents("reports"))
    #expect(try best.contents("results/runs") == other.contents("results/runs"))
  }

  @Test func moreSeedsTrainOnlyThese() async throws {
    let space = try Workspace()
    try await space.saddle("sweep", "tiny")
    try space.write(
      Workspace.tiny.replacing("seeds: 3", with: "seeds: 4"), to: "Experiments/tiny.yaml")
    let result = try await space.saddle("sweep", "tiny", "--jobs", "1")
    #expect(
      result.lines.first == "tiny: 2 arms × 4 seeds = 8 runs: 6 done, 2 to train on 1 worker")
    #expect(result.lines.filter { $0.contains("seed 3 · done") }.count == 2)
  }

  @Test func newMetricsMeasureOnly() async throws {
    let space = try Workspace()
    try await space.saddle("sweep", "tiny")
    try space.write(Workspace.tiny + "  modes: {goal: max}\n", to: "Experiments/tiny.yaml")
    let result = try await space.saddle("sweep", "tiny", "--jobs", "2")
    #expect(
      result.lines.first == "tiny: 2 arms × 3 seeds = 6 runs: 6 to measure on 2 workers")
    #expect(try space.text("reports/tiny/runs.csv").contains("modes"))
  }

  @Test func aDamagedRecordIsMadeAgain() async throws {
    let space = try Workspace()
    try await space.saddle("sweep", "tiny")
    let report = try space.contents("reports")
    let records = try space.contents("results")
    let name = try #require(records.keys.filter { $0.hasSuffix("history.csv") }.min())
    var bytes = try #require(records[name])
    bytes[20] ^= 1
    try space.write(bytes, to: "results/\(name)")
    let result = try await space.saddle("sweep", "tiny", "--jobs", "1")
    #expect(
      result.lines.first
        == "tiny: 2 arms × 3 seeds = 6 runs: 5 done, 1 damaged record moved to quarantine, 1 to train "
        + "on 1 worker")
    #expect(try space.contents("reports") == report)
    #expect(try space.contents("results").filter { !$0.key.hasPrefix("quarantine/") } == records)
  }

  @Test(arguments: [
    ["--set", "train.steps=20"], ["--only", "regularizer=none"], ["--seeds", "2"], ["--reference"],
  ])
  func adHocSweepsKeepTheCommittedReport(_ options: [String]) async throws {
    let space = try Workspace()
    try await space.saddle("sweep", "tiny")
    let report = try space.contents("reports")
    let result = try await space.saddle(["sweep", "tiny"] + options)
    #expect(result.status == 0)
    #expect(result.output.hasSuffix("results/reports/tiny/README.md\n"))
    #expect(try space.contents("reports") == report)
    #expect(space.exists("results/reports/tiny/README.md"))
    #expect(try space.text("results/reports/tiny/runs.csv") != space.text("reports/tiny/runs.csv"))
  }

  @Test func warningsComeOnce() async throws {
    let text = Workspace.tiny.replacing("  data: ring8", with: "  data: ring8\n  loss: wasserstein")
    let space = try Workspace(["tiny": text])
    let result = try await space.saddle("sweep", "tiny", "--jobs", "2")
    #expect(
      result.lines.filter { $0.hasPrefix("Experiments/tiny.yaml:") && $0.contains(": warning: ") }
        .count == 1)
  }

  /// Claims that numbers decide, whatever they are.
  @Test func claims() async throws {
    let claims = """
      claims:
        - {id: finite, arm: {regularizer: r1}, metric: frechet, reaches: 1e9}
        - {id: perfect, arm: {regularizer: none}, metric: frechet, reaches: -1e9}

      """
    let space = try Workspace(["tiny": Workspace.tiny + claims])
    let result = try await space.saddle("sweep", "tiny")
    #expect(result.status == 1)
    #expect(
      result.output.contains("claims: 1 true, 1 false, 0 undecided\nreports/tiny/README.md\n"))
    #expect(result.lines.last == "claim perfect is false")
    let report = try await space.saddle("report", "tiny")
    #expect(report.status == 1)
    #expect(report.output == result.output)
    #expect(report.errors == "claim perfect is false\n")
  }
}
