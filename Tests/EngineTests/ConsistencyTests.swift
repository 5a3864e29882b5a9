import Catalog
import Testing

@testable import Engine
@testable import Objectives

/// Consistency penalties worked by hand.
@Suite struct ConsistencyTests {
  /// Inputs with D(x) = x₁ + 2x₂ and G(z) = 3z on batches of two.
  private func inputs(
    stream: String, passes: Passes = Passes(), generatorIsFixed: Bool = false
  ) -> PenaltyInputs {
    let graph = Graph()
    let respond = { (x: Tensor) in
      Response(
        output: x.matmul(graph.input("weight", [2, 1])).reshaped([2]))
    }
    let generate = { (z: Tensor) in
      let samples = graph.input("scale", []) * z
      return generatorIsFixed ? samples.stopGradient() : samples
    }
    let (real, latents) = (graph.input("real", [2, 2]), graph.input("latents", [2, 2]))
    let fake = generate(latents)
    let game = Game(
      real: real, fake: fake, latents: latents, onReal: respond(real), onFake: respond(fake),
      respond: { x, pass in
        passes.critic.append(pass)
        return respond(x)
      },
      generate: { z, pass in
        passes.generator.append(pass)
        return generate(z)
      }, secondFake: { (fake, respond(fake)) }, memory: Memories().memory(graph))
    return PenaltyInputs(
      game: game, stream: stream, critic: { respond($0).output }, weights: [], field: { [] },
      memory: Memories().memory(graph))
  }

  /// The names of the passes that a penalty asks for.
  private final class Passes {
    var critic: [String] = []
    var generator: [String] = []
  }

  private static let values: NamedValues = [
    ("weight", [1, 2]), ("scale", [3]), ("real", [5, 7, -2, 4]), ("latents", [1, 0, -1, 2]),
    ("p/transform/real", [1, 2, -1, 1]), ("p/transform/fake", [0, 1, 2, -3]),
    ("p/latent", [1, -1, 2, 0]), ("p/generator/latent", [2, 1, 0, -1]),
  ]

  /// D(Tx) − D(x) = σ⟨w, N⟩: of noise (1, 2) and (−1, 1) it is 5σ and σ, of (0, 1) and (2, −3) 2σ and −4σ.
  @Test func noiseMovesScores() throws {
    let transform: Value = .map(["name": .text("noise"), "deviation": .real(0.5)])
    for (name, expected) in [("cr", [0.25 * 13]), ("bcr", [0.25 * 13, 0.25 * 10])] {
      let passes = Passes()
      let inputs = inputs(stream: "p", passes: passes)
      let penalty = try #require(penaltyTable[name]).body
      let terms = penalty.terms.map {
        $0.value(inputs, penaltyTable.arguments(name, ["transform": transform]))
      }
      #expect(penalty.terms.map(\.weight) == Array(["weight", "fake"].prefix(expected.count)))
      #expect(penalty.otherTerms.isEmpty)
      let values = ScalarFunction(inputs.real.graph, terms)(Self.values)
      #expect(values == expected.map { [$0] })
      let streams = ["p/transform/real", "p/transform/fake"]
      #expect(passes.critic == Array(streams.prefix(expected.count)))
    }
  }

  /// Both passes are differentiated: with the untransformed score held still, the derivative by w would be another.
  @Test func bothScoresAreTrained() throws {
    let inputs = inputs(stream: "p")
    let term = try #require(penaltyTable["cr"]).body.term(
      inputs,
      penaltyTable.arguments(
        "cr", ["transform": .map(["name": .text("noise"), "deviation": .real(0.5)])]))
    let graph = inputs.real.graph
    let slope = gradients(of: term, by: [graph.input("weight", [2, 1])])[0]
    // E 2·σ²⟨w, N⟩N = ½·2·¼·(5·(1, 2) + 1·(−1, 1)).
    #expect(ScalarFunction(graph, [slope])(Self.values)[0] == [1, 2.75])
  }

  /// G(z + δ) − G(z) = 3σN: of noise (1, −1) and (2, 0) scores move by −3σ and 6σ; the generator's own noise has the
  /// squares 4, 1, 0 and 1, of which it wants more: the term is negative.
  @Test func neighboursOfLatents() throws {
    let arguments = penaltyTable.arguments("zcr", ["deviation": .real(0.5)])
    let penalty = try #require(penaltyTable["zcr"]).body
    #expect(penalty.terms.map(\.weight) == ["weight"])
    #expect(penalty.otherTerms.map(\.weight) == ["generator"])
    let passes = Passes()
    let critics = inputs(stream: "p", passes: passes, generatorIsFixed: true)
    let own = penalty.term(critics, arguments)
    let graph = critics.real.graph
    let byScale = gradients(of: own, by: [graph.input("scale", [])])[0]
    let byWeight = gradients(of: own, by: [graph.input("weight", [2, 1])])[0]
    let values = ScalarFunction(graph, [own, byScale, byWeight])(Self.values)
    // ½·(1.5² + 3²); the critic's step leaves the generator alone; the critic learns from both passes:
    // E 2·Δ·(G(z) − G(z + δ)) = −1.5·(1.5, −1.5) + 3·(3, 0).
    #expect(values == [[5.625], [0], [6.75, 2.25]])
    // Both batches are made and judged in passes of their own, alike: dropout and statistics are no difference.
    #expect(passes.generator == ["p", "p"] && passes.critic == ["p", "p"])

    let generators = inputs(stream: "p/generator")
    let other = penalty.otherTerms[0].value(generators, arguments)
    let scale = generators.real.graph.input("scale", [])
    let results = ScalarFunction(
      generators.real.graph, [other] + gradients(of: other, by: [scale]))(Self.values)
    // −mean (3·½·N)² = −2.25·(4 + 1 + 0 + 1)/4, and its derivative by the scale 3.
    #expect(results == [[-3.375], [-2.25]])
  }

  /// E r² of scores, and none of fakes.
  @Test func driftIsOfRealScores() throws {
    let inputs = inputs(stream: "p")
    let term = try #require(penaltyTable["drift"]).body.term(
      inputs, penaltyTable.arguments("drift"))
    let slope = gradients(of: term, by: [inputs.fake])[0]
    // Scores 19 and 6.
    #expect(
      ScalarFunction(inputs.real.graph, [term, slope])(Self.values) == [[198.5], [0, 0, 0, 0]])
  }
}
