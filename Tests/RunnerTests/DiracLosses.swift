import Arrays
import Foundation
import Networks

@testable import Runner

/// S(x) = 1/(1 + e^{−x}).
private func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }

extension DiracGame.Loss {
  /// A loss of scores.
  ///
  /// - Parameters:
  ///   - members: its settings in YAML's flow style.
  ///   - critic: the derivatives of the critic's side by a real and by a fake score.
  ///   - generator: that of the generator's side by a fake score.
  private init(
    _ name: String, _ members: String = "", linear: DiracGame.Linear?,
    critic: @escaping @Sendable (_ r: Double, _ f: Double) -> (real: Double, fake: Double),
    generator: @escaping @Sendable (_ r: Double, _ f: Double) -> Double
  ) {
    settings = "loss: {name: \(name)\(members.isEmpty ? "" : ", \(members)")}"
    self.critic = { point in
      let slopes = critic(point.r, point.f)
      return slopes.real * point.real + slopes.fake * point.theta
    }
    self.generator = { generator($0.r, $0.f) * $0.psi }
    self.linear = linear
  }

  /// The losses that have a closed form here.
  static let all =
    [nonsaturating, minimax, hinge, hingeByRatios, wasserstein, quadraticPotential]
    + leastDeviations + relativistic + [r3gan, softmax, dualContrastive]
    + divergences.flatMap { [$0.0, $0.1] }

  /// Why the others have none.
  static let without = [
    "mmd": "its critic is an embedding",
    "scaled-mmd": "its critic is an embedding",
    "cramer": "its critic is an embedding",
    "mmd-li": "its critic is an autoencoder",
    "ebgan": "its critic is an autoencoder",
    "began": "its critic is an autoencoder",
    "moment-matching": "it has no critic",
    "infomax": "its critic needs a layer of features",
  ]

  // MARK: Logits

  static let nonsaturating = Self(
    "nonsaturating", linear: .init(critic: 0.5, generator: 0.5, curvature: (0.25, 0.25)),
    critic: { (-sigmoid(-$0), sigmoid($1)) }, generator: { -sigmoid(-$1) })

  static let minimax = Self(
    "minimax", linear: .init(critic: 0.5, generator: 0.5, curvature: (0.25, 0.25)),
    critic: { (-sigmoid(-$0), sigmoid($1)) }, generator: { -sigmoid($1) })

  /// Where all samples agree, a score counts by its difference from the other batch's.
  static let softmax = Self(
    "softmax", linear: .init(critic: 0.5, generator: 0),
    critic: { (-sigmoid($1 - $0), sigmoid($1 - $0)) }, generator: { sigmoid($1 - $0) - 0.5 })

  /// 2·sp(ln 16 + f − r) of a batch of 16, both sides.
  private static let dualContrastive = Self(
    "dual-contrastive", linear: .init(critic: 32.0 / 17, generator: 32.0 / 17),
    critic: {
      let slope = 2 * sigmoid(log(16) + $1 - $0)
      return (-slope, slope)
    }, generator: { -2 * sigmoid(log(16) + $1 - $0) })

  // MARK: Scores

  static let wasserstein = Self(
    "wasserstein", linear: .init(critic: 1, generator: 1, curvature: (0, 0)),
    critic: { _, _ in (-1, 1) }, generator: { _, _ in -1 })

  static let hinge = hinge("hinge", curvature: (0, 0))

  /// Where all fakes agree, so do their density ratios, which are 1 then.
  private static let hingeByRatios = hinge("kl-wgan", curvature: nil)

  private static func hinge(_ name: String, curvature: (real: Double, fake: Double)?) -> Self {
    Self(
      name, linear: .init(critic: 1, generator: 1, curvature: curvature),
      critic: { ($0 < 1 ? -1 : 0, $1 > -1 ? 1 : 0) }, generator: { _, _ in -1 })
  }

  private static let leastDeviations = [
    leastSquares(a: 0, b: 1, c: 1), leastSquares(a: -1, b: 1, c: 0),
    leastSquares(a: -1, b: 1, c: 1),
    Self(
      "absolute-deviation", linear: nil, critic: { ($0 < 1 ? -1 : 1, $1 < 0 ? -1 : 1) },
      generator: { $1 < 1 ? -1 : 1 }),
  ]

  private static func leastSquares(a: Double, b: Double, c: Double) -> Self {
    Self(
      "lsgan", "a: \(a), b: \(b), c: \(c)",
      linear: .init(critic: -a, generator: c, curvature: (1, 1)), critic: { ($0 - b, $1 - a) },
      generator: { $1 - c })
  }

  /// E[−Δ + Δ²/(2λd)] with Δ = ψ(c − θ) and d = |c − θ|, which only the generator could move.
  private static let quadraticPotential = Self(
    settings: "loss: {name: gan-qp, lambda: 3}",
    critic: { point in
      let gap = point.real - point.theta
      return gap * (point.psi * gap / (3 * (abs(gap) + 1e-12)) - 1)
    }, generator: { -$0.psi }, linear: .init(critic: 1, generator: 1))

  // MARK: Differences

