import Catalog
import Engine
import Testing

@testable import Runner

/// What a history says that the players minimized: the critic's loss, its penalty and their sum, and all that the
/// generator minimizes. A public mistake is to show the loss without the penalty that was trained.
@Suite struct ReportedLossTests {
  /// The columns of the first steps.
  private func history(_ settings: String, steps: Int = 1) throws -> [[String: Double]] {
    let trainer = try TinyPlan.configuration(settings).trainer()
    return (0..<steps).map { _ in
      let record = trainer.advanceRecorded().record
      return Dictionary(uniqueKeysWithValues: zip(HistoryRecord.columns, record.values))
    }
  }

  private func value(_ row: [String: Double], _ column: String) throws -> Double {
    try #require(row[column])
  }

  /// In the first step the weight of a penalty changes the penalty, and not the loss beside it.
  @Test(arguments: ["r1", "drift", "orthogonal", "consensus", "bcr"])
  func lossAndPenaltyApartAndTogether(_ preset: String) throws {
    let without = try history("loss: hinge")[0]
    #expect(try value(without, "penalty") == 0)
    #expect(try value(without, "critic_total") == value(without, "critic_loss"))
    // Every weight of the penalty: bcr has two.
    let second = preset == "bcr" ? ", fake: " : nil
    let penalties = try [0.5, 2].map { weight in
      let weights = "weight: \(weight)" + (second.map { "\($0)\(weight)" } ?? "")
      let row = try history("loss: hinge, penalty: {preset: \(preset), \(weights)}")[0]
      #expect(try value(row, "critic_loss") == value(without, "critic_loss"))
      #expect(
        try value(row, "critic_total") == value(row, "critic_loss") + value(row, "penalty"))
      return try value(row, "penalty")
    }
    #expect(penalties[0] > 0)
    #expect(abs(penalties[1] - 4 * penalties[0]) < 1e-5 * penalties[1])
  }

  /// Several penalties are one sum.
  @Test func penaltiesAreAddedTogether() throws {
    let penalties = ["{preset: r1, weight: 3}", "{preset: l2, weight: 0.1}"]
    let sum = try penalties.reduce(0) {
      try $0 + value(history("penalty: \($1)")[0], "penalty")
    }
    let both = try value(
      history("penalty: [\(penalties.joined(separator: ", "))]")[0], "penalty")
    #expect(abs(both - sum) < 1e-5 * sum && sum > 0)
  }

  /// A lazy penalty is in the total of the steps in which it is applied, with its whole factor there, and in no other.
  @Test func lazyPenaltiesAreReportedWhereTheyAreTrained() throws {
    let rows = try history("penalty: {preset: r1, weight: 2, every: 3}", steps: 7)
    for (step, row) in rows.enumerated() {
      let isApplied = step.isMultiple(of: 3)
      #expect(try (value(row, "penalty") > 0) == isApplied, "step \(step)")
      #expect(
        try (value(row, "critic_total") > value(row, "critic_loss")) == isApplied, "step \(step)")
    }
    let eager = try history("penalty: {preset: r1, weight: 2}")[0]
    let (lazy, whole) = try (value(rows[0], "penalty"), value(eager, "penalty"))
    #expect(abs(lazy - 3 * whole) < 1e-5 * lazy)
  }

  /// The generator's loss contains its penalties.
  @Test func generatorsLossIsAllThatItMinimizes() throws {
    let settings = "critic.optimizer: frozen"
    let trainer = try TinyPlan.configuration(settings).trainer()
    let squares = trainer.state.entries.filter {
      $0.name.hasPrefix("generator.") && $0.name.hasSuffix(".weight")
    }.reduce(0.0) { sum, entry in
      trainer.state[entry.name].reduce(sum) { $0 + $1 * $1 / 2 }
    }
    let without = try value(history(settings)[0], "generator_loss")
    let with = try value(
      history(settings + ", generator.penalty: {preset: l2, weight: 0.25}")[0], "generator_loss")
    #expect(squares > 0 && abs(with - without - 0.25 * squares) < 1e-4 * squares)
  }
}
