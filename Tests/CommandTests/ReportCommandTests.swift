import Foundation
import Testing

/// Reports made again from the records beside them, and their check.
@Suite(.needsCommand, .tags(.command)) struct ReportCommandTests {
  /// A workspace with a report.
  private func swept() async throws -> Workspace {
    let space = try Workspace()
    let result = try await space.saddle("sweep", "tiny")
    try #require(result.status == 0, "\(result.errors)")
    return space
  }

  @Test func needsNoStore() async throws {
    let space = try await swept()
    let report = try space.contents("reports")
    try FileManager.default.removeItem(atPath: space.path + "/results")
    for name in report.keys where !name.hasSuffix(".csv") {
      try FileManager.default.removeItem(atPath: "\(space.path)/reports/\(name)")
    }
    let result = try await space.saddle("report", "tiny")
    #expect(result.status == 0)
    #expect(result.output.hasSuffix("reports/tiny/README.md\n"))
    #expect(try space.contents("reports") == report)
    #expect(!space.exists("results"))
  }

  @Test func checkOfAnUntouchedReport() async throws {
    let space = try await swept()
    let report = try space.contents("reports")
    let result = try await space.saddle("report", "tiny", "--check")
    #expect(result.status == 0)
    #expect(result.output == "reports/tiny: the report is what its records give\n")
    #expect(result.errors.isEmpty)
    #expect(try space.contents("reports") == report)
  }

  @Test(arguments: ["README.md", "figures/losses.gp", "figures/losses.dat"])
  func checkOfAChangedFile(_ name: String) async throws {
    let space = try await swept()
    var bytes = try space.bytes("reports/tiny/\(name)")
    bytes[bytes.count / 2] ^= 1
    try space.write(bytes, to: "reports/tiny/\(name)")
    let before = try space.contents("reports")
    let result = try await space.saddle("report", "tiny", "--check")
    #expect(result.status == 5)
    #expect(result.errors == "reports/tiny/\(name): differs\n")
    #expect(try space.contents("reports") == before)
  }

  @Test func checkOfAMissingFile() async throws {
    let space = try await swept()
    try FileManager.default.removeItem(atPath: space.path + "/reports/tiny/figures/losses.dat")
    let result = try await space.saddle("report", "tiny", "--check")
    #expect(result.status == 5)
    #expect(result.errors == "reports/tiny/figures/losses.dat: differs\n")
  }

  @Test func checkOfAChangedNumber() async throws {
    let space = try await swept()
    var rows = try space.text("reports/tiny/runs.csv").split(separator: "\n").map(String.init)
    rows[1] = rows[1].replacing(/[0-9]$/) { $0.output == "7" ? "3" : "7" }
    rows[1] = rows[1].replacing(/,0\.(?=[0-9]+$)/, with: ",5.").replacing(
      /,1\.(?=[0-9]+$)/, with: ",5.")
    try space.write(rows.joined(separator: "\n") + "\n", to: "reports/tiny/runs.csv")
    #expect(try await space.saddle("report", "tiny", "--check").status == 5)
  }

  @Test func recordsThatAreNotRecords() async throws {
    let space = try await swept()
    try space.write("arm,seed\n", to: "reports/tiny/runs.csv")
    for options in [["--check"], []] {
      let result = try await space.saddle(["report", "tiny"] + options)
      #expect(result.status == 5)
      #expect(
        result.errors.hasPrefix("saddle: reports/tiny/runs.csv:1:1: the columns must be arm,seed,"))
    }
  }

  /// Records of other settings make no report of these.
  @Test func recordsOfAnOlderExperiment() async throws {
    let space = try await swept()
    try space.write(
      Workspace.tiny.replacing("steps: 40", with: "steps: 50"), to: "Experiments/tiny.yaml")
    for options in [["--check"], []] {
      let result = try await space.saddle(["report", "tiny"] + options)
      #expect(result.status == 5)
      #expect(result.errors.contains("reports/tiny/runs.csv:2:1: "))
      #expect(result.errors.contains("its configuration changed"))
    }
  }

  @Test func withoutRecords() async throws {
    let space = try Workspace()
    let result = try await space.saddle("report", "tiny")
    #expect(result.status == 4)
    #expect(
      result.errors == "saddle: reports/tiny: no records; they are made by: saddle sweep tiny\n")
    #expect(!space.exists("reports"))
  }

  @Test func withoutGnuplot() async throws {
    let space = try Workspace()
    let advice =
      "gnuplot was not found: install it (Debian, Ubuntu: apt-get install gnuplot-nox; "
      + "macOS: brew install gnuplot) and see that it is in PATH"
    let result = try await space.saddle("sweep", "tiny", search: space.path)
    #expect(result.status == 6)
    #expect(result.lines.first == "warning: \(advice); runs are kept meanwhile")
    #expect(result.lines.last == "saddle: \(advice)")
    // What was trained and gathered is not lost.
    let report = try await space.saddle("report", "tiny")
    #expect(report.status == 0)
    #expect(space.exists("reports/tiny/README.md"))
    #expect(try await space.saddle("report", "tiny", "--check", search: space.path).status == 0)
  }

  /// A report folder keeps no figure of an earlier report.
  @Test func strayFiguresGo() async throws {
    let space = try await swept()
    try space.write("x", to: "reports/tiny/figures/old.svg")
    try await space.saddle("report", "tiny")
    #expect(!space.exists("reports/tiny/figures/old.svg"))
  }
}
