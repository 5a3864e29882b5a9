import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// Results accepted and guarded by the command.
@Suite(.needsCommand, .tags(.command)) struct CheckCommandTests {
  private static let baseline = "reports/tiny/baseline.json"

  /// A workspace whose results are accepted.
  private func accepted(_ text: String = Workspace.tiny) async throws -> Workspace {
    let space = try Workspace(["tiny": text])
    try await space.saddle("sweep", "tiny")
    let result = try await space.saddle("accept", "tiny")
    try #require(result.status == 0, "\(result.errors)")
    #expect(result.output == "\(Self.baseline): accepted 6 runs in 2 arms\n")
    return space
  }

  @Test func unchanged() async throws {
    let space = try await accepted()
    let text = try space.text(Self.baseline)
    #expect(!text.contains(space.path))
    try await space.saddle("accept", "tiny")
    #expect(try space.text(Self.baseline) == text)
    // Fresh records: an empty store and another number of workers.
    try await space.saddle("sweep", "tiny", "--store", "fresh", "--jobs", "1")
    let result = try await space.saddle("check", "tiny", "--store", "fresh")
    #expect(result.status == 0 && result.errors.isEmpty)
    #expect(result.output == "check of tiny: passed: 6 runs in 2 arms equal to \(Self.baseline)\n")
    let subset = try await space.saddle(
      "check", "tiny", "--only", "regularizer=r1", "--seeds", "0,2")
    #expect(subset.status == 0)
    #expect(
      subset.output
        == "check of tiny: passed: 2 runs in 1 arm equal to \(Self.baseline) (4 more not asked for)\n"
    )
  }

  @Test func changedCoefficient() async throws {
    let space = try await accepted()
    try space.write(
      Workspace.tiny.replacing("weight: 0.1", with: "weight: 0.5"), to: "Experiments/tiny.yaml")
    for sweeps in [false, true] {
      if sweeps { try await space.saddle("sweep", "tiny") }
      let result = try await space.saddle("check", "tiny", "--github", "--junit", "out/junit.xml")
      #expect(result.status == 1)
      let title =
        "settings changed in the arm with regularizer r1 (that is, with penalty r1), and no other: "
        + "penalty.weight: 0.1 → 0.5"
      #expect(result.output.contains("\n\(title)\n"))
      #expect(result.output.hasPrefix("::error file=Experiments/tiny.yaml,title=tiny%3A settings"))
      #expect(XMLParser(data: Data(try space.bytes("out/junit.xml"))).parse())
      #expect(try space.text("out/junit.xml").contains("penalty.weight: 0.1 → 0.5"))
      #expect(result.output.contains("not comparable  frechet") == sweeps)
    }
  }

  /// A false claim is shown at its line.
  @Test func falseClaim() async throws {
    let claim = "claims:\n  - {id: low, arm: {regularizer: r1}, metric: frechet, reaches: -1000}\n"
    let space = try await accepted(Workspace.tiny + claim)
    let result = try await space.saddle("check", "tiny", "--github")
    #expect(result.status == 1)
    let line = Workspace.tiny.split(separator: "\n", omittingEmptySubsequences: false).count + 1
    #expect(result.output.hasPrefix("::error file=Experiments/tiny.yaml,line=\(line),col=5,title="))
    #expect(
      result.output.hasSuffix("check of tiny: failed against \(Self.baseline): 1 claim false\n"))
  }

  @Test func nothingToCompare() async throws {
    let space = try Workspace()
    // What an earlier check left must not pass for this one's result.
    try space.write("green", to: "check.xml")
    let early = try await space.saddle("check", "tiny", "--junit", "check.xml")
    #expect(early.status == 4)
    #expect(try space.text("check.xml").contains("tests=\"1\" failures=\"1\""))
    #expect(
      early.errors
        == "saddle: \(Self.baseline): no baseline; one of the report's records is written by: "
        + "saddle accept tiny\n")
    let elsewhere = try await space.saddle(
      "check", "tiny", "--store", "a b", "--only", "regularizer=r1")
    #expect(elsewhere.errors.hasSuffix(" by: saddle accept tiny --store 'a b'\n"))
    #expect(try await space.saddle("accept", "tiny").status == 4)
    let full = try await accepted()
    let result = try await full.saddle("check", "tiny", "--store", "a b")
    #expect(result.status == 4)
    #expect(
      result.output.contains("missing runs are made by: saddle sweep tiny --store 'a b'\n"))
    #expect(result.output.hasSuffix("check of tiny: nothing was compared with \(Self.baseline)\n"))
    let absent = try await full.saddle("accept", "tiny", "--store", "a b")
    #expect(absent.status == 4)
    #expect(
      absent.errors == "saddle: a b: 6 runs of the report without a record; made by: "
        + "saddle sweep tiny --store 'a b'\n")
  }

  /// A guard that guards less fails.
  @Test func missingRun() async throws {
    let space = try await accepted()
    try await space.saddle("sweep", "tiny", "--store", "part", "--seeds", "2")
    let result = try await space.saddle("check", "tiny", "--store", "part")
    #expect(result.status == 1)
    #expect(
      result.output.contains("2 of 6 runs have no fresh result (2 missing, 0 failed): both arms\n")
        || result.output.contains(
          "2 of 6 runs have no fresh result (2 missing, 0 failed): all 2 arms\n")
    )
  }

  @Test func damagedBaseline() async throws {
    let space = try await accepted()
    let text = try space.text(Self.baseline)
    try space.write(text.replacing("\"seed\": 2,", with: "\"seed\": 3,"), to: Self.baseline)
    let result = try await space.saddle("check", "tiny", "--junit", "check.xml")
    #expect(result.status == 5)
    #expect(
      try space.text("check.xml").contains("<failure type=\"error\" message=\"\(Self.baseline)"))
    #expect(
      result.errors == "saddle: \(Self.baseline): changed after it was written: its content has "
        + "another sum; restore the file, or write it again with 'saddle accept'\n")
  }

  /// Only what a person could have read is accepted.
  @Test func acceptsNoOtherThanTheReport() async throws {
    let space = try await accepted()
    let rows = try space.text("reports/tiny/runs.csv")
    let changed = rows.replacing(/,40,false,/, with: ",39,false,")
    try space.write(changed, to: "reports/tiny/runs.csv")
    let result = try await space.saddle("accept", "tiny")
    #expect(result.status == 5)
    #expect(
      result.errors.hasPrefix("saddle: reports/tiny/runs.csv: not what the records in results"))
    try space.write(
      rows.replacing(/,done,/, with: ",failed,", maxReplacements: 1), to: "reports/tiny/runs.csv")
    let incomplete = try await space.saddle("accept", "tiny")
    #expect(incomplete.status == 4)
    #expect(incomplete.errors.contains("incomplete (0 missing, 1 failed)"))
  }

  @Test func unwritableResult() async throws {
    let space = try await accepted()
    let result = try await space.saddle("check", "tiny", "--junit", "Experiments/tiny.yaml/x.xml")
    #expect(result.status == 6)
    #expect(
      result.errors == "saddle: Experiments/tiny.yaml: cannot make the folder: Not a directory\n")
  }
}
