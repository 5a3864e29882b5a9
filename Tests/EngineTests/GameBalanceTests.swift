import Catalog
import Testing

@testable import Engine
@testable import Objectives

/// Penalties that keep a balance of the whole game, worked by hand.
@Suite struct GameBalanceTests {
  // MARK: Consensus

  /// R of a game of two vectors for each player, and its gradients.
  private func consensus(
    _ losses: @escaping (_ theta: Tensor, _ psi: Tensor) -> (generator: Tensor, critic: Tensor)
  ) throws -> (own: Tensor, other: Tensor, variables: [Tensor]) {
    let graph = Graph()
    let (theta, psi) = (graph.input("theta", [2, 1]), graph.input("psi", [2, 1]))
    let sample = graph.input("sample", [2])
    let inputs = PenaltyInputs(
      game: Game(scores: sample, sample), stream: "penalty", critic: { $0 }, weights: [],
      field: {
        let (generator, critic) = losses(theta, psi)
        return gradients(of: generator, by: [theta]) + gradients(of: critic, by: [psi])
      }, memory: Memories().memory(graph))
    let penalty = try #require(penaltyTable["consensus"]).body
    #expect(penalty.terms.count == 1 && penalty.otherTerms.count == 1)
    let arguments = penaltyTable.arguments("consensus")
    return (
      penalty.term(inputs, arguments), penalty.otherTerms[0].value(inputs, arguments), [theta, psi]
    )
  }

  /// L_G = θᵀMψ = −L_D has v = (Mψ, −Mᵀθ), R = ½(‖Mψ‖² + ‖Mᵀθ‖²) and the gradients MMᵀθ and MᵀMψ, both of which both
  /// players share: R falls along the descent of either.
  @Test func consensusOfABilinearGame() throws {
    // M = ((1, 2), (0, 3)).
    let (own, other, variables) = try consensus { theta, psi in
      func row(_ x: Tensor, _ index: Int) -> Tensor { x.sliced(axis: 0, index..<index + 1).sum() }
      let product =
        row(theta, 0) * (row(psi, 0) + 2 * row(psi, 1)) + 3 * (row(theta, 1) * row(psi, 1))
      return (product, -product)
    }
    let results = ScalarFunction(
      own.graph, [own, other] + gradients(of: own, by: variables))([
        ("theta", [2, -1]), ("psi", [1, 3]),
      ])
    // Mψ = (7, 9), Mᵀθ = (2, 1): R = ½(130 + 5). MMᵀθ = M(2, 1) = (4, 3), MᵀMψ = Mᵀ(7, 9) = (7, 41).
    #expect(results == [[67.5], [67.5], [4, 3], [7, 41]])
  }

  /// A game that is not of zero sum: its gradients against differences of ½‖v‖², v worked by hand.
  @Test func consensusOfANonlinearGame() throws {
    let (own, _, variables) = try consensus { theta, psi in
      ((theta * psi).sum().softplus(), (psi.square() * theta.tanh()).sum())
    }
    let function = ScalarFunction(own.graph, [own] + gradients(of: own, by: variables))
    /// v = (S(⟨θ,ψ⟩)ψ, 2ψ·tanh θ).
    func energy(_ point: [Double]) -> Double {
      let product = point[0] * point[2] + point[1] * point[3]
      let share = UnaryOperation.sigmoid.evaluate(product)
      let field = [
        share * point[2], share * point[3], 2 * point[2] * UnaryOperation.tanh.evaluate(point[0]),
        2 * point[3] * UnaryOperation.tanh.evaluate(point[1]),
      ]
      return inner(field, field) / 2
    }
    for point in [[0.5, -1, 1.5, 0.25], [-0.75, 0.5, -0.5, 2], [0, 1, 1, -1]] {
      let values = function([
        ("theta", Array(point[..<2])), ("psi", Array(point[2...])),
      ])
      #expect(abs(values[0][0] - energy(point)) < 1e-14)
      for (index, own) in values[1...].joined().enumerated() {
        func quotient(_ h: Double) -> Double {
          func moved(_ step: Double) -> Double {
            var other = point
            other[index] += step
            return energy(other)
          }
          return (moved(h) - moved(-h)) / (2 * h)
        }
        #expect(abs(own - (4 * quotient(5e-4) - quotient(1e-3)) / 3) < 1e-10)
      }
    }
  }

