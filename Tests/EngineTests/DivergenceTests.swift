import Catalog
import Foundation
import Testing

@testable import Engine
@testable import Objectives

/// The divergences of f-GAN against their definitions: conjugates by numerical suprema, and the critic's least loss on known
/// densities.
@Suite struct DivergenceTests {
  /// A divergence with its settings, its f and the derivative f′.
  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    var members: ValueMap = [:]
    let f: @Sendable (Double) -> Double
    let slope: @Sendable (Double) -> Double

    var testDescription: String { "\(name) \(Value.map(members).canonicalJSON)" }

    var arguments: Arguments {
      lossTable.arguments("f-gan", members.merging(["divergence": .text(name)]) { $1 })
    }
  }

  static let cases: [Case] = [
    Case(name: "kl", f: { $0 * log($0) }, slope: { log($0) + 1 }),
    Case(name: "reverse-kl", f: { -log($0) }, slope: { -1 / $0 }),
    Case(name: "pearson", f: { ($0 - 1) * ($0 - 1) }, slope: { 2 * ($0 - 1) }),
    Case(name: "neyman", f: { (1 - $0) * (1 - $0) / $0 }, slope: { 1 - 1 / ($0 * $0) }),
    Case(
      name: "squared-hellinger", f: { ($0.squareRoot() - 1) * ($0.squareRoot() - 1) },
      slope: { 1 - 1 / $0.squareRoot() }),
    Case(name: "jeffrey", f: { ($0 - 1) * log($0) }, slope: { log($0) + 1 - 1 / $0 }),
    Case(
      name: "jensen-shannon", f: { $0 * log($0) - ($0 + 1) * log(($0 + 1) / 2) },
      slope: { log(2 * $0 / ($0 + 1)) }),
    Case(
      name: "gan", f: { $0 * log($0) - ($0 + 1) * log($0 + 1) }, slope: { log($0 / ($0 + 1)) }),
    weighted(0.5), weighted(0.2), weighted(0.9),
    Case(name: "total-variation", f: { abs($0 - 1) / 2 }, slope: { $0 > 1 ? 0.5 : -0.5 }),
    alpha(-1), alpha(0.5), alpha(0.9), alpha(1.5), alpha(2), alpha(3),
  ]

  private static func weighted(_ share: Double) -> Case {
    Case(
      name: "weighted-jensen-shannon", members: ["share": .real(share)],
      f: { u in
        let mixture = 1 - share + share * u
        return share * u * log(u) - mixture * log(mixture)
      },
      slope: { u in share * log(u / (1 - share + share * u)) })
  }

  private static func alpha(_ alpha: Double) -> Case {
    Case(
      name: "alpha", members: ["alpha": .real(alpha)],
      f: { u in (pow(u, alpha) - 1 - alpha * (u - 1)) / (alpha * (alpha - 1)) },
      slope: { u in (pow(u, alpha - 1) - 1) / (alpha - 1) })
  }

  @Test func everyDivergenceIsTried() {
    #expect(Set(Self.cases.map(\.name)) == Set(Divergence.all.map(\.name)))
  }

  /// g(v), f*(g(v)) and their derivatives by v.
  static func evaluator(_ tested: Case, count: Int) -> ([Double]) -> [[Double]] {
    let graph = Graph()
    let v = graph.input("v", [count])
    let divergence = Divergence.named(tested.name)
    let values = [
      divergence.activation(v, tested.arguments), divergence.conjugate(v, tested.arguments),
    ]
    let function = ScalarFunction(
      graph, values + values.map { gradients(of: $0.sum(), by: [v])[0] })
    return { function([("v", $0)]) }
  }

  /// The largest u·t − f(u) over a fine grid of ln u, refined between neighbours.
  private static func supremum(_ f: (Double) -> Double, at t: Double) -> Double {
    func value(_ x: Double) -> Double {
      let u = exp(x)
      return u * t - f(u)
    }
    let grid = (0...9000).map { -90 + 0.02 * Double($0) }.filter { value($0).isFinite }
    let best = grid.max { value($0) < value($1) } ?? 0
    var (low, high) = (best - 0.02, best + 0.02)
    for _ in 0..<100 {
      let (a, b) = (low + (high - low) / 3, high - (high - low) / 3)
      if value(a) < value(b) { low = a } else { high = b }
    }
    return value((low + high) / 2)
  }

  /// f*(g(v)) is the supremum over u of u·g(v) − f(u). Pearson's is the one over all real u, in which f is a parabola: that
  /// over u ≥ 0 would stay at −1 below v = −2.
  @Test(arguments: cases) func conjugates(_ tested: Case) {
    let outputs = (-24...24).map { Double($0) / 4 + 0.01 }
    let values = Self.evaluator(tested, count: outputs.count)(outputs)
    for (index, v) in outputs.enumerated() {
      let t = values[0][index]
      let expected =
        tested.name == "pearson" && v < -2 ? t * t / 4 + t : Self.supremum(tested.f, at: t)
      #expect(
        abs(values[1][index] - expected) < 1e-9 * max(1, abs(expected)),
        "v = \(v): \(values[1][index]) ≠ \(expected)")
    }
  }

  /// The line u·t − f*(t) touches f at the u that is the ratio of the two derivatives by v.
  @Test(arguments: cases) func derivativesGiveTheDensityRatio(_ tested: Case) {
    guard tested.name != "total-variation" else { return }
    let outputs = (-6...6).map { Double($0) / 4 + 0.01 }
    let values = Self.evaluator(tested, count: outputs.count)(outputs)
    for (index, v) in outputs.enumerated() {
      let ratio = values[3][index] / values[2][index]
      // A ratio of 0 is the end of the domain, where only a one-sided derivative is.
      guard ratio > 0 else { continue }
      let slope = tested.slope(ratio)
      #expect(abs(slope - values[0][index]) < 1e-9 * max(1, abs(slope)), "v = \(v)")
      #expect(values[2][index] > 0, "g must rise at \(v)")
    }
  }

  /// Settings that say nothing, or the same as others, are refused.
  @Test(
    arguments: [
      (#"'alpha' cannot be 0 or 1"#, ["divergence": .text("alpha"), "alpha": .real(0)]),
      (#"'alpha' cannot be 0 or 1"#, ["divergence": .text("alpha"), "alpha": .real(1)]),
      (
        #"'alpha' is a setting of the divergence alpha, not of kl"#,
        ["divergence": .text("kl"), "alpha": .real(2)]
      ),
      (#"'share' is a setting of the divergence weighted"#, ["share": .real(0.25)]),
      (nil, ["divergence": .text("alpha"), "alpha": .real(-1)]),
      (nil, ["divergence": .text("weighted-jensen-shannon"), "share": .real(0.25)]),
      (nil, [:]),
    ] as [(String?, ValueMap)])
  func settingsOfOtherDivergences(_ complaint: String?, _ members: ValueMap) throws {
    let check = try #require(lossTable["f-gan"]).description.check
    let message = check(lossTable.arguments("f-gan", members))
    #expect(message?.prefix(complaint?.count ?? 0) == complaint.map { $0[...] })
  }

  // MARK: The least loss

  /// The data's density and the generator's at four places, in tenths.
  private static let (data, model) = ([4, 3, 2, 1], [1, 2, 3, 4])

  /// The output v with g(v) = f′(p/q) is where the critic's loss is least, −D_f(p‖q), and its derivative zero.
  @Test(arguments: cases) func leastLossOfTheCritic(_ tested: Case) throws {
    let ratios = zip(Self.data, Self.model).map { Double($0) / Double($1) }
    let evaluate = Self.evaluator(tested, count: 4)
    var (low, high) = (ratios.map { _ in -40.0 }, ratios.map { _ in 40.0 })
    for _ in 0..<100 {
      let middle = zip(low, high).map { ($0 + $1) / 2 }
      for (index, value) in evaluate(middle)[0].enumerated() {
        if value < tested.slope(ratios[index]) {
          low[index] = middle[index]
        } else {
          high[index] = middle[index]
        }
      }
    }
    let loss = try CriticLoss("f-gan", tested.arguments, data: Self.data, model: Self.model)
    let (value, slopes) = loss(high)
    let divergence = zip(ratios, Self.model).reduce(0) { $0 + Double($1.1) / 10 * tested.f($1.0) }
    #expect(abs(value + divergence) < 1e-12, "loss \(value), divergence \(divergence)")
    for slope in slopes { #expect(abs(slope) < 1e-12) }
    for index in 0..<4 {
      for step in [-0.5, 0.5] {
        var moved = high
        moved[index] += step
        #expect(loss(moved).value > value - 1e-15)
      }
    }
  }
}
