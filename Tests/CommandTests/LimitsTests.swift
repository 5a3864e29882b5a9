import Foundation
import Testing

/// Runs that take too long, and failures that end a sweep.
@Suite(.needsCommand, .tags(.command)) struct LimitsTests {
  /// One arm takes milliseconds, the other minutes.
  private static let uneven = Workspace.tiny
    .replacing("r1: {penalty", with: "long: {train.steps: 3000000, penalty")
    .replacing("seeds: 3", with: "seeds: 1")

  @Test func aRunThatTakesTooLongFails() async throws {
    let space = try Workspace(["tiny": Self.uneven])
    let result = try await space.saddle("sweep", "tiny", "--timeout", "6s", "--checkpoint", "0.1")
    #expect(result.status == 3)
    #expect(
      result.lines.contains {
        $0.contains("long · seed 0 · failed: took more than the 6 s of --timeout")
      })
    #expect(try space.text("reports/tiny/runs.csv").contains(",failed,"))
    // What it had done is not lost.
    #expect(try space.contents("results/checkpoints").isEmpty == false)
    let again = try await space.saddle(
      "sweep", "tiny", "--timeout", "6s", "--retry-failed", "--json")
    #expect(again.status == 3)
    let resumed = try #require(
      again.output.split(separator: "\n").first { $0.contains("\"resumed\"") })
    #expect(!resumed.contains("\"step\":0"))
  }

  @Test func theFirstFailureCanEndTheSweep() async throws {
    let space = try Workspace(["tiny": Self.uneven])
    let result = try await space.saddle(
      "sweep", "tiny", "--timeout", "1", "--fail-fast", "--jobs", "1", "--set", "seeds=1")
    // Settings that do not exist are found before anything is trained.
    #expect(result.status == 2)
    let stopped = try await space.saddle(
      "sweep", "tiny", "--timeout", "0.5", "--fail-fast", "--jobs", "1", "--seeds", "2")
    #expect(stopped.status == 3)
    #expect(
      stopped.lines.last
        == "stopped at the first failure; with --retry-failed the same command goes on")
    #expect(!space.exists("reports") && !space.exists("results/reports"))
  }

  /// What a check of changed code makes must not replace what a person has read.
  @Test func aSweepCanLeaveTheReportAlone() async throws {
    let space = try Workspace()
    let result = try await space.saddle("sweep", "tiny", "--no-report")
    #expect(result.status == 0)
    #expect(!space.exists("reports"))
    #expect(
      try await space.saddle("sweep", "tiny").lines == [
        "tiny: 2 arms × 3 seeds = 6 runs: all done"
      ])
  }

  /// A store may be called anything.
  @Test func namesThatBeginWithAHyphen() async throws {
    let space = try Workspace()
    let result = try await space.saddle("sweep", "tiny", "--store=-x")
    #expect(result.status == 0, "\(result.errors)")
    #expect(space.exists("-x/runs"))
    #expect(try await space.saddle("sweep", "tiny", "--store", "").status == 2)
  }

  @Test(arguments: ["--timeout", "--stall", "--checkpoint"])
  func lengthsOfTime(_ option: String) async throws {
    let space = try Workspace()
    for text in ["-1", "1x", "", "1e400", "nan", "h"] {
      let result = try await space.saddle("sweep", "tiny", "\(option)=\(text)")
      #expect(result.status == 2, "\(option) \(text)")
    }
    for text in ["3600", "90s", "1.5m", "2h", "1e300"] {
      let result = try await space.saddle("sweep", "tiny", option, text)
      #expect(result.status == 0, "\(option) \(text): \(result.errors)")
    }
  }
}
