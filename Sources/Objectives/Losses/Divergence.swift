import Arrays
import Catalog
import Engine

/// An f-divergence D_f(p‖q) = E_q f(p/q) as a game of critic outputs v that may be any number: f convex with f(1) = 0, or
/// for `gan` −log 4.
///
/// The critic's −E_p g(v) + E_q f*(g(v)) is least, −D_f, where g(v) = f′(p/q).
struct Divergence: Sendable {
  /// A function of outputs, element by element.
  typealias Function = @Sendable (Tensor, Arguments) -> Tensor

  /// The word in an experiment file.
  let name: String
  /// f(u).
  let formula: String
  /// g(v), which rises and has values where f* is finite.
  let activation: Function
  /// f*(g(v)), in a form whose first and second derivative do not overflow before they must.
  let conjugate: Function

  /// The divergence called `name`, one of those in `all`.
  static func named(_ name: String) -> Divergence {
    guard let divergence = all.first(where: { $0.name == name }) else {
      preconditionFailure("no divergence '\(name)'")
    }
    return divergence
  }

  /// All of them, in the order of lists.
  static let all = [
    Divergence(
      name: "kl", formula: "u ln u", activation: { v, _ in v }, conjugate: { v, _ in (v - 1).exp() }
    ),
    Divergence(
      name: "reverse-kl", formula: "−ln u", activation: { v, _ in -(-v).exp() },
      conjugate: { v, _ in v - 1 }),
    // The supremum is over all u: that over u ≥ 0 would be −1 for v below −2, without a derivative.
    Divergence(
      name: "pearson", formula: "(u−1)²", activation: { v, _ in v },
      conjugate: { v, _ in 0.25 * v.square() + v }),
    Divergence(
      name: "neyman", formula: "(1−u)²/u", activation: { v, _ in -(-v).expm1() },
      conjugate: { v, _ in -2 * (-0.5 * v).expm1() }),
    Divergence(
      name: "squared-hellinger", formula: "(√u−1)²", activation: { v, _ in -(-v).expm1() },
      conjugate: { v, _ in v.expm1() }),
    Divergence(
      name: "jeffrey", formula: "(u−1)ln u", activation: { v, _ in v },
      conjugate: { v, _ in
        let s = jeffreyLogRatio(v)
        return s.expm1() + s
      }),
    Divergence(
      name: "jensen-shannon", formula: "u ln u − (u+1)ln((u+1)/2)",
      activation: { v, _ in ln2 - (-v).softplus() }, conjugate: { v, _ in v.softplus() - ln2 }),
    Divergence(
      name: "gan", formula: "u ln u − (u+1)ln(u+1)", activation: { v, _ in -(-v).softplus() },
      conjugate: { v, _ in v.softplus() }),
    weightedJensenShannon,
    Divergence(
      name: "total-variation", formula: "½|u−1|", activation: { v, _ in 0.5 * v.tanh() },
      conjugate: { v, _ in 0.5 * v.tanh() }),
    alpha,
  ]

  /// f*(t) = (1−π) ln[(1−π)/(1 − π e^{t/π})] at t = −π ln π − sp(−v), where π e^{t/π} = e^{−sp(−v)/π}.
  private static let weightedJensenShannon = Divergence(
    name: "weighted-jensen-shannon", formula: "πu ln u − (1−π+πu)ln(1−π+πu)",
    activation: { v, arguments in
      let share = arguments.real("share")
      return -share * Elementary.log(share) - (-v).softplus()
    },
    conjugate: { v, arguments in
      let share = arguments.real("share")
      let log = fallingBeyondForty(v) { v in
        (-((-1 / share) * (-v).softplus()).expm1()).log()
      }
      return (1 - share) * (Elementary.log(1 - share) - log)
    })

  /// f*(t) = (1/α)[t(α−1) + 1]₊^{α/(α−1)} − 1/α.
  private static let alpha = Divergence(
    name: "alpha", formula: "(u^α − 1 − α(u−1))/(α(α−1))",
    activation: { v, arguments in
      let alpha = arguments.real("alpha")
      return alpha < 1 ? 1 / (1 - alpha) - (-v).softplus() : v
    },
    conjugate: { v, arguments in
      let alpha = arguments.real("alpha")
      let exponent = alpha / (alpha - 1)
      if alpha < 1 {
        // t(α−1) + 1 is (1−α)·sp(−v), above 0.
        let log = fallingBeyondForty(v) { ((1 - alpha) * (-$0).softplus()).log() }
        return (exponent * log).expm1() / alpha
      }
      let excess = (alpha - 1) * v
      let isPositive = (excess + 1).step()
      let log = isPositive.select(excess, v.graph.constant(0)).log1p()
      return isPositive.select((exponent * log).expm1(), v.graph.constant(-1)) / alpha
    })
}

private let ln2 = Elementary.log(2)

/// `function` up to 40 and a line of slope −1 beyond, for logarithms of what falls like e^{−v}, from which they differ by
/// less than e^{−40} there: numbers like e^{−80} have no square in single precision, which second derivatives divide by.
private func fallingBeyondForty(_ v: Tensor, _ function: (Tensor) -> Tensor) -> Tensor {
  let limited = v.minimum(with: v.graph.constant(40))
  return function(limited) - (v - limited)
}

/// ln u where f′(u) = v for Jeffrey's f(u) = (u−1)ln u: the s with F(s) = s − expm1(−s) = v, by Newton's method.
///
/// In terms of Wright's ω, u = 1/ω(1−v); f*(v) = u + ln u − 1. F rises and is concave, so steps from below the root stay
/// below it; four of them are exact to the last digits. Each of the last two, through which derivatives are taken,
/// doubles the order up to which they are exact: 3 in all.
private func jeffreyLogRatio(_ v: Tensor) -> Tensor {
  func step(_ s: Tensor, _ v: Tensor) -> Tensor {
    let power = (-s).expm1()
    return s - (s - power - v) / (power + 2)
  }
  let fixed = v.stopGradient()
  let below = maximum(maximum(0.5 * fixed, fixed - 1), -(-fixed).relu().log1p())
  let root = (0..<4).reduce(below) { s, _ in step(s, fixed) }
  return step(step(root, v), v)
}