  /// φ(r − f) and φ(f − r) by φ′, pairs and averages alike: all samples of a batch agree.
  private static let relativistic = ["relativistic", "relativistic-average"].flatMap { name in
    func form(_ word: String, _ slope: Double, _ cost: @escaping @Sendable (Double) -> Double)
      -> Self
    {
      Self(
        name, "form: \(word)", linear: .init(critic: slope, generator: slope),
        critic: { (cost($0 - $1), -cost($0 - $1)) }, generator: { cost($1 - $0) })
    }
    return [
      form("logistic", 0.5) { -sigmoid(-$0) }, form("least-squares", 2) { 2 * ($0 - 1) },
      form("hinge", 1) { $0 < 1 ? -1 : 0 },
    ]
  }

  /// The slope costs (γ/2)ψ² on either batch.
  private static let r3gan = Self(
    settings: "loss: {name: r3gan, gamma: 0.4}",
    critic: { sigmoid($0.f - $0.r) * ($0.theta - $0.real) + 0.8 * $0.psi },
    generator: { -sigmoid($0.r - $0.f) * $0.psi },
    linear: .init(critic: 0.5, generator: 0.5, damping: 0.8))

  // MARK: Divergences

  /// Each divergence with both sides of the generator: the first and second derivatives at 0 of g(v) and of the conjugate
  /// f*(g(v)), then their first ones as functions.
  private static let divergences: [(Self, Self)] = [
    divergence("kl", g: (1, 0), conjugate: (exp(-1), exp(-1)), { _ in 1 }, { exp($0 - 1) }),
    divergence("reverse-kl", g: (1, -1), conjugate: (1, 0), { exp(-$0) }, { _ in 1 }),
    divergence("pearson", g: (1, 0), conjugate: (1, 0.5), { _ in 1 }, { $0 / 2 + 1 }),
    divergence("neyman", g: (1, -1), conjugate: (1, -0.5), { exp(-$0) }, { exp(-$0 / 2) }),
    divergence("squared-hellinger", g: (1, -1), conjugate: (1, 1), { exp(-$0) }, { exp($0) }),
    divergence("jeffrey", g: (1, 0), conjugate: (1, 0.5), { _ in 1 }, { 1 / wright(1 - $0) }),
    divergence(
      "jensen-shannon", g: (0.5, -0.25), conjugate: (0.5, 0.25), { sigmoid(-$0) }, sigmoid),
    divergence("gan", g: (0.5, -0.25), conjugate: (0.5, 0.25), { sigmoid(-$0) }, sigmoid),
    // At equal shares f*(g(v)) has the derivative S²/(1 + S).
    divergence(
      "weighted-jensen-shannon", g: (0.5, -0.25), conjugate: (1.0 / 6, 5.0 / 36), { sigmoid(-$0) },
      { sigmoid($0) * sigmoid($0) / (1 + sigmoid($0)) }),
    // At a share of ¼ it is 3(1 − S)S⁴/(1 − S⁴) = 3S⁴/(1 + S + S² + S³).
    divergence(
      "weighted-jensen-shannon, share: 0.25", g: (0.5, -0.25), conjugate: (0.1, 49.0 / 300),
      { sigmoid(-$0) },
      { v in
        let s = sigmoid(v)
        return 3 * s * s * s * s / (1 + s + s * s + s * s * s)
      }),
    divergence(
      "total-variation", g: (0.5, 0), conjugate: (0.5, 0), { 0.5 / (cosh($0) * cosh($0)) },
      { 0.5 / (cosh($0) * cosh($0)) }),
    // At α = ½ it is S(−v)/(½ sp(−v))².
    divergence(
      "alpha", g: (0.5, -0.25),
      conjugate: (2 / (log(2) * log(2)), 2 / (log(2) * log(2) * log(2)) - 1 / (log(2) * log(2))),
      { sigmoid(-$0) },
      { v in
        let half = log1p(exp(-v)) / 2
        return sigmoid(-v) / (half * half)
      }),
    divergence("alpha, alpha: 2", g: (1, 0), conjugate: (1, 1), { _ in 1 }, { max($0 + 1, 0) }),
  ]

  private static func divergence(
    _ name: String, g activation: (Double, Double), conjugate: (Double, Double),
    _ activationSlope: @escaping @Sendable (Double) -> Double,
    _ conjugateSlope: @escaping @Sendable (Double) -> Double
  ) -> (Self, Self) {
    func game(_ generator: String, _ slope: Double, _ rule: @escaping @Sendable (Double) -> Double)
      -> Self
    {
      Self(
        "f-gan", "divergence: \(name), generator: \(generator)",
        linear: .init(
          critic: conjugate.0, generator: slope, curvature: (-activation.1, conjugate.1)),
        critic: { (-activationSlope($0), conjugateSlope($1)) }, generator: { -rule($1) })
    }
    return (
      game("minimax", conjugate.0, conjugateSlope),
      game("nonsaturating", activation.0, activationSlope)
    )
  }

  /// The w with w + ln w = x, by Newton's method in ln w.
  private static func wright(_ x: Double) -> Double {
    var logarithm = min(x, 0)
    for _ in 0..<60 {
      let w = exp(logarithm)
      logarithm -= (w + logarithm - x) / (w + 1)
    }
    return exp(logarithm)
  }
}
