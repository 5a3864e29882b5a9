import Foundation
import LinearAlgebra
import Networks
import Testing

@testable import Runner

/// How far steps of training may reach, and where they lead, against what is known of the Dirac-GAN.
@Suite struct DiracStepSizeTests {
  /// A regularizer of the bilinear game with its largest steps, which hold wherever training starts.
  struct Case: CustomTestStringConvertible, Sendable {
    let game: DiracGame
    let play: Play
    let bound: Double

    var testDescription: String { "\(game.settings), \(play.rawValue)" }

    init(_ penalty: DiracGame.Penalty, _ play: Play, _ bound: Double) {
      self.init(DiracGame(loss: .wasserstein, penalty: penalty), play, bound)
    }

    init(_ game: DiracGame, _ play: Play, _ bound: Double) {
      self.game = game
      self.play = play
      self.bound = bound
    }
  }

  /// With a damping c of ψ, simultaneous steps h converge below c where c ≤ 2, and alternating ones below √(c² + 4) − c, where
  /// an eigenvalue of the step reaches −1. Consensus has the eigenvalues −γ ± i, and its alternating steps the determinant
  /// (1 − hγ)² and the trace 2(1 − hγ) − h². Extragradient steps have the eigenvalues 1 ± ih − h².
  static let cases = damped + consensus + [Case(.none, .extragradient, 1)]

  private static let dampings: [(DiracGame.Penalty, Double)] = [
    (.r1(0.7), 0.7), (.r1(1), 1), (.r2(0.6), 0.6), (.zeroCentred(0.4), 0.8),
  ]

  private static let damped: [Case] = dampings.flatMap { penalty, damping in
    [
      Case(penalty, .simultaneous, damping),
      Case(penalty, .alternating, (damping * damping + 4).squareRoot() - damping),
    ]
  }

  private static let consensus: [Case] = [0.3, 1].flatMap { (weight: Double) in
    let game = DiracGame.consensus(weight)
    return [
      Case(game, .simultaneous, 2 * weight / (weight * weight + 1)),
      Case(game, .alternating, 2 / (1 + weight)),
    ]
  }

  @Test(arguments: cases, [0.97, 1.03]) func threshold(_ tested: Case, _ factor: Double) throws {
    let rate = factor * tested.bound
    let trainer = try tested.game.trainer(
      theta: 0.6, psi: 0.8, rate: rate, play: tested.play, "train.batch: 1")
    let dynamics = LocalDynamics(trainer, seed: 0)
    let spectrum =
      switch tested.play {
      case .alternating: try dynamics.alternatingSpectrum()
      case .simultaneous: try dynamics.simultaneousSpectrum()
      case .extragradient: try dynamics.extragradientSpectrum()
      }
    #expect((spectrum.radius < 1) == (factor < 1))
    if tested.play == .simultaneous {
      let bound = try #require(try dynamics.field.spectrum().stepBound)
      #expect(abs(bound - tested.bound) < 1e-12)
    }
    for _ in 0..<3000 { _ = trainer.advance() }
    // Above the bound the numbers may have overflowed by now.
    let found = trainer.dirac.square
    #expect(factor < 1 ? found < 1e-6 : !(found <= 1e6), "\(found)")
  }

