import Engine
import Foundation
import Networks
import Testing

@testable import Runner

/// The Dirac-GAN with all of it as numbers: real samples at one number c, the generator's at θ, the critic ψx.
struct DiracGame: Sendable, CustomTestStringConvertible {
  /// A loss by the derivatives of its sides.
  struct Loss: Sendable {
    let settings: String
    /// d/dr of the critic's loss at a real score.
    let real: @Sendable (Double) -> Double
    /// d/df of the critic's loss at a fake score.
    let fake: @Sendable (Double) -> Double
    /// d/df of the generator's loss at a fake score.
    let generator: @Sendable (Double) -> Double
    /// f′(0) and f″(0) of the game in the form E f(D(G(z))) + E f(−D(x)).
    let slope: Double
    var curvature = 0.0
  }

  /// A term of the critic's loss.
  struct Penalty: Sendable {
    let settings: String
    /// The term's derivative by ψ.
    let slope: @Sendable (Double) -> Double
    /// Its second derivative at ψ = 0.
    let curvature: Double
  }

  let loss: Loss
  let penalty: Penalty

  var testDescription: String { "\(loss.settings), \(penalty.settings)" }

  /// All losses with all penalties.
  static let all = losses.flatMap { loss in penalties.map { DiracGame(loss: loss, penalty: $0) } }

  private static func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }

  static let nonsaturating = Loss(
    settings: "loss: nonsaturating", real: { -sigmoid(-$0) }, fake: sigmoid,
    generator: { -sigmoid(-$0) }, slope: 0.5, curvature: -0.25)

  static let wasserstein = Loss(
    settings: "loss: wasserstein", real: { _ in -1 }, fake: { _ in 1 }, generator: { _ in -1 },
    slope: 1)

  static let hinge = Loss(
    settings: "loss: hinge", real: { $0 < 1 ? -1 : 0 }, fake: { $0 > -1 ? 1 : 0 },
    generator: { _ in -1 }, slope: 1)

  static let losses = [nonsaturating, wasserstein, hinge]

  static let none = Penalty(settings: "penalty: none", slope: { _ in 0 }, curvature: 0)

  /// (γ/2)ψ².
  static func r1(_ weight: Double) -> Penalty {
    Penalty(
      settings: "penalty: {preset: r1, weight: \(weight)}", slope: { weight * $0 },
      curvature: weight)
  }

  static let penalties = [
    none, r1(0.3), r1(3),
    Penalty(
      settings: "penalty: {preset: r2, weight: 0.5}", slope: { 0.5 * $0 }, curvature: 0.5),
    Penalty(
      settings: "penalty: {preset: zero-gp, weight: 0.4}", slope: { 0.8 * $0 }, curvature: 0.8),
    Penalty(
      settings: "penalty: {preset: wgan-gp, weight: 0.7}",
      slope: { psi in 1.4 * (norm(psi) - 1) * psi / norm(psi) }, curvature: 1.4 * (1 - 1e6)),
    Penalty(
      settings: "penalty: {preset: lp, weight: 0.7}",
      slope: { psi in 1.4 * max(norm(psi) - 1, 0) * psi / norm(psi) }, curvature: 0),
    Penalty(
      settings: "penalty: [{preset: r1, weight: 0.5}, {preset: r2, weight: 1}]",
      slope: { 1.5 * $0 }, curvature: 1.5),
  ]

  /// |ψ| as gradient penalties have it.
  private static func norm(_ psi: Double) -> Double { (psi * psi + 1e-12).squareRoot() }

  // MARK: By hand

  /// A point of the game.
  struct State {
    var theta: Double
    var psi: Double
    /// θ² + ψ².
    var square: Double { theta * theta + psi * psi }
  }

  /// The derivative of the critic's loss by ψ.
  func criticGradient(_ state: State, real: Double) -> Double {
    loss.real(state.psi * real) * real + loss.fake(state.psi * state.theta) * state.theta
      + penalty.slope(state.psi)
  }

  /// The derivative of the generator's loss by θ.
  func generatorGradient(_ state: State) -> Double {
    loss.generator(state.psi * state.theta) * state.psi
  }

  /// The critic's step, then the generator's.
  func alternating(_ state: State, real: Double, rate: Double) -> State {
    var next = state
    next.psi -= rate * criticGradient(state, real: real)
    next.theta -= rate * generatorGradient(next)
    return next
  }

  /// Both steps from one point.
  func simultaneous(_ state: State, real: Double, rate: Double) -> State {
    State(
      theta: state.theta - rate * generatorGradient(state),
      psi: state.psi - rate * criticGradient(state, real: real))
  }

  // MARK: By the engine

  /// A trainer in Float64 at a point.
  func trainer(
    from start: State, real: Double = 0, rate: Double, settings: String = ""
  ) throws -> Trainer {
    try Self.trainer(
      "\(loss.settings), \(penalty.settings)\(settings)", from: start, real: real, rate: rate)
  }

  /// The same of a game by its settings alone.
  static func trainer(
    _ settings: String, from start: State, real: Double = 0, rate: Double
  ) throws -> Trainer {
    try TinyPlan.configuration(
      "\(settings), data: {name: dirac, at: [\(real)]}, latent.size: 1, "
        + "optimizer: {name: sgd, rate: \(rate)}, "
        + "generator: {hidden: [64, 64], architecture: {name: point, start: [\(start.theta)]}}, "
        + "critic: {hidden: [64, 64], architecture: {name: linear, start: [\(start.psi)]}}"
    ).trainer(.reference)
  }
}

extension Trainer {
  /// Where a Dirac-GAN stands.
  var dirac: DiracGame.State {
    get {
      DiracGame.State(
        theta: state["generator.0.weight"][0], psi: state["critic.0.weight"][0])
    }
    set {
      state["generator.0.weight"] = [newValue.theta]
      state["critic.0.weight"] = [newValue.psi]
    }
  }

  /// A step of both players of a Dirac-GAN from one point, along the gradient field.
  func advanceSimultaneously(rate: Double) {
    let evaluate = FieldEvaluation(self, seed: 0)
    let (generator, critic) = (evaluate(.generator, at: moment), evaluate(.critic, at: moment))
    var next = dirac
    next.theta += rate * generator.velocity[0]
    next.psi += rate * critic.velocity[0]
    dirac = next
  }
}
