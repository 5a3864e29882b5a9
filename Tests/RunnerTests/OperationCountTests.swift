import Testing

@testable import Runner

/// Counted floating-point operations: they add up over steps and grow with widths as products do.
@Suite struct OperationCountTests {
  private func operations(_ settings: String, steps: Int = 30) throws -> Int {
    try TinyPlan.configuration(settings).trainer().operations(steps: steps)
  }

  @Test func addsUpOverSteps() throws {
    #expect(try operations("", steps: 0) == 0)
    #expect(try operations("", steps: 60) == 2 * operations("", steps: 30))
    let one = try operations("train.criticSteps: 1")
    let two = try operations("train.criticSteps: 2")
    let five = try operations("train.criticSteps: 5")
    #expect(two > one)
    #expect(five - two == 3 * (two - one))
  }

  @Test func lazyPenaltiesCostTheirShare() throws {
    let none = try operations("")
    let each = try operations("penalty: r1")
    #expect(try 3 * (operations("penalty: {preset: r1, every: 3}") - none) == each - none)
    // In steps 0, 7, 14, 21, 28.
    #expect(try 6 * (operations("penalty: {preset: r1, every: 7}") - none) == each - none)
  }

  @Test func burstsAreCounted() throws {
    // 3·5 + 27·2 steps and one burst more at each of 7, 14, 21, 28: 3 more.
    let bursts = try operations(
      "train.criticSteps: {name: bursts, steps: 2, burst: 5, first: 3, every: 7}")
    let one = try operations("train.criticSteps: 1")
    let critic = try (operations("train.criticSteps: 2") - one) / 30
    #expect(bursts == one - 30 * critic + (3 * 5 + 27 * 2 + 4 * 3) * critic)
  }

  @Test func growsLikeProducts() throws {
    func wide(_ width: Int) throws -> Double {
      let hidden = "hidden: [\(width), \(width)]"
      return Double(
        try operations("generator: {\(hidden)}, critic: {\(hidden)}, optimizer: {name: sgd}"))
    }
    let ratio = try wide(512) / wide(256)
    #expect(ratio > 3.8 && ratio < 4)
    let batch = try Double(operations("train.batch: 1024")) / Double(operations("train.batch: 512"))
    #expect(batch > 1.9 && batch < 2)
  }

  /// Critic step, SGD, one hidden layer h, batch n, 2-D data: five products on each of two batches of 2nh or 2n·2h
  /// operations, and the generator's forward pass; element-wise work comes on top and is less than the products.
  @Test func isOfTheKnownSize() throws {
    let (h, n) = (512.0, 256.0)
    let network = "hidden: [512]"
    let all = try operations(
      "generator: {\(network)}, critic: {\(network)}, train.batch: 256, optimizer: {name: sgd}",
      steps: 1)
    let layers = 2 * n * (2 * h) + 2 * n * h  // critic forward on one batch
    let generator = 2 * n * (2 * h) * 2
    // Critic: two forwards, weight gradients of both layers and the hidden gradient, twice; generator forward.
    let critic = 2 * (layers + layers + 2 * n * h) + generator
    // Generator: both forwards, critic's input gradients, generator's weight gradients and hidden gradient.
    let player = generator + layers + layers + generator + 2 * n * (2 * h)
    let products = critic + player
    #expect(Double(all) > products && Double(all) < 2.2 * products, "\(all) of \(products)")
  }
}
