import Foundation
import Testing

/// The verbs of built-in classifiers, and experiments that use one.
@Suite(.needsCommand, .tags(.command)) struct ClassifierCommandTests {
  @Test func verificationNamesErrorsAndSum() async throws {
    let result = try await Workspace().saddle("classifier", "verify", "glyphs")
    #expect(result.status == 0 && result.errors.isEmpty)
    let pattern = /glyphs: \d\.\d\d % wrong \(\d+ of 10000\), sum [0-9a-f]{12}: as recorded\n/
    #expect(try pattern.wholeMatch(in: result.output) != nil, "\(result.output)")
  }

  @Test(arguments: ["verify", "train"])
  func mistakesAreNamed(_ verb: String) async throws {
    let space = try Workspace()
    let unknown = try await space.saddle("classifier", verb, "cifar-10")
    #expect(unknown.status == 2)
    #expect(
      unknown.errors
        == "saddle: no classifier 'cifar-10'; there are mnist, fashion-mnist, glyphs\n")
    let missing = try await space.saddle("classifier", verb, "mnist")
    #expect(missing.status == 2)
    #expect(missing.lines.count == 1 && missing.errors.contains("SADDLE_DATA"))
  }

  /// The folder is looked at before anything is trained for a minute.
  @Test func aFolderThatCannotBeWrittenIsNamed() async throws {
    let space = try Workspace()
    try space.write("", to: "file")
    for folder in ["file", "missing"] {
      let result = try await space.saddle("classifier", "train", "glyphs", "--into", folder)
      #expect(result.status == 6)
      #expect(result.lines.count == 1 && result.errors.contains("\(folder): "))
    }
  }

  @Test func anExperimentMeasuresClasses() async throws {
    let text =
      Workspace.tiny.replacing("ring8", with: "glyphs")
      .replacing("reference: 128}", with: "reference: 128, features: classifier}")
      .replacing("seeds: 3", with: "seeds: 1")
      + "  classes: {confidence: 0.5}\n  class-balance: {}\n"
    let space = try Workspace(["tiny": text])
    let result = try await space.saddle("sweep", "tiny")
    #expect(result.status == 0, "\(result.errors)")
    let report = try space.text("reports/tiny/README.md")
    #expect(report.contains("classifier features of dimension 64 (a classifier trained on glyphs"))
    #expect(report.contains("class-balance") && report.contains("1611.02163"))
  }
}
