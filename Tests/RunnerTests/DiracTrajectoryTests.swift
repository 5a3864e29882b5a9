import Testing

@testable import Runner

/// Training of the Dirac-GAN against recursions that are written out by hand.
@Suite struct DiracTrajectoryTests {
  private static func expectEqual(_ a: DiracGame.State, _ b: DiracGame.State, _ step: Int) {
    #expect(abs(a.theta - b.theta) < 1e-12, "θ at step \(step)")
    #expect(abs(a.psi - b.psi) < 1e-12, "ψ at step \(step)")
  }

  @Test(arguments: DiracGame.all) func alternatingSteps(_ game: DiracGame) throws {
    for real in [0, 0.5] {
      var state = DiracGame.State(theta: 1.25, psi: 0.75)
      let trainer = try game.trainer(from: state, real: real, rate: 0.05)
      for step in 1...200 {
        _ = trainer.advance()
        state = game.alternating(state, real: real, rate: 0.05)
        Self.expectEqual(trainer.dirac, state, step)
      }
    }
  }

  @Test(arguments: DiracGame.all) func simultaneousSteps(_ game: DiracGame) throws {
    var state = DiracGame.State(theta: 1.25, psi: 0.75)
    let trainer = try game.trainer(from: state, real: 0.5, rate: 0.05)
    for step in 1...200 {
      trainer.advanceSimultaneously(rate: 0.05)
      state = game.simultaneous(state, real: 0.5, rate: 0.05)
      Self.expectEqual(trainer.dirac, state, step)
    }
  }

  // MARK: Orbits

  private let wasserstein = DiracGame(loss: DiracGame.wasserstein, penalty: DiracGame.none)

  /// Simultaneous steps of the bilinear game multiply θ² + ψ² by 1 + h² each.
  @Test func simultaneousStepsSpiralOut() throws {
    let trainer = try wasserstein.trainer(from: .init(theta: 0.6, psi: -0.8), rate: 0.2)
    var square = 1.0
    for _ in 0..<100 {
      trainer.advanceSimultaneously(rate: 0.2)
      square *= 1 + 0.2 * 0.2
      #expect(abs(trainer.dirac.square / square - 1) < 1e-12)
    }
  }

  /// Near 0 the same of the logistic game, with f′ = ½.
  @Test func nonsaturatingStepsSpiralOutNearTheOrigin() throws {
    let game = DiracGame(loss: DiracGame.nonsaturating, penalty: DiracGame.none)
    let trainer = try game.trainer(from: .init(theta: 6e-6, psi: -8e-6), rate: 0.2)
    for _ in 0..<20 { trainer.advanceSimultaneously(rate: 0.2) }
    let expected = 1e-10 * (0..<20).reduce(1.0) { product, _ in product * (1 + 0.04 / 4) }
    #expect(abs(trainer.dirac.square / expected - 1) < 1e-8)
  }

  /// Alternating steps of the bilinear game keep θ² + ψ² − hθψ: an ellipse.
  @Test func alternatingStepsCircle() throws {
    let rate = 0.3
    let trainer = try wasserstein.trainer(from: .init(theta: 0.6, psi: -0.8), rate: rate)
    func invariant() -> Double {
      let state = trainer.dirac
      return state.square - rate * state.theta * state.psi
    }
    let start = invariant()
    var squares: [Double] = []
    for _ in 0..<2000 {
      _ = trainer.advance()
      #expect(abs(invariant() - start) < 1e-12)
      squares.append(trainer.dirac.square)
    }
    // The ellipse's half-axes are those of 1 ± h/2.
    #expect((squares.max() ?? 0) <= start / (1 - rate / 2) + 1e-12)
    #expect((squares.min() ?? 0) >= start / (1 + rate / 2) - 1e-12)
  }

  /// A two-sided gradient penalty keeps the critic's slope near 1, so the generator never rests.
  @Test func gradientPenaltyDoesNotConverge() throws {
    for loss in [DiracGame.nonsaturating, DiracGame.wasserstein] {
      let penalty = try #require(DiracGame.penalties.first { $0.settings.contains("wgan-gp") })
      let trainer = try DiracGame(loss: loss, penalty: penalty).trainer(
        from: .init(theta: 1, psi: 1), rate: 0.05)
      for _ in 0..<3000 { _ = trainer.advance() }
      var farthest = 0.0
      for _ in 0..<500 {
        _ = trainer.advance()
        farthest = max(farthest, trainer.dirac.square)
      }
      #expect(farthest > 0.25 && farthest < 10, "\(loss.settings)")
    }
  }

  /// Against samples that stay where they are at a distance m, the slope settles where m = 2λ(s − 1).
  @Test(arguments: [0.1, 1.0, 10.0]) func slopeUnderGradientPenalty(_ weight: Double) throws {
    let trainer = try TinyPlan.configuration(
      "loss: wasserstein, penalty: {preset: wgan-gp, weight: \(weight)}, "
        + "data: {name: dirac, at: [3, 4]}, "
        + "generator: {hidden: [64, 64], architecture: {name: point, start: [0]}, optimizer: {name: sgd, rate: 0}}, "
        + "critic: {hidden: [64, 64], architecture: linear, optimizer: {name: sgd, rate: 0.04}}"
    ).trainer(.reference)
    for _ in 0..<3000 { _ = trainer.advance() }
    let slope = 1 + 5 / (2 * weight)
    let critic = trainer.state["critic.0.weight"]
    #expect(abs(critic[0] - 0.6 * slope) < 1e-6)
    #expect(abs(critic[1] - 0.8 * slope) < 1e-6)
    #expect(trainer.state["generator.0.weight"] == [0, 0])
  }
}
