import LinearAlgebra
import Testing

@testable import Runner

/// Eigenvalues of the Dirac-GAN at its equilibrium, and the step sizes that they allow, against closed forms.
@Suite struct DiracSpectrumTests {
  private static func dynamics(_ game: DiracGame, rate: Double = 0.1) throws -> LocalDynamics {
    LocalDynamics(try game.trainer(from: .init(theta: 0, psi: 0), rate: rate), seed: 0)
  }

  /// The roots of λ² + cλ + f′²: the field is linearly (f′ψ, −f′θ − cψ).
  private static func roots(damping: Double, slope: Double) -> [Complex] {
    let discriminant = damping * damping / 4 - slope * slope
    if discriminant < 0 {
      let imaginary = (-discriminant).squareRoot()
      return [Complex(-damping / 2, -imaginary), Complex(-damping / 2, imaginary)]
    }
    let root = discriminant.squareRoot()
    return [Complex(-damping / 2 - root, 0), Complex(-damping / 2 + root, 0)]
  }

  @Test(arguments: DiracGame.all) func eigenvalues(_ game: DiracGame) throws {
    let dynamics = try Self.dynamics(game)
    let (slope, damping) = (game.loss.slope, game.penalty.curvature)
    #expect(dynamics.field.velocity == [0, 0])
    #expect(dynamics.field.states.map(\.name) == ["generator.0.weight", "critic.0.weight"])
    let jacobian = dynamics.field.jacobian.elements
    for (found, wanted) in zip(jacobian, [0, slope, -slope, -damping]) {
      #expect(abs(found - wanted) <= 1e-10 * max(1, abs(wanted)))
    }
    let spectrum = try dynamics.field.spectrum()
    for (found, wanted) in zip(spectrum.eigenvalues, Self.roots(damping: damping, slope: slope)) {
      #expect(abs(found.real - wanted.real) < 1e-10 * max(1, spectrum.radius))
      #expect(abs(found.imaginary - wanted.imaginary) < 1e-10 * max(1, spectrum.radius))
    }
    #expect(spectrum.stability == (damping > 0 ? .stable : damping < 0 ? .unstable : .undecided))
    let bound = try #require(spectrum.stepBound)
    #expect(abs(bound - (damping > 0 ? Self.bound(damping: damping, slope: slope) : 0)) < 1e-10)
  }

  /// c/f′² for a pair of conjugates; for real eigenvalues 2 over the larger.
  private static func bound(damping: Double, slope: Double) -> Double {
    damping < 2 * slope
      ? damping / (slope * slope) : 2 / -roots(damping: damping, slope: slope)[0].real
  }

  // MARK: Steps

  /// The Jacobians of steps, written out.
  @Test(arguments: DiracGame.all, [0.1, 0.7]) func steps(_ game: DiracGame, _ h: Double) throws {
    let dynamics = try Self.dynamics(game, rate: h)
    let (f, c) = (game.loss.slope, game.penalty.curvature)
    let simultaneous = [1, h * f, -h * f, 1 - h * c]
    let alternating = [1 - h * h * f * f, h * f * (1 - h * c), -h * f, 1 - h * c]
    let extragradient = [
      1 - h * h * f * f, h * f * (1 - h * c), -h * f * (1 - h * c),
      1 - h * c - h * h * f * f + h * h * c * c,
    ]
    for (found, wanted) in [
      (dynamics.simultaneousStep, simultaneous), (dynamics.alternatingStep, alternating),
      (dynamics.extragradientStep, extragradient),
    ] {
      for (found, wanted) in zip(found.elements, wanted) {
        #expect(abs(found - wanted) <= 1e-10 * max(1, abs(wanted)))
      }
    }
  }

  /// Simultaneous steps of the bilinear game under R1 converge below γ/f′², and not above.
  @Test(arguments: [0.97, 1.03]) func simultaneousThreshold(_ factor: Double) throws {
    let game = DiracGame(loss: DiracGame.wasserstein, penalty: DiracGame.r1(1))
    let bound = try #require(try Self.dynamics(game).field.spectrum().stepBound)
    #expect(abs(bound - 1) < 1e-12)
    let rate = factor * bound
    let trainer = try game.trainer(from: .init(theta: 0.6, psi: 0.8), rate: rate)
    #expect((try Self.dynamics(game, rate: rate).simultaneousSpectrum().radius < 1) == (factor < 1))
    for _ in 0..<600 { trainer.advanceSimultaneously(rate: rate) }
    #expect(factor < 1 ? trainer.dirac.square < 1e-6 : trainer.dirac.square > 1e6)
  }

  /// Alternating steps converge below (√(γ² + 4f′²) − γ)/f′², where an eigenvalue of the step reaches −1.
  @Test(arguments: [0.99, 1.01]) func alternatingThreshold(_ factor: Double) throws {
    for loss in DiracGame.losses {
      let game = DiracGame(loss: loss, penalty: DiracGame.r1(1))
      let square = loss.slope * loss.slope
      let bound = ((1 + 4 * square).squareRoot() - 1) / square
      #expect(abs(try Self.dynamics(game, rate: bound).alternatingSpectrum().radius - 1) < 1e-9)
      let rate = factor * bound
      #expect(
        (try Self.dynamics(game, rate: rate).alternatingSpectrum().radius < 1) == (factor < 1))
      let trainer = try game.trainer(from: .init(theta: 3e-4, psi: 4e-4), rate: rate)
      for _ in 0..<1000 { _ = trainer.advance() }
      // Above it the numbers may have overflowed by now.
      let found = trainer.dirac.square
      #expect(factor < 1 ? found < 1e-10 : !(found <= 1e-4), "\(loss.settings): \(found)")
    }
  }

  /// Several critic steps before each of the generator: (1 − hc)ᵏ in the critic's direction.
  @Test func severalCriticSteps() throws {
    let game = DiracGame(loss: DiracGame.wasserstein, penalty: DiracGame.r1(2))
    let trainer = try game.trainer(
      from: .init(theta: 0, psi: 0), rate: 0.1, settings: ", train.criticSteps: 3")
    let dynamics = LocalDynamics(trainer, seed: 0)
    let (kept, moved) = (0.8 * 0.8 * 0.8, -0.1 * (1 + 0.8 + 0.64))
    let expected = [1 + 0.1 * moved, 0.1 * kept, moved, kept]
    #expect(dynamics.criticSteps == 3)
    for (found, wanted) in zip(dynamics.alternatingStep.elements, expected) {
      #expect(abs(found - wanted) < 1e-12)
    }
  }

  /// What the linear part leaves open: a generator that does not move has the eigenvalue 0.
  @Test func zeroEigenvalues() throws {
    let trainer = try TinyPlan.configuration(
      "loss: wasserstein, penalty: {preset: r1, weight: 1}, data: {name: dirac, at: [1]}, "
        + "latent.size: 1, generator: {hidden: [64, 64], architecture: point, output: tanh}, "
        + "critic: {hidden: [64, 64], architecture: linear}"
    ).trainer(.reference)
    trainer.state["generator.0.weight"] = [40]
    trainer.state["critic.0.weight"] = [0]
    let field = LocalDynamics(trainer, seed: 0).field
    #expect(field.norm == 0)
    let spectrum = try field.spectrum()
    #expect(spectrum.eigenvalues == [Complex(-1, 0), Complex(0, 0)])
    #expect(spectrum.stability == .undecided && spectrum.stepBound == nil)
  }
}
