import Engine

/// Numbers for tests: a small linear congruential generator, so that a failure can be repeated.
struct TestNumbers {
  private var state: UInt64

  init(_ seed: Int) { state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

  /// Uniform in [0, 1).
  mutating func unit() -> Double {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Double(state >> 11) * 0x1p-53
  }

  mutating func below(_ bound: Int) -> Int { Int(unit() * Double(bound)) }

  mutating func uniform(_ count: Int, _ lower: Double, _ upper: Double) -> [Double] {
    (0..<count).map { _ in lower + (upper - lower) * unit() }
  }
}

/// A scalar function of named inputs, evaluated by the reference executor.
final class ScalarFunction {
  private let execution: any Execution

  init(_ graph: Graph, _ outputs: [Tensor]) {
    let program = Program(
      graph, outputs: outputs.enumerated().map { ("\($0.offset)", $0.element) }, updates: [])
    execution = Executor.reference.prepare(
      program, state: StateTable(of: graph, precision: .float64))
  }

  func callAsFunction(_ inputs: [(name: String, values: [Double])]) -> [[Double]] {
    for input in inputs { execution.setInput(input.name, input.values) }
    execution.run()
    return execution.program.outputs.indices.map { execution.output($0) }
  }
}

/// The worst relative disagreement between derivatives of `build` and central differences, at first and second order.
///
/// At each order the derivative is projected on a random direction v and compared with the difference quotient of
/// the function along v; the projection ⟨v, ∇f⟩ is the function of the next order, so mixed second derivatives of
/// all inputs take part.
func gradientError(
  _ shapes: [[Int]], lower: Double = -2, upper: Double = 2, seed: Int = 1, orders: Int = 2,
  _ build: ([Tensor]) -> Tensor
) -> Double {
  var numbers = TestNumbers(seed)
  let graph = Graph()
  let tensors = shapes.enumerated().map { graph.input("x\($0.offset)", $0.element) }
  var point: [(name: String, values: [Double])] = shapes.enumerated().map { position, shape in
    ("x\(position)", numbers.uniform(shape.reduce(1, *), lower, upper))
  }
  let value = build(tensors)
  // A random projection of the result, so that no derivative is lost in a symmetric sum.
  let weights = graph.input("w", value.shape)
  point.append(("w", numbers.uniform(value.count, -1, 1)))
  var function = (value * weights).sum()
  var worst = 0.0
  for order in 1...orders {
    let directions = tensors.enumerated().map { position, tensor in
      graph.input("v\(order).\(position)", tensor.shape)
    }
    let values = shapes.map { numbers.uniform($0.reduce(1, *), -1, 1) }
    for (position, direction) in values.enumerated() {
      point.append(("v\(order).\(position)", direction))
    }
    let derivatives = gradients(of: function, by: tensors)
    let projection = zip(derivatives, directions).map { ($0 * $1).sum() }
      .reduce(graph.constant(0)) { $0 + $1 }
    let evaluate = ScalarFunction(graph, [function, projection])
    let analytic = evaluate(point)[1][0]
    // Richardson's extrapolation of central differences.
    func quotient(_ h: Double) -> Double {
      func moved(_ sign: Double) -> Double {
        var other = point
        for position in tensors.indices {
          other[position].values = zip(point[position].values, values[position])
            .map { $0 + sign * h * $1 }
        }
        return evaluate(other)[0][0]
      }
      return (moved(1) - moved(-1)) / (2 * h)
    }
    let h = 1e-3
    let numeric = (4 * quotient(h / 2) - quotient(h)) / 3
    worst = max(worst, abs(analytic - numeric) / max(1, abs(analytic), abs(numeric)))
    function = projection
  }
  return worst
}
