import Arrays
import Foundation
import Networks

@testable import Runner

extension DiracGame.Penalty {
  /// A function of the critic's slope ψ, in one dimension the same everywhere.
  private init(
    _ preset: String, damping: Double, slope: @escaping @Sendable (_ psi: Double) -> Double
  ) {
    settings = "penalty: {preset: \(preset)}"
    critic = { point, _ in slope(point.psi) }
    self.damping = (damping, 0)
  }

  /// The penalties that have a closed form here.
  static let all =
    [none, r1(0.3), r1(3), r2(0.5), zeroCentred(0.4), both] + oneCentred + highPowers + margins
    + [drift, leCam(warmup: 0), leCam(warmup: 50), weightDecay, orthogonal, generatorWeights]
    + consistency + [latentConsistency, sobolev(0.5), sobolev(0.01), fisher]

  /// Why the others have none; consensus optimization depends on the loss, see `consensusGames`.
  static let without = ["witness": "its loss compares embeddings"]

  static let none = Self(settings: "penalty: none", critic: { _, _ in 0 }, damping: (0, 0))

  // MARK: Slopes

  /// (γ/2)ψ².
  static func r1(_ weight: Double) -> Self {
    Self("r1, weight: \(weight)", damping: weight) { weight * $0 }
  }

  static func r2(_ weight: Double) -> Self {
    Self("r2, weight: \(weight)", damping: weight) { weight * $0 }
  }

  /// λψ².
  static func zeroCentred(_ weight: Double) -> Self {
    Self("zero-gp, weight: \(weight)", damping: 2 * weight) { 2 * weight * $0 }
  }

  private static let both = Self(
    settings: "penalty: [{preset: r1, weight: 0.5}, {preset: r2, weight: 1}]",
    critic: { point, _ in 1.5 * point.psi }, damping: (1.5, 0))

  /// |ψ| with the number under the root that the settings have.
  private static func norm(_ psi: Double) -> Double { (psi * psi + 1e-12).squareRoot() }

  static let wassersteinPenalty = toOne("wgan-gp")

  /// 0.7(|ψ| − 1)²; at 0 the root is the one of 1e−12 alone.
  private static func toOne(_ name: String) -> Self {
    Self("\(name), weight: 0.7", damping: 1.4 * (1 - 1e6)) { psi in
      1.4 * (norm(psi) - 1) * psi / norm(psi)
    }
  }

  private static let oneCentred = [
    wassersteinPenalty, toOne("dragan"), toOne("gradient"),
    Self("lp, weight: 0.7", damping: 0) { psi in
      1.4 * max(norm(psi) - 1, 0) * psi / norm(psi)
    },
  ]

  private static let highPowers = [
    Self("max-gp, weight: 0.6", damping: 1.2) { 1.2 * $0 },
    // (k/2)(ψ⁶ + ψ⁶).
    Self("wgan-div, weight: 0.1", damping: 0) { 0.6 * pow($0, 5) },
    // 0.3·½·2ψ⁴.
    Self(
      "gradient, where: real-and-fake, target: zero, power: 4, scale: 0.5, weight: 0.3", damping: 0
    ) { 1.2 * pow($0, 3) },
    // 0.3·|ψ|³.
    Self("gradient, where: fake, target: zero, norm: l1, power: 3, weight: 0.3", damping: 0) {
      0.9 * $0 * abs($0)
    },
  ]

  /// λ[|ψ| − 1]₊.
  private static let margins = ["l1-margin", "linf-margin"].map { name in
    Self("\(name), weight: 0.3", damping: 0) { abs($0) > 1 ? ($0 < 0 ? -0.3 : 0.3) : 0 }
  }

  /// Λc + (ρ/2)c² with c = ψ² − 1, Λ ← Λ + ρc.
  private static func sobolev(_ rho: Double) -> Self {
    Self(
      settings: "penalty: {preset: sobolev, weight: 0.8, rho: \(rho)}", memory: [0],
      critic: { point, memory in
        let excess = point.psi * point.psi - 1
        let multiplier = memory[0]
        memory[0] += rho * excess
        return 0.8 * (multiplier + rho * excess) * 2 * point.psi
      }, damping: (-1.6 * rho, 0))
  }

  // MARK: Scores

  /// Λc + (ρ/2)c² with c = ½r² + ½f² − 1, Λ ← Λ + ρc.
  private static let fisher = Self(
    settings: "penalty: {preset: fisher, weight: 0.8, rho: 0.3}", memory: [0],
    critic: { point, memory in
      let excess = (point.r * point.r + point.f * point.f) / 2 - 1
      let multiplier = memory[0]
      memory[0] += 0.3 * excess
      return 0.8 * (multiplier + 0.3 * excess) * (point.r * point.real + point.f * point.theta)
    }, damping: (0, 0))

  private static let drift = Self(
    settings: "penalty: {preset: drift, weight: 0.7}",
    critic: { point, _ in 1.4 * point.r * point.real }, damping: (0, 0))