  // MARK: Sobolev

  /// Runs steps of D(x) = ⟨w, x⟩ with given slopes w, the multiplier carried by hand.
  private func sobolev(
    rho: Double, slopes: [[Double]]
  ) throws -> [(term: Double, multiplier: Double, gradient: [Double])] {
    let graph = Graph()
    let memories = Memories()
    let weight = graph.input("weight", [2, 1])
    let critic = { (x: Tensor) in x.matmul(weight).reshaped([4]) }
    let game = Game(real: graph.input("real", [4, 2]), fake: graph.input("fake", [4, 2])) {
      Response(output: critic($0))
    }
    let inputs = PenaltyInputs(
      game: game, stream: "penalty", critic: critic, weights: [], field: { [] },
      memory: memories.memory(graph, "penalty"))
    let penalty = try #require(penaltyTable["sobolev"]).body
    #expect(penalty.memory == [Remembered("multiplier", start: 0)])
    let term = penalty.term(inputs, penaltyTable.arguments("sobolev", ["rho": .real(rho)]))
    let next = try #require(memories.written["multiplier"])
    // What the multiplier becomes has no derivative.
    let still = gradients(of: next, by: [weight])[0]
    let function = ScalarFunction(
      graph, [term, next, gradients(of: term, by: [weight])[0], still])
    var multiplier = 0.0
    return slopes.map { slope in
      let values = function(
        PlainGame.named + [("weight", slope), ("penalty.multiplier", [multiplier])])
      #expect(values[3] == [0, 0])
      multiplier = values[1][0]
      return (values[0][0], multiplier, values[2])
    }
  }

  /// c = ‖w‖² − 1. The term has the old multiplier Λ, which then moves by ρc; its derivative by w is (Λ + ρc)·2w.
  @Test func multiplierOfSobolev() throws {
    let steps = try sobolev(rho: 0.5, slopes: [[2, 0], [1, 1], [0.5, 0]])
    // c = 3, 1, −0.75 and Λ = 0, 1.5, 2, then 1.625.
    let expected: [(Double, Double, [Double])] = [
      (0.25 * 9, 1.5, [6, 0]), (1.5 + 0.25, 2, [4, 4]),
      (2 * -0.75 + 0.25 * 0.5625, 1.625, [1.625, 0]),
    ]
    for (own, other) in zip(steps, expected) {
      #expect(abs(own.term - other.0) < 1e-14 && abs(own.multiplier - other.1) < 1e-14)
      #expect(zip(own.gradient, other.2).allSatisfy { abs($0 - $1) < 1e-14 })
    }
  }

  /// Half of each mean: slopes differ between the batches where D is not linear. D(x) = ½‖x‖² has the slope x.
  @Test func sobolevTakesBothBatches() throws {
    let graph = Graph()
    let inputs = PenaltyInputs(
      real: graph.input("real", [4, 2]), fake: graph.input("fake", [4, 2]), stream: "penalty"
    ) { 0.5 * $0.square().sum(over: [1]) }
    let term = try #require(penaltyTable["sobolev"]).body.term(
      inputs, penaltyTable.arguments("sobolev", ["rho": .real(2)]))
    let value = ScalarFunction(graph, [term])(
      PlainGame.named + [("penalty.multiplier", [3])])[0][0]
    let squares = [PlainGame.real, PlainGame.fake].map { rows in mean(rows.map { inner($0, $0) }) }
    let excess = (squares[0] + squares[1]) / 2 - 1
    #expect(abs(value - (3 * excess + excess * excess)) < 1e-14)
  }
}
