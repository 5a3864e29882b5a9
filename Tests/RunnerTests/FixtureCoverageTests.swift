import Catalog
import Networks
import Objectives
import Testing

@testable import Runner

/// That PyTorch has trained ten steps with every entry of the tables that training is made of.
@Suite struct FixtureCoverageTests {
  /// The configurations of all fixtures.
  private static func configurations() throws -> [RunConfiguration] {
    try TrainingFixture.names.map { try TrainingFixture($0).configuration }
  }

  private func expectAll(
    _ table: EntryTable, but absent: [String] = [], _ used: (RunConfiguration) -> [Value]
  ) throws {
    let values = try Self.configurations().flatMap(used)
    let names = Set(values.compactMap { $0[table.selector]?.asText })
    let missing = table.entries.map(\.name).filter { !names.contains($0) }
    #expect(missing == absent, "no fixture of these in the table \(table.title)")
  }

  @Test func losses() throws {
    try expectAll(lossTable.description) { [$0.loss(.critic), $0.loss(.generator)] }
  }

  /// A preset is the bare entry with other factors, which is how a configuration has it.
  @Test func penalties() throws {
    let presets = penaltyTable.entries.map(\.description).filter { $0.presetOf != nil }
    try expectAll(penaltyTable.description, but: presets.map(\.name)) {
      $0.penalties.map(\.value)
    }
    func factors(_ penalty: Value) -> [Value?] {
      ["where", "target", "norm", "power", "over", "scale"].map { penalty[$0] }
    }
    let used = try Self.configurations().flatMap { $0.penalties.map { factors($0.value) } }
    for preset in presets {
      let value = ParameterType.entry(penaltyTable.description).complete(.text(preset.name))
      #expect(used.contains(factors(value)), "no fixture of \(preset.name)")
    }
  }

  @Test func kernelsAndTransforms() throws {
    try expectAll(featureKernelTable.description) { configuration in
      [configuration.loss(.critic)["kernel"]].compactMap(\.self)
    }
    try expectAll(transformTable.description) { configuration in
      configuration.penalties.compactMap { $0.value["transform"] }
    }
  }

  @Test func optimizersAndClipping() throws {
    try expectAll(optimizerTable.description) { configuration in
      Player.allCases.map { configuration.optimizer($0) }
    }
    try expectAll(gradientClippingTable.description) { configuration in
      Player.allCases.map { configuration.gradientClipping($0) }
    }
  }

  @Test func constraintsAndAuxiliaries() throws {
    try expectAll(constraintTable.description) { configuration in
      Player.allCases.map { configuration.constraint($0) }
    }
    try expectAll(auxiliaryTable.description) { $0.auxiliaries }
  }

  @Test func waysOfPlay() throws {
    let configurations = try Self.configurations()
    for play in Play.allCases {
      #expect(configurations.contains { $0.play == play }, "\(play)")
      #expect(configurations.contains { $0.play == play && $0.lookahead.every > 0 }, "\(play)")
      #expect(
        configurations.contains { $0.play == play && !$0.penalties.isEmpty }, "\(play)")
    }
    #expect(configurations.contains { $0.noise.constant != 0 })
    #expect(configurations.contains { $0.unrolledSteps > 0 })
  }
}
