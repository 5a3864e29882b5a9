import Testing

@testable import Engine

/// Derivatives of image primitives, and their values against direct formulas.
@Suite struct ImagePrimitiveTests {
  /// A convolution of random extents.
  struct Case: CustomStringConvertible, Sendable {
    let images: [Int]
    let weights: [Int]
    let window: Window
    let result: [Int]
    var description: String { "\(images) * \(weights), \(window)" }

    init(seed: Int, largestChannels: Int = 3) {
      var numbers = TestNumbers(seed)
      func extent(_ largest: Int) -> Int { 1 + numbers.below(largest) }
      weights = [extent(largestChannels), extent(4), extent(4), extent(largestChannels)]
      images = [extent(3), extent(6), extent(6), weights[3]]
      window = Window(
        strideY: extent(3), strideX: extent(3), top: numbers.below(weights[1] + 1),
        left: numbers.below(weights[2] + 1))
      // Padding after the last row and column is whatever the windows need.
      result = [images[0], extent(5), extent(5), weights[0]]
    }
  }

  static let cases = (0..<25).map { Case(seed: $0) }

  @Test(arguments: cases)
  func convolutionDerivatives(_ c: Case) {
    let forward = gradientError([c.images, c.weights], seed: 3) {
      $0[0].graph.apply(.convolution(c.window), $0, shape: c.result).tanh()
    }
    #expect(forward < 1e-8)
    let transposed = gradientError([c.result, c.weights], seed: 4) {
      $0[0].graph.apply(.convolutionInputGradient(c.window), $0, shape: c.images).tanh()
    }
    #expect(transposed < 1e-8)
    let weight = gradientError([c.images, c.result], seed: 5) {
      $0[0].graph.apply(.convolutionWeightGradient(c.window), $0, shape: c.weights).tanh()
    }
    #expect(weight < 1e-8)
  }

  /// Third order, as a gradient penalty under an unrolled step meets it.
  @Test func derivativesOfThirdOrder() {
    let error = gradientError([[2, 5, 5, 2], [3, 3, 3, 2]], orders: 3) {
      $0[0].convolved($0[1], stride: 2, padding: 1).tanh()
    }
    #expect(error < 1e-7)
  }

  @Test func shortWaysOfDegenerateConvolutionsAgree() {
    let graph = Graph()
    let x = graph.input("x", [2, 3, 4, 5])
    let onePixel = graph.input("p", [6, 1, 1, 5])
    let whole = graph.input("w", [6, 3, 4, 5])
    let single = graph.input("s", [2, 1, 1, 6])
    let pairs = [
      (
        x.convolved(onePixel),
        graph.apply(
          .convolution(Window(stride: 1, padding: 0)), [x, onePixel], shape: [2, 3, 4, 6])
      ),
      (
        x.convolved(whole),
        graph.apply(.convolution(Window(stride: 1, padding: 0)), [x, whole], shape: [2, 1, 1, 6])
      ),
      (
        single.transposedConvolved(whole),
        graph.apply(
          .convolutionInputGradient(Window(stride: 1, padding: 0)), [single, whole],
          shape: [2, 3, 4, 5])
      ),
    ]
    var numbers = TestNumbers(7)
    let values: NamedValues = [("x", x), ("p", onePixel), ("w", whole), ("s", single)].map {
      ($0, numbers.uniform($1.count, -1, 1))
    }
    for (short, long) in pairs {
      let results = ScalarFunction(graph, [short, long])(values)
      #expect(short.shape == long.shape)
      #expect(zip(results[0], results[1]).allSatisfy { abs($0 - $1) < 1e-12 })
    }
  }

