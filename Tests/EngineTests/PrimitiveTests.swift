import Engine
import Testing

@Suite struct PrimitiveTests {
  /// Where each function and its derivatives are smooth.
  static func domain(_ operation: UnaryOperation) -> (Double, Double) {
    switch operation {
    case .sqrt, .log, .reciprocal: (0.3, 2)
    case .log1p: (-0.6, 2)
    case .absolute, .sign, .step, .relu: (0.1, 2)
    case .negate, .square, .exp, .expm1, .tanh, .sigmoid, .softplus: (-2, 2)
    }
  }

  @Test(arguments: UnaryOperation.allCases)
  func unaryDerivatives(_ operation: UnaryOperation) {
    let (lower, upper) = Self.domain(operation)
    let error = gradientError([[3, 4]], lower: lower, upper: upper) { $0[0].map(operation) }
    #expect(error < 1e-8)
    if lower > 0, upper > 0, [.absolute, .sign, .step, .relu].contains(operation) {
      #expect(gradientError([[5]], lower: -2, upper: -0.1) { $0[0].map(operation) } < 1e-8)
    }
  }

  @Test(arguments: BinaryOperation.allCases)
  func binaryDerivatives(_ operation: BinaryOperation) {
    let error = gradientError([[3, 4], [3, 4]], lower: 0.5, upper: 2) {
      Tensor.combine(operation, $0[0], $0[1])
    }
    #expect(error < 1e-8)
    let broadcast = gradientError([[3, 1], [4]], lower: 0.5, upper: 2, seed: 2) {
      Tensor.combine(operation, $0[0], $0[1])
    }
    #expect(broadcast < 1e-8)
  }

  @Test func selectDerivative() {
    let error = gradientError([[6], [6], [6]]) { $0[0].step().select($0[1] * $0[2], $0[2].exp()) }
    #expect(error < 1e-8)
  }

  @Test(arguments: [false, true], [false, true])
  func productDerivatives(_ left: Bool, _ right: Bool) {
    let error = gradientError([left ? [4, 3] : [3, 4], right ? [5, 4] : [4, 5]]) {
      (left ? $0[0].transposed : $0[0]).matmul(right ? $0[1].transposed : $0[1]).tanh()
    }
    #expect(error < 1e-8)
  }

  @Test func shapeDerivatives() {
    #expect(gradientError([[2, 3, 4]]) { $0[0].permuted([2, 0, 1]).exp() } < 1e-8)
    #expect(gradientError([[2, 3, 4]]) { $0[0].reshaped([6, 4]).exp() } < 1e-8)
    #expect(gradientError([[3, 1]]) { $0[0].broadcast(to: [2, 3, 4]).square() } < 1e-8)
    #expect(gradientError([[2, 3, 4]]) { $0[0].sum(over: [0, 2]).exp() } < 1e-8)
    #expect(gradientError([[2, 3, 4]]) { $0[0].mean(over: [1], keepingAxes: true).exp() } < 1e-8)
    #expect(gradientError([[2, 3, 4]]) { $0[0].max(over: [1, 2]).square() } < 1e-8)
  }

  @Test func stoppedGradientIsZero() {
    let graph = Graph()
    let x = graph.input("x", [3])
    let y = (x.stopGradient() * x).sum()
    let f = ScalarFunction(graph, [gradients(of: y, by: [x])[0]])
    #expect(f([("x", [1, 2, 3])])[0] == [1, 2, 3])
  }

  @Test func nonFiniteValuesPropagate() throws {
    let graph = Graph()
    let x = graph.input("x", [4])
    let zero = graph.constant(0)
    let tensors = [
      x.relu(), maximum(x, 0), maximum(zero, x), x.minimum(with: zero), x.leakyRelu(slope: 0.2),
      x.max().broadcast(to: [4]),
    ]
    let program = Program(
      graph, outputs: tensors.enumerated().map { ("\($0.offset)", $0.element) }, updates: [])
    for name in Kernels.allNames {
      guard let kernels = Kernels(named: name) else { continue }
      let execution = Executor.fast(kernels).prepare(
        program, state: StateTable(of: graph, precision: .float32))
      execution.setInput("x", [1, .nan, -1, .infinity])
      execution.run()
      for position in tensors.indices {
        #expect(execution.output(position)[1].isNaN, "\(name), output \(position)")
      }
    }
  }

  @Test func tiesOfMaximumShareTheDerivative() {
    let graph = Graph()
    let x = graph.input("x", [4])
    let f = ScalarFunction(graph, [gradients(of: x.max(), by: [x])[0]])
    #expect(f([("x", [3, 1, 3, 0])])[0] == [0.5, 0, 0.5, 0])
  }
}
