import Arrays
import LinearAlgebra
import Testing

@testable import Runner

/// Eigenvalues of the Dirac-GAN at its equilibrium and the Jacobians of steps there, against closed forms.
@Suite struct DiracSpectrumTests {
  /// The field near 0: (aψ − pθ, −bθ − cψ).
  private struct Field {
    let a: Double
    let b: Double
    let c: Double
    let p: Double

    init?(_ game: DiracGame) {
      guard let linear = game.loss.linear else { return nil }
      (a, b) = (linear.generator, linear.critic)
      c = linear.damping + game.penalty.damping.critic
      p = game.penalty.damping.generator
    }

    /// −(p + c)/2 ± √((p − c)²/4 − ab), by rising real and then imaginary part.
    var eigenvalues: [Complex] {
      let centre = -(p + c) / 2
      let discriminant = (p - c) * (p - c) / 4 - a * b
      let root = abs(discriminant).squareRoot()
      return [-root, root].map {
        discriminant < 0 ? Complex(centre, $0) : Complex(centre + $0, 0)
      }
    }
  }

  static let games = DiracGame.all.filter { $0.loss.linear != nil }

  private static func expectEqual(_ found: [Complex], _ wanted: [Complex]) {
    let tolerance = 1e-10 * max(1, wanted.map(\.magnitude).max() ?? 0)
    #expect(found.count == wanted.count)
    for (found, wanted) in zip(found, wanted) {
      #expect(abs(found.real - wanted.real) < tolerance, "\(found), \(wanted)")
      #expect(abs(found.imaginary - wanted.imaginary) < tolerance, "\(found), \(wanted)")
    }
  }

  @Test(arguments: games) func eigenvalues(_ game: DiracGame) throws {
    let field = LocalDynamics(try game.trainer(rate: 0.1), seed: 0).field
    #expect(field.velocity == [0, 0])
    #expect(field.states.map(\.name) == ["generator.0.weight", "critic.0.weight"])
    let spectrum = try field.spectrum()
    let expected = try #require(Field(game)).eigenvalues
    Self.expectEqual(spectrum.eigenvalues, expected)
    let largest = expected[1].real
    #expect(spectrum.stability == (largest < 0 ? .stable : largest > 0 ? .unstable : .undecided))
    let moving = expected.filter { $0.magnitude > 0 }
    if moving.contains(where: { $0.real >= 0 }) {
      #expect(spectrum.stepBound == 0)
    } else if moving.count < 2 {
      #expect(spectrum.stepBound == nil)
    } else {
      let bounds = moving.map { -2 * $0.real / ($0.magnitude * $0.magnitude) }
      let bound = try #require(spectrum.stepBound)
      #expect(abs(bound - min(bounds[0], bounds[1])) < 1e-10)
    }
  }

  /// Instance noise adds σ² times the second derivatives of the loss, each times the mean square that its batch drew:
  /// f″σ² ± √(f″²σ⁴ − f′²) where that is 1.
  @Test(arguments: DiracGame.Loss.all.filter { $0.linear?.curvature != nil }.map(\.settings))
  func instanceNoise(_ settings: String) throws {
    let loss = try #require(DiracGame.Loss.all.first { $0.settings == settings })
    let linear = try #require(loss.linear)
    let curvature = try #require(linear.curvature)
    let game = DiracGame(loss: loss, penalty: .r1(0.2))
    let trainer = try game.trainer(rate: 0.1, play: .simultaneous, "train.noise: 0.6")
    let squares = ["real", "fake"].map { name in
      RandomStream(seed: 0, name: "noise/critic/\(name)").normal(16)
        .reduce(0) { $0 + Double($1) * Double($1) } / 16
    }
    let damping = 0.36 * (curvature.real * squares[0] + curvature.fake * squares[1]) + 0.2
    let root = damping * damping / 4 - linear.critic * linear.generator
    let size = abs(root).squareRoot()
    let expected = [-size, size].map {
      root < 0 ? Complex(-damping / 2, $0) : Complex($0 - damping / 2, 0)
    }
    Self.expectEqual(
      try LocalDynamics(trainer, seed: 0).field.spectrum().eigenvalues, expected)
  }

  // MARK: Steps

  /// The Jacobians of steps, written out.
  @Test(arguments: games, [0.1, 0.7]) func steps(_ game: DiracGame, _ h: Double) throws {
    let dynamics = LocalDynamics(try game.trainer(rate: h), seed: 0)
    let field = try #require(Field(game))
    let (a, b, c, p) = (field.a, field.b, field.c, field.p)
    let simultaneous = [1 - h * p, h * a, -h * b, 1 - h * c]
    let alternating = [1 - h * p - h * h * a * b, h * a * (1 - h * c), -h * b, 1 - h * c]
    let extragradient = [
      1 - h * p + h * h * (p * p - a * b), h * a * (1 - h * (p + c)), -h * b * (1 - h * (p + c)),
      1 - h * c + h * h * (c * c - a * b),
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

  /// Several critic steps before each of the generator: (1 − hc)ᵏ in the critic's direction.
  @Test func severalCriticSteps() throws {
    let game = DiracGame(loss: .wasserstein, penalty: .r1(2))
    let dynamics = LocalDynamics(try game.trainer(rate: 0.1, "train.criticSteps: 3"), seed: 0)
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
