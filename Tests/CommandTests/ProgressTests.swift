import Foundation
import Testing

/// What a sweep tells scripts, and what it keeps to itself.
@Suite(.needsCommand, .tags(.command)) struct ProgressTests {
  /// What of an event the tests look at.
  private struct Event: Decodable {
    let event: String
    let arm: String?
    let seed: Int?
    let state: String?
    let runs: Int?
    let finished: Int?
    let failed: Int?
    let headline: [String]?
    let path: String?
    let message: String?
    let log: String?
  }

  private func events(_ output: String) throws -> [Event] {
    try output.split(separator: "\n").map {
      try JSONDecoder().decode(Event.self, from: Data($0.utf8))
    }
  }

  @Test func eventsAreDocuments() async throws {
    let space = try Workspace()
    let result = try await space.saddle("sweep", "tiny", "--jobs", "2", "--json")
    #expect(result.status == 0)
    #expect(result.errors.isEmpty)
    let events = try events(result.output).filter { $0.event != "progress" }
    #expect(events.first?.event == "began" && events.first?.runs == 6)
    #expect(events.count { $0.event == "started" } == 7)
    let finished = events.filter { $0.event == "finished" }
    #expect(finished.count == 7)
    // Real data first, which have no seed.
    #expect(finished.first?.seed == nil)
    let runs = finished.compactMap { event in event.seed.map { "\(event.arm ?? "") \($0)" } }
    #expect(runs.sorted() == ["none 0", "none 1", "none 2", "r1 0", "r1 1", "r1 2"])
    #expect(finished.allSatisfy { $0.state == "done" })
    #expect(events.dropLast().last?.event == "ended" && events.dropLast().last?.finished == 6)
    #expect(events.last?.event == "report" && events.last?.path == "reports/tiny/README.md")
    #expect(events.last?.headline?.first?.hasPrefix("frechet: ") == true)
    // Nothing is left to do, and still there is a report.
    let again = try await space.saddle("sweep", "tiny", "--json")
    #expect(try self.events(again.output).map(\.event) == ["began", "ended", "report"])
  }

  @Test func quietSweepsSayTheResult() async throws {
    let space = try Workspace()
    let result = try await space.saddle("sweep", "tiny", "--quiet")
    #expect(result.status == 0)
    #expect(result.errors.isEmpty)
    #expect(result.output.hasSuffix("\nreports/tiny/README.md\n"))
    let loud = try await space.saddle("sweep", "tiny")
    #expect(loud.output == result.output)
  }

  /// Words of a file are words in documents too.
  @Test func documentsHoldAnyName() async throws {
    let name = "\\\"\u{9B}2J 漢"
    let text = Workspace.tiny.replacing("    r1:", with: #"    "\\\"\x9B2J 漢":"#)
    let space = try Workspace(["tiny": text])
    let result = try await space.saddle("sweep", "tiny", "--json", "--seeds", "1")
    #expect(result.status == 0, "\(result.errors)")
    #expect(!result.output.contains("\u{9B}"))
    #expect(try events(result.output).contains { $0.arm == name })
  }
}
