import Testing

@testable import Engine

/// What the graph leaves out must not change a value.
@Suite struct SimplificationTests {
  private static let special: [Float] = [
    1.5, -2.25, 0x1p-149, -0x1p-149, .greatestFiniteMagnitude, .infinity, -.infinity, .nan, 0.1,
  ]

  /// Identities that return an existing tensor.
  @Test func identitiesAddNoNode() {
    let graph = Graph()
    let x = graph.input("x", [2, 3])
    let (zero, one) = (graph.constant(0, [2, 3]), graph.constant(1, [2, 3]))
    let equal: [(String, Tensor)] = [
      ("x + 0", x + 0), ("0 + x", 0 + x), ("x − 0", x - 0), ("x · 1", x * 1), ("1 · x", 1 * x),
      ("x / 1", x / 1), ("x + zeros", x + zero), ("ones · x", one * x), ("−−x", -(-x)),
      ("0 − (0 − x)", 0 - (0 - x)), ("(xᵀ)ᵀ", x.transposed.transposed),
      ("reshaped there and back", x.reshaped([6]).reshaped([3, 2]).reshaped([2, 3])),
      ("broadcast to its own shape", x.broadcast(to: [2, 3])),
      ("sum over nothing", x.sum(over: [])),
      ("select by 1", one.select(x, zero)), ("select by 0", zero.select(zero, x)),
    ]
    for (name, tensor) in equal { #expect(tensor.index == x.index, "\(name)") }
  }

  @Test func equalExpressionsAreOneNode() {
    let graph = Graph()
    let x = graph.input("x", [2])
    let count = { graph.nodes.count }
    let first = (x.tanh() * x).exp()
    let before = count()
    #expect((x.tanh() * x).exp().index == first.index && count() == before)
    #expect((x * x.tanh()).exp().index != first.index, "operands are not reordered")
  }

  /// Rewritten forms against the plain Float32 operation, NaN and infinities included.
  @Test func rewrittenFormsKeepValues() {
    let graph = Graph()
    let count = Self.special.count
    let x = graph.input("x", [count])
    let y = graph.input("y", [count])
    let laws: [(name: String, tensor: Tensor, value: (Float, Float) -> Float)] = [
      ("0 − x", 0 - x, { x, _ in -x }), ("−1 · x", -1 * x, { x, _ in -x }),
      ("x · −1", x * -1, { x, _ in -x }), ("x / −1", x / -1, { x, _ in -x }),
      ("x + (−y)", x + (-y), { $0 + -$1 }), ("(−x) + y", (-x) + y, { -$0 + $1 }),
      ("x − (−y)", x - (-y), { $0 - -$1 }), ("(−x) − y", (-x) - y, { -$0 - $1 }),
      ("x · 0", x * 0, { x, _ in x * 0 }), ("0 / x", 0 / x, { x, _ in 0 / x }),
      ("x − x", x - x, { x, _ in x - x }), ("x / x", x / x, { x, _ in x / x }),
    ]
    for kernels in availableKernels {
      for (shift, _) in Self.special.enumerated() {
        let other = Array(Self.special[shift...] + Self.special[..<shift])
        let values = kernels.evaluate(laws.map(\.tensor), [("x", Self.special), ("y", other)])
        for (law, own) in zip(laws, values) {
          let expected = zip(Self.special, other).map(law.value)
          let difference = firstDifference(own.map { $0 + 0 }, expected.map { $0 + 0 })
          #expect(difference == nil, "\(kernels.name): \(law.name) at \(difference ?? 0)")
        }
      }
    }
  }

  /// Constants are folded with the functions that the executors compute.
  @Test(arguments: UnaryOperation.allCases)
  func constantsFold(_ operation: UnaryOperation) {
    let graph = Graph()
    for value in [0.75, 2, 100] {
      let folded = graph.constant(value, [3]).map(operation)
      #expect(graph.constantValue(folded) == operation.evaluate(value))
      let computed = ScalarFunction(graph, [graph.input("x", [3]).map(operation)])
      #expect(computed([("x", [value, value, value])])[0][0] == graph.constantValue(folded))
    }
  }

  @Test(arguments: BinaryOperation.allCases)
  func constantsFold(_ operation: BinaryOperation) {
    let graph = Graph()
    for (a, b) in [(2.0, 0.5), (0.5, 2), (3, 3)] {
      let folded = Tensor.combine(operation, graph.constant(a, [2]), graph.constant(b))
      #expect(graph.constantValue(folded) == operation.evaluate(a, b) && folded.shape == [2])
    }
  }

  @Test func reducedConstantsFold() {
    let graph = Graph()
    let five = graph.constant(5, [2, 3])
    #expect(graph.constantValue(five.sum(over: [1])) == 15)
    #expect(graph.constantValue(five.mean()) == 5 && graph.constantValue(five.max()) == 5)
    #expect(graph.constantValue(five.transposed.reshaped([6])) == 5)
  }

  /// Transposes become flags of the product.
  @Test(arguments: [false, true], [false, true])
  func transposesFoldIntoProducts(_ left: Bool, _ right: Bool) {
    let graph = Graph()
    let a = graph.input("a", left ? [3, 2] : [2, 3])
    let b = graph.input("b", right ? [4, 3] : [3, 4])
    let product = (left ? a.transposed : a).matmul(right ? b.transposed : b)
    let node = graph.node(product)
    #expect(node.primitive == .product(transposeLeft: left, transposeRight: right))
    #expect(node.operands == [a.index, b.index])
    // The transpose of a product is a permutation of it, whichever way it is computed.
    let swapped = (right ? b : b.transposed).matmul(left ? a : a.transposed)
    let values = ScalarFunction(graph, [product.transposed, swapped])([
      ("a", [1, 2, 3, 4, 5, 6]), ("b", (0..<12).map { Double($0 * $0) - 20 }),
    ])
    #expect(values[0] == values[1])
  }

  /// A product of depth one is element-wise, with all four ways to store its operands.
  @Test(arguments: [false, true], [false, true])
  func outerProducts(_ left: Bool, _ right: Bool) {
    let graph = Graph()
    let a = graph.input("a", left ? [1, 3] : [3, 1])
    let b = graph.input("b", right ? [2, 1] : [1, 2])
    let product = (left ? a.transposed : a).matmul(right ? b.transposed : b)
    #expect(graph.node(product).primitive == .binary(.multiply))
    let values = ScalarFunction(graph, [product])([("a", [2, 3, 5]), ("b", [7, 11])])[0]
    #expect(values == [14, 22, 21, 33, 35, 55])
  }

  @Test func permutationsCompose() {
    let graph = Graph()
    let x = graph.input("x", [2, 3, 4])
    let composed = x.permuted([1, 2, 0]).permuted([2, 1, 0])
    #expect(graph.node(composed).operands == [x.index] && composed.shape == [2, 4, 3])
    let values = ScalarFunction(graph, [composed])([("x", (0..<24).map { Double($0) })])[0]
    for (position, value) in values.enumerated() {
      let (i, k, j) = (position / 12, position / 3 % 4, position % 3)
      #expect(value == Double(i * 12 + j * 4 + k))
    }
  }
}
