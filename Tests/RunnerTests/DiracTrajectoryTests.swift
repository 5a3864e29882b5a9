import Arrays
import Catalog
import Foundation
import Networks
import Objectives
import Testing

@testable import Runner

/// Training of the Dirac-GAN against recursions that are written out by hand.
@Suite struct DiracTrajectoryTests {
  /// The numbers of a trajectory agree to twelve digits.
  private static func expectEqual(
    _ found: DiracGame.State, _ wanted: DiracGame.State, _ step: Int
  ) -> Bool {
    for (name, a, b) in [("θ", found.theta, wanted.theta), ("ψ", found.psi, wanted.psi)] {
      guard abs(a - b) <= 1e-12 * max(1, abs(b)) else {
        Issue.record("\(name) at step \(step): \(a), by hand \(b)")
        return false
      }
    }
    return true
  }

  /// 200 steps, with real samples where the critic cannot be right about them and where it can.
  private static func expectTrajectory(_ game: DiracGame, _ play: Play) throws {
    for real in [0, 0.5] {
      var state = game.start(theta: 1.25, psi: 0.75)
      let trainer = try game.trainer(
        theta: 1.25, psi: 0.75, real: real, rate: 0.03, play: play)
      for step in 1...200 {
        _ = trainer.advance()
        state = game.advanced(state, play, real: real, rate: 0.03)
        guard expectEqual(trainer.dirac, state, step) else { return }
      }
      #expect(state.square.isFinite)
    }
  }

  @Test(arguments: DiracGame.all) func alternating(_ game: DiracGame) throws {
    try Self.expectTrajectory(game, .alternating)
  }

  @Test(arguments: DiracGame.all) func simultaneous(_ game: DiracGame) throws {
    try Self.expectTrajectory(game, .simultaneous)
  }

  @Test(arguments: DiracGame.all) func extragradient(_ game: DiracGame) throws {
    try Self.expectTrajectory(game, .extragradient)
  }

  // MARK: Coverage

  /// Whether the text of some settings has this choice of this entry.
  private static func has(_ settings: [String], _ selector: String, _ name: String) -> Bool {
    settings.contains {
      $0.contains("\(selector): \(name),") || $0.contains("\(selector): \(name)}")
    }
  }

  /// Every loss is solved, or listed with a reason; of those solved, every word of every choice.
  @Test func everyLossIsSolvedOrListed() {
    let solved = DiracGame.Loss.all.map(\.settings)
    for entry in lossTable.entries {
      let name = entry.description.name
      let isListed = DiracGame.Loss.without[name] != nil
      #expect(Self.has(solved, "name", name) != isListed, "\(name)")
      guard !isListed else { continue }
      let own = solved.filter { Self.has([$0], "name", name) }
      for parameter in entry.description.parameters {
        guard case .choice(let words) = parameter.type else { continue }
        for word in words { #expect(Self.has(own, parameter.name, word), "\(name), \(word)") }
      }
    }
    #expect(DiracGame.Loss.without.keys.allSatisfy { lossTable[$0] != nil })
  }

  /// Every penalty is solved, or listed with a reason.
  @Test func everyPenaltyIsSolvedOrListed() {
    let solved = DiracGame.all.map(\.penalty.settings)
    for name in penaltyTable.entries.map(\.description.name) {
      let isListed = DiracGame.Penalty.without[name] != nil
      #expect(Self.has(solved, "preset", name) != isListed, "\(name)")
    }
    #expect(DiracGame.Penalty.without.keys.allSatisfy { penaltyTable[$0] != nil })
  }

  // MARK: Instance noise

  /// The logistic game where the critic sees all samples under normal noise of deviation 0.6, by the numbers drawn.
  private static let noisy: DiracGame = {
    @Sendable func samples(_ name: String, _ point: DiracGame.Point, at place: Double) -> [Double] {
      RandomStream(seed: 0, name: "noise/\(point.batch.rawValue)/\(name)")
        .normal(16, step: point.step).map { place + 0.6 * Double($0) }
    }
    @Sendable func mean(_ numbers: [Double]) -> Double {
      numbers.reduce(0, +) / Double(numbers.count)
    }
    let loss = DiracGame.Loss(
      settings: "loss: nonsaturating, train.noise: 0.6",
      critic: { point in
        mean(samples("real", point, at: point.real).map { -$0 / (1 + exp(point.psi * $0)) })
          + mean(samples("fake", point, at: point.theta).map { $0 / (1 + exp(-point.psi * $0)) })
      },
      generator: { point in
        mean(
          samples("fake", point, at: point.theta).map { -point.psi / (1 + exp(point.psi * $0)) })
      }, linear: nil)
    return DiracGame(loss: loss, penalty: .none)
  }()

  @Test(arguments: Play.allCases) func noise(_ play: Play) throws {
    try Self.expectTrajectory(Self.noisy, play)
  }
}
