import Engine
import Foundation
import Networks
import Testing

@testable import Runner

/// The Dirac-GAN with all of it as numbers: real samples at one number c, the generator's at θ, the critic ψx.
struct DiracGame: Sendable, CustomTestStringConvertible {
  /// Where a step of a player is taken.
  struct Point {
    let theta: Double
    let psi: Double
    /// c.
    let real: Double
    /// Whose batch, latents and draws the step has.
    var batch = Player.critic
    /// The number of the step in the streams of its draws.
    var step = 0

    /// The critic's output on real samples.
    var r: Double { psi * real }
    /// Its output on the generator's.
    var f: Double { psi * theta }
  }

  /// A loss by its derivatives.
  struct Loss: Sendable {
    let settings: String
    /// The derivative of the critic's side by ψ.
    let critic: @Sendable (Point) -> Double
    /// The derivative of the generator's side by θ.
    let generator: @Sendable (Point) -> Double
    /// What both are near θ = ψ = 0 with real samples at 0; nil where they jump there.
    let linear: Linear?
  }

  /// The linear part of a loss at θ = ψ = c = 0.
  struct Linear: Sendable {
    /// The derivative of the critic's side by a fake score, f′ of the paper.
    var critic: Double
    /// That of the generator's side negated, the same f′ in games of one f.
    var generator: Double
    /// The second derivatives of the critic's side by a real and by a fake score, −f″ each in the paper, where each score
    /// counts by itself.
    var curvature: (real: Double, fake: Double)?
    /// What a slope's own price in the loss adds to the derivative by ψ, as a multiple of ψ.
    var damping = 0.0
  }

  /// Terms added to the players' losses.
  struct Penalty: Sendable {
    let settings: String
    /// What it remembers before the first step.
    var memory: [Double] = []
    /// The derivative of the critic's term by ψ; moves on what is remembered.
    let critic: @Sendable (Point, _ memory: inout [Double]) -> Double
    /// The derivative of the generator's term by θ.
    var generator: @Sendable (Point) -> Double = { _ in 0 }
    /// What they are near θ = ψ = 0 with real samples at 0, as multiples of ψ and of θ.
    let damping: (critic: Double, generator: Double)
  }

  let loss: Loss
  let penalty: Penalty

  var settings: String { "\(loss.settings), \(penalty.settings)" }
  var testDescription: String { settings }

  /// All losses without and with a penalty, and all penalties with two losses.
  static let all =
    [Penalty.none, .r1(0.3)].flatMap { penalty in
      Loss.all.map { DiracGame(loss: $0, penalty: penalty) }
    }
    + [Loss.nonsaturating, .wasserstein].flatMap { loss in
      Penalty.all.map { DiracGame(loss: loss, penalty: $0) }
    } + consensusGames

  // MARK: By hand

  /// A moment of the game.
  struct State {
    var theta: Double
    var psi: Double
    var memory: [Double] = []
    var steps = 0
    var criticSteps = 0

    /// θ² + ψ².
    var square: Double { theta * theta + psi * psi }
  }

  /// The derivative of the critic's whole loss by ψ; moves on what is remembered and the number of its steps.
  private func criticGradient(_ state: inout State, _ real: Double) -> Double {
    let point = Point(
      theta: state.theta, psi: state.psi, real: real, step: state.criticSteps)
    state.criticSteps += 1
    return loss.critic(point) + penalty.critic(point, &state.memory)
  }

  /// The derivative of the generator's whole loss by θ.
  private func generatorGradient(
    _ state: State, _ real: Double, _ batch: Player, step: Int
  ) -> Double {
    let point = Point(
      theta: state.theta, psi: state.psi, real: real, batch: batch, step: step)
    return loss.generator(point) + penalty.generator(point)
  }

  /// The state after a step of both players by gradient descent.
  func advanced(_ state: State, _ play: Play, real: Double, rate: Double) -> State {
    var next = state
    next.steps += 1
    /// Both players at once, by the gradients at where they stand, from somewhere.
    func move(from start: State) {
      let slope = generatorGradient(next, real, .critic, step: next.criticSteps)
      next.psi = start.psi - rate * criticGradient(&next, real)
      next.theta = start.theta - rate * slope
    }
    switch play {
    case .alternating:
      next.psi -= rate * criticGradient(&next, real)
      next.theta -= rate * generatorGradient(next, real, .generator, step: state.steps)
    case .simultaneous: move(from: state)
    case .extragradient:
      move(from: state)
      move(from: state)
    }
    return next
  }

  /// Where training begins.
  func start(theta: Double, psi: Double) -> State {
    State(theta: theta, psi: psi, memory: penalty.memory)
  }

  // MARK: By the engine

  /// A trainer in Float64.
  func trainer(
    theta: Double = 0, psi: Double = 0, real: Double = 0, rate: Double,
    play: Play = .alternating, _ more: String...
  ) throws -> Trainer {
    let parts =
      [
        settings, "train.play: \(play.rawValue)", "data: {name: dirac, at: [\(real)]}",
        "latent.size: 1", "optimizer: {name: sgd, rate: \(rate)}",
        "generator: {hidden: [64, 64], architecture: {name: point, start: [\(theta)]}}",
        "critic: {hidden: [64, 64], architecture: {name: linear, start: [\(psi)]}}",
      ] + more
    return try TinyPlan.configuration(parts.joined(separator: ", ")).trainer(.reference)
  }
}

extension Trainer {
  /// Where a Dirac-GAN stands.
  var dirac: DiracGame.State {
    DiracGame.State(theta: state["generator.0.weight"][0], psi: state["critic.0.weight"][0])
  }
}
