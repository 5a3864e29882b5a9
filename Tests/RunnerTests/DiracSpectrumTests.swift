import LinearAlgebra
import Testing

@testable import Runner

/// Eigenvalues of the Dirac-GAN at its equilibrium, and the step sizes that they allow, against closed forms.
@Suite struct DiracSpectrumTests {
  /// What is added to a game, by the eigenvalues centre ± √discriminant that it then has at 0.
  struct Regularizer: Sendable {
    let settings: String
    /// From f′ and f″ to the two numbers.
    let eigenvalues: @Sendable (_ slope: Double, _ curvature: Double) -> (Double, Double)

    init(
      _ settings: String,
      _ eigenvalues: @escaping @Sendable (_ slope: Double, _ curvature: Double) -> (Double, Double)
    ) {
      self.settings = settings
      self.eigenvalues = eigenvalues
    }
  }

  /// Penalties on the slope pull ψ alone to 0: the field is linearly (f′ψ, −f′θ − cψ).
  static let regularizers = DiracGame.penalties.map { penalty in
    Regularizer(penalty.settings) { slope, _ in
      (-penalty.curvature / 2, penalty.curvature * penalty.curvature / 4 - slope * slope)
    }
  }

  private static func dynamics(_ game: DiracGame, rate: Double = 0.1) throws -> LocalDynamics {
    LocalDynamics(try game.trainer(from: .init(theta: 0, psi: 0), rate: rate), seed: 0)
  }

  @Test(arguments: DiracGame.losses.indices, regularizers.indices)
  func eigenvalues(_ loss: Int, _ regularizer: Int) throws {
    let (loss, regularizer) = (DiracGame.losses[loss], Self.regularizers[regularizer])
    let trainer = try DiracGame.trainer(
      "\(loss.settings), \(regularizer.settings)", from: .init(theta: 0, psi: 0), rate: 0.1)
    let field = LocalDynamics(trainer, seed: 0).field
    #expect(field.velocity == [0, 0])
    #expect(field.states.map(\.name) == ["generator.0.weight", "critic.0.weight"])
    let spectrum = try field.spectrum()
    let (centre, discriminant) = regularizer.eigenvalues(loss.slope, loss.curvature)
    let root = abs(discriminant).squareRoot()
    let expected = [-root, root].map {
      discriminant < 0 ? Complex(centre, $0) : Complex(centre + $0, 0)
    }
    let tolerance = 1e-10 * max(1, spectrum.radius)
    for (found, wanted) in zip(spectrum.eigenvalues, expected) {
      #expect(abs(found.real - wanted.real) < tolerance)
      #expect(abs(found.imaginary - wanted.imaginary) < tolerance)
    }
    let largest = expected[1].real
    #expect(spectrum.stability == (largest < 0 ? .stable : largest > 0 ? .unstable : .undecided))
    let bounds = expected.map { max(0, -2 * $0.real) / ($0.magnitude * $0.magnitude) }
    let bound = try #require(spectrum.stepBound)
    #expect(abs(bound - min(bounds[0], bounds[1])) < 1e-10)
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
