import Catalog
import Foundation
import Testing

@testable import Runner

/// The programs of a small run as text: an accident in a rule or a simplification shows as a changed line.
@Suite struct GoldenProgramTests {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Golden")

  @Test func stepsOfAPenalizedCritic() throws {
    let members: ValueMap = [
      "data": .text("ring8"), "loss": .text("wasserstein"), "penalty": .text("wgan-gp"),
      "optimizer": .text("sgd"), "train": .map(["batch": .integer(4)]),
      "generator": .map(["hidden": .list([.integer(3)])]),
      "critic": .map(["hidden": .list([.integer(3)])]),
    ]
    let configuration = RunConfiguration(
      ParameterType.group(RunSchema.configuration).complete(.map(members)))
    let training = try TrainingGraph(configuration, sampleShape: [2])
    try expectGolden(
      "critic-step.txt", training.step(.critic, active: [0], isRecorded: false).description)
    try expectGolden(
      "generator-step.txt", training.step(.generator, active: [], isRecorded: true).description)
  }

  /// Compares with a golden file; a missing one is recorded, and fails.
  private func expectGolden(_ name: String, _ text: String) throws {
    let file = Self.folder.appendingPathComponent(name)
    guard let golden = try? String(contentsOf: file, encoding: .utf8) else {
      try FileManager.default.createDirectory(at: Self.folder, withIntermediateDirectories: true)
      try text.write(to: file, atomically: true, encoding: .utf8)
      Issue.record("\(name) was missing and has been recorded; look at it and commit it")
      return
    }
    #expect(text == golden, "\(name)")
  }
}