  @Test func convolutionByHand() {
    let graph = Graph()
    let x = graph.input("x", [1, 3, 3, 1])
    let w = graph.input("w", [1, 2, 2, 1])
    let f = ScalarFunction(
      graph,
      [
        x.convolved(w), x.convolved(w, stride: 2, padding: 1),
        x.sliced(axis: 1, 0..<2).sliced(axis: 2, 0..<2).transposedConvolved(w, stride: 2),
      ])
    let result = f([("x", [1, 2, 3, 4, 5, 6, 7, 8, 9]), ("w", [1, 10, 100, 1000])])
    #expect(result[0] == [5421, 6532, 8754, 9865])
    #expect(result[1] == [1000, 3200, 7040, 9865])
    #expect(
      result[2] == [
        1, 10, 2, 20, 100, 1000, 200, 2000, 4, 40, 5, 50, 400, 4000, 500, 5000,
      ])
  }

  @Test func shapeDerivatives() {
    #expect(gradientError([[2, 3, 3, 2]]) { $0[0].upsampled(2).tanh() } < 1e-8)
    #expect(gradientError([[2, 4, 4, 2]]) { $0[0].averagePooled(2).tanh() } < 1e-8)
    #expect(
      gradientError([[2, 5, 4, 2]]) { $0[0].averagePooled(3, stride: 2, padding: 1).tanh() } < 1e-8)
    #expect(gradientError([[2, 4, 6, 2]]) { $0[0].maxPooled(2).tanh() } < 1e-8)
    #expect(
      gradientError([[2, 5, 5, 2]]) { $0[0].maxPooled(3, stride: 2, padding: 1).tanh() } < 1e-8)
    #expect(gradientError([[5, 4]]) { $0[0].sliced(axis: 0, 1..<5, step: 2).tanh() } < 1e-8)
    #expect(gradientError([[2, 3]]) { $0[0].padded(axis: 1, low: 1, high: 2).exp() } < 1e-8)
    #expect(
      gradientError([[2, 3], [2, 1]]) { Tensor.concatenated($0, axis: 1).exp() } < 1e-8)
  }

  @Test func rowsAreGatheredAndScattered() {
    let held: NamedValues = [("i", [2, 0, 2, 7])]
    let error = gradientError([[3, 2]], held: held) {
      $0[0].gathered($0[0].graph.input("i", [4])).tanh()
    }
    #expect(error < 1e-8)
    let graph = Graph()
    let table = graph.input("t", [3, 2])
    let rows = table.gathered(graph.input("i", [4]))
    let derivative = gradients(of: (rows * rows).sum() * 0.5, by: [table])[0]
    for executor in [Executor.reference] + availableKernels.map(Executor.fast) {
      let program = Program(graph, outputs: [("r", rows), ("d", derivative)], updates: [])
      let execution = executor.prepare(
        program, state: StateTable(of: graph, precision: executor.precision))
      execution.setInput("t", [1, 2, 3, 4, 5, 6])
      execution.setInput("i", held[0].values)
      execution.run()
      #expect(execution.output("r") == [5, 6, 1, 2, 5, 6, 0, 0])
      #expect(execution.output("d") == [1, 2, 0, 0, 10, 12])
    }
  }

  @Test func poolingByHand() {
    let graph = Graph()
    let x = graph.input("x", [1, 3, 3, 1])
    let tensors = [
      x.maxPooled(2, stride: 1), x.maxPooled(2, stride: 2, padding: 1),
      x.averagePooled(2, stride: 1), x.averagePooled(3), x.sliced(axis: 1, 0..<1).upsampled(2),
    ]
    let f = ScalarFunction(graph, tensors)
    let result = f([("x", [-1, -2, -3, -4, -5, -6, -7, -8, -9])])
    #expect(result[0] == [-1, -2, -4, -5])
    #expect(result[1] == [-1, -2, -4, -5])
    #expect(result[2] == [-3, -4, -6, -7])
    #expect(abs(result[3][0] + 5) < 1e-12)
    #expect(result[4] == [-1, -1, -2, -2, -3, -3, -1, -1, -2, -2, -3, -3])
  }

  /// At ties the first pixel in reading order takes the derivative, as in PyTorch.
  @Test func tiesOfPooling() {
    let graph = Graph()
    let x = graph.input("x", [1, 2, 2, 1])
    let f = ScalarFunction(graph, [gradients(of: x.maxPooled(2).sum(), by: [x])[0]])
    #expect(f([("x", [3, 3, 3, 3])])[0] == [1, 0, 0, 0])
    #expect(f([("x", [1, 3, 2, 3])])[0] == [0, 1, 0, 0])
  }
}