  /// λ{[r − m_f]₊² + [m_r − f]₊²}; what is remembered are m_r, m_f and the number of steps.
  private static func leCam(warmup: Int) -> Self {
    Self(
      settings: "penalty: {preset: lecam, weight: 0.4, decay: 0.9, warmup: \(warmup)}",
      memory: [0, 0, 0],
      critic: { point, memory in
        let isOn = memory[2] >= Double(warmup)
        memory[2] += 1
        for (index, score) in [point.r, point.f].enumerated() {
          memory[index] = isOn ? 0.9 * memory[index] + 0.1 * score : score
        }
        guard isOn else { return 0 }
        return 0.8
          * (max(point.r - memory[1], 0) * point.real - max(memory[0] - point.f, 0) * point.theta)
      }, damping: (0, 0))
  }

  /// The mean of 16 squared normal numbers that a penalty draws.
  private static func meanSquare(_ stream: String, step: Int) -> Double {
    RandomStream(seed: 0, name: "penalty/transform/\(stream)").normal(16, step: step)
      .reduce(0) { $0 + Double($1) * Double($1) } / 16
  }

  /// D(x) − D(x + 0.6n) = −0.6ψn.
  private static let consistency = [
    Self(
      settings: "penalty: {preset: cr, weight: 0.5, transform: {name: noise, deviation: 0.6}}",
      critic: { point, _ in 0.36 * meanSquare("real", step: point.step) * point.psi },
      damping: (0.36 * meanSquare("real", step: 0), 0)),
    Self(
      settings:
        "penalty: {preset: bcr, weight: 0.5, fake: 2, transform: {name: noise, deviation: 0.6}}",
      critic: { point, _ in
        0.36 * point.psi
          * (meanSquare("real", step: point.step) + 4 * meanSquare("fake", step: point.step))
      },
      damping: (0.36 * (meanSquare("real", step: 0) + 4 * meanSquare("fake", step: 0)), 0)),
  ]

  /// A generator without a use for latents has no neighbours to tell apart.
  private static let latentConsistency = Self(
    settings: "penalty: {preset: zcr, weight: 3, generator: 2, deviation: 1}",
    critic: { _, _ in 0 }, damping: (0, 0))

  // MARK: Weights

  /// ½ψ² times the weight.
  private static let weightDecay = Self("l2, weight: 0.4", damping: 0.4) { 0.4 * $0 }

  /// One output has no other to be at right angles to.
  private static let orthogonal = Self("orthogonal, weight: 3", damping: 0) { _ in 0 }

  /// θ is no matrix of weights.
  private static let generatorWeights = Self(
    settings: "generator.penalty: {preset: l2, weight: 3}", critic: { _, _ in 0 },
    damping: (0, 0))
}

// MARK: Consensus

extension DiracGame {
  /// Consensus optimization: both add γ∇R, R = ½(v_θ² + v_ψ²).
  static let consensusGames = [consensus(0.3), consensus(1)] + logisticConsensus

  /// Of the bilinear game R is ½(ψ² + (θ − c)²).
  static func consensus(_ weight: Double) -> DiracGame {
    DiracGame(
      loss: .wasserstein,
      penalty: Penalty(
        settings: consensusSettings(weight), critic: { point, _ in weight * point.psi },
        generator: { weight * ($0.theta - $0.real) }, damping: (weight, weight)))
  }

  private static func consensusSettings(_ weight: Double) -> String {
    "penalty: {preset: consensus, weight: \(weight)}"
  }

  /// The gradients of both logistic games with their derivatives, s standing for S(f) and d for its derivative.
  private static let logisticConsensus = [(Loss.nonsaturating, false), (.minimax, true)].map {
    loss, isMinimax in
    let weight = 0.5
    /// v_θ and v_ψ with their derivatives by θ and by ψ.
    @Sendable func field(_ point: Point) -> (
      theta: (value: Double, theta: Double, psi: Double),
      psi: (value: Double, theta: Double, psi: Double)
    ) {
      let (s, t) = (1 / (1 + exp(-point.f)), 1 / (1 + exp(-point.r)))
      let (d, e) = (s * (1 - s), t * (1 - t))
      // −S(f)ψ or −S(−f)ψ.
      let sign = isMinimax ? -1.0 : 1
      let slope = isMinimax ? -s : s - 1
      let (theta, psi, real) = (point.theta, point.psi, point.real)
      return (
        (slope * psi, sign * d * psi * psi, slope + sign * d * point.f),
        ((t - 1) * real + s * theta, s + d * point.f, e * real * real + d * theta * theta)
      )
    }
    return DiracGame(
      loss: loss,
      penalty: Penalty(
        settings: consensusSettings(weight),
        critic: { point, _ in
          let (theta, psi) = field(point)
          return weight * (theta.value * theta.psi + psi.value * psi.psi)
        },
        generator: { point in
          let (theta, psi) = field(point)
          return weight * (theta.value * theta.theta + psi.value * psi.theta)
        }, damping: (weight / 4, weight / 4)))
  }
}