  /// Near the equilibrium the bounds are those of the linear part of any loss.
  @Test(arguments: [0.99, 1.01]) func thresholdsOfOtherLosses(_ factor: Double) throws {
    for loss in [DiracGame.Loss.nonsaturating, .minimax, .hinge] {
      let game = DiracGame(loss: loss, penalty: .r1(1))
      let slope = try #require(loss.linear).critic
      for (play, bound) in [
        (Play.alternating, ((1 + 4 * slope * slope).squareRoot() - 1) / (slope * slope)),
        (.simultaneous, slope == 1 ? 1 : 4),
      ] {
        let trainer = try game.trainer(
          theta: 3e-7, psi: 4e-7, rate: factor * bound, play: play, "train.batch: 1")
        for _ in 0..<2000 { _ = trainer.advance() }
        let found = trainer.dirac.square
        #expect(
          factor < 1 ? found < 1e-16 : !(found <= 1e-10), "\(loss.settings), \(play): \(found)")
      }
    }
  }

  /// Under instance noise the logistic game has the eigenvalues −σ²/4 ± √(σ⁴/16 − ¼): steps below 2σ² come as near to 0 as the
  /// batches' means allow, longer ones circle it.
  @Test(arguments: [0.8, 1.2]) func instanceNoise(_ factor: Double) throws {
    let trainer = try Self.logistic.trainer(
      theta: 0.3, psi: 0.4, rate: factor * 0.5, play: .simultaneous, "train.noise: 0.5",
      "train.batch: 1024")
    for _ in 0..<400 { _ = trainer.advance() }
    let mean = trainer.meanSquare(overOneTurn: factor * 0.5)
    #expect(factor < 1 ? mean < 0.02 : mean > 0.1, "\(mean)")
  }

  // MARK: Orbits

  private static let bilinear = DiracGame(loss: .wasserstein, penalty: .none)
  private static let logistic = DiracGame(loss: .nonsaturating, penalty: .none)

  /// Simultaneous steps of the bilinear game multiply θ² + ψ² by 1 + h² each, extragradient steps by 1 − h² + h⁴.
  @Test(arguments: [(Play.simultaneous, 1.04), (.extragradient, 0.9616)])
  func spirals(_ play: Play, _ growth: Double) throws {
    let trainer = try Self.bilinear.trainer(theta: 0.6, psi: -0.8, rate: 0.2, play: play)
    var square = 1.0
    for _ in 0..<100 {
      _ = trainer.advance()
      square *= growth
      #expect(abs(trainer.dirac.square / square - 1) < 1e-12)
    }
  }

  /// The same near 0 of the logistic games, with f′ = ½.
  @Test(arguments: [DiracGame.Loss.nonsaturating, .minimax].map(\.settings))
  func logisticStepsSpiralOutNearTheOrigin(_ settings: String) throws {
    let loss = try #require(DiracGame.Loss.all.first { $0.settings == settings })
    let trainer = try DiracGame(loss: loss, penalty: .none).trainer(
      theta: 6e-6, psi: -8e-6, rate: 0.2, play: .simultaneous)
    for _ in 0..<20 { _ = trainer.advance() }
    let expected = 1e-10 * pow(1 + 0.04 / 4, 20)
    #expect(abs(trainer.dirac.square / expected - 1) < 1e-8)
  }

  /// The minimax flow keeps θ² + ψ²: simultaneous steps move outwards for good, alternating ones stay about where they are.
  @Test(arguments: [Play.simultaneous, .alternating]) func minimaxOrbits(_ play: Play) throws {
    let trainer = try DiracGame(loss: .minimax, penalty: .none).trainer(
      theta: 0.6, psi: 0.8, rate: 0.1, play: play, "train.batch: 1")
    var squares: [Double] = []
    for _ in 0..<2000 {
      _ = trainer.advance()
      squares.append(trainer.dirac.square)
    }
    if play == .simultaneous {
      #expect(zip(squares, squares.dropFirst()).allSatisfy { $0 < $1 })
      #expect((squares.last ?? 0) > 4)
    } else {
      #expect(squares.allSatisfy { abs($0 - 1) < 0.1 })
    }
  }

  /// Alternating steps of the bilinear game keep θ² + ψ² − hθψ: an ellipse.
  @Test func alternatingStepsCircle() throws {
    let rate = 0.3
    let trainer = try Self.bilinear.trainer(theta: 0.6, psi: -0.8, rate: rate)
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

  /// Non-saturating steps of both at once end on a cycle of radius √(2h), from within and from without: the flow draws θ² + ψ²
  /// in by its square over 8, the steps drive it out by h/4 of itself.
  @Test(arguments: [0.05, 0.1], [0.1, 1.0])
  func nonsaturatingCycle(_ rate: Double, _ start: Double) throws {
    let trainer = try Self.logistic.trainer(
      theta: start, psi: 0, rate: rate, play: .simultaneous, "train.batch: 1")
    for _ in 0..<Int(60 / (rate * rate)) { _ = trainer.advance() }
    let mean = trainer.meanSquare(overOneTurn: rate)
    #expect(abs(mean / (2 * rate) - 1) < 0.05, "radius \(mean.squareRoot())")
  }

  /// The non-saturating flow contracts like 1/t, slower than any exponential: 1/(θ² + ψ²) rises by t/8. Small alternating steps
  /// follow it.
  @Test func nonsaturatingFlowContractsSlowly() throws {
    let rate = 0.02
    let trainer = try Self.logistic.trainer(theta: 0.5, psi: 0, rate: rate, "train.batch: 1")
    for time in [100.0, 200, 400] {
      while Double(trainer.step) * rate < time { _ = trainer.advance() }
      let mean = trainer.meanSquare(overOneTurn: rate)
      let middle = time + 2 * Double.pi
      #expect(abs(mean * (4 + middle / 8) - 1) < 0.02, "t \(middle): \(mean)")
    }
  }

  /// A two-sided gradient penalty keeps the critic's slope near 1, so the generator never rests.
  @Test(arguments: Play.allCases) func gradientPenaltyDoesNotConverge(_ play: Play) throws {
    for loss in [DiracGame.Loss.nonsaturating, .wasserstein] {
      let trainer = try DiracGame(loss: loss, penalty: .wassersteinPenalty).trainer(
        theta: 1, psi: 1, rate: 0.05, play: play, "train.batch: 1")
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
        + "generator: {hidden: [64, 64], architecture: {name: point, start: [0]}, optimizer: frozen}, "
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

extension Trainer {
  /// The mean of θ² + ψ² over the steps of the next turn of a logistic game, which takes the time 4π.
  fileprivate func meanSquare(overOneTurn rate: Double) -> Double {
    let turn = Int(4 * Double.pi / rate)
    return (0..<turn).reduce(0) { sum, _ in
      _ = advance()
      return sum + dirac.square / Double(turn)
    }
  }
}
