import Catalog
import Foundation
import Testing

@testable import Engine
@testable import Objectives

/// The contrast of infomax worked by hand.
@Suite struct ContrastLossTests {
  /// L of given features with the weight 1: what the generator's side is for scores of 0.
  private func contrast(local: [Rows], global: Rows) throws -> Double {
    let graph = Graph()
    let (count, positions, size) = (local.count, local[0].count, global[0].count)
    let fake = graph.input("fake", [count, 1])
    let game = Game(real: fake, fake: fake) { x in
      Response(
        output: (0 * x).reshaped([count]),
        features: (
          graph.input("local", [count, positions, size]), graph.input("global", [count, size])
        ))
    }
    let loss = try #require(lossTable["infomax"]).body
    let value = loss.generator(game, lossTable.arguments("infomax", ["weight": .real(1)]))
    return ScalarFunction(graph, [value])([
      ("fake", global.map { _ in 0 }), ("local", local.flatMap { $0.flatMap(\.self) }),
      ("global", global.flatMap(\.self)),
    ])[0][0]
  }

  /// Where all inner products are equal, L is ln(1 + the number of features of other samples).
  @Test(arguments: [(2, 1), (2, 3), (5, 1), (4, 9)])
  func equalProducts(_ count: Int, _ positions: Int) throws {
    let local = Array(repeating: Array(repeating: [1.5, -2], count: positions), count: count)
    let global = Array(repeating: [0.7, 0.4], count: count)
    let value = try contrast(local: local, global: global)
    #expect(abs(value - log(1 + Double((count - 1) * positions))) < 1e-14)
  }

  /// A feature is told from those of other samples alone: other positions of its own sample do not matter.
  @Test func otherPositionsOfASampleDoNotCompete() throws {
    // Products of the first sample's global feature: with its own local ones a and b, with the other's c and d.
    let (a, b, c, d) = (1.0, -0.5, 0.25, 2.0)
    let value = try contrast(local: [[[a], [b]], [[c], [d]]], global: [[1], [0]])
    let others = exp(c) + exp(d)
    // The second sample's global feature is 0, and so are its products: ln(1 + 2) at both positions.
    let expected =
      (log((exp(a) + others) / exp(a)) + log((exp(b) + others) / exp(b)) + 2 * log(3)) / 4
    #expect(abs(value - expected) < 1e-14)
  }

  /// Global features look for local ones: with the parts exchanged the value is another.
  @Test func globalFeaturesAreTheQueries() throws {
    let value = try contrast(local: [[[1]], [[0]]], global: [[2], [3]])
    // ⟨C(x), E(x)⟩ = 2 against ⟨C(x′), E(x)⟩ = 0, and 0 against 3. Exchanged: 2 against 3, and 0 against 0.
    #expect(abs(value - (log1p(exp(-2)) + log1p(exp(3))) / 2) < 1e-14)
  }
}
