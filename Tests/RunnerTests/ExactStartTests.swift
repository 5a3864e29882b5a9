import Testing

@testable import Runner

/// Where the players of exact games start.
@Suite struct ExactStartTests {
  private static func weights(_ deviation: Double, seed: Int) throws -> (Double, Double) {
    let point =
      "{hidden: [64, 64], architecture: {name: point, start: [2], deviation: \(deviation)}}"
    let linear =
      "{hidden: [64, 64], architecture: {name: linear, start: [3], deviation: \(deviation)}}"
    let trainer = try TinyPlan.configuration(
      "data: dirac, latent.size: 1, generator: \(point), critic: \(linear)"
    ).trainer(seed: seed, .reference)
    return (trainer.state["generator.0.weight"][0], trainer.state["critic.0.weight"][0])
  }

  /// Exactly at the settings, or normally around them: each seed and each player elsewhere.
  @Test func deviations() throws {
    #expect(try Self.weights(0, seed: 5) == (2, 3))
    var squares = 0.0
    var products = 0.0
    for seed in 0..<400 {
      let (theta, psi) = try Self.weights(0.5, seed: seed)
      squares += (theta - 2) * (theta - 2) + (psi - 3) * (psi - 3)
      products += (theta - 2) * (psi - 3)
    }
    // Five standard errors: of 800 squares with variance 2σ⁴, and of 400 products with variance σ⁴.
    let (variance, product) = (squares / 800, products / 400)
    #expect(abs(variance - 0.25) < 0.0625)
    #expect(abs(product) < 0.0625)
  }
}
