import Engine

/// Numbers for tests: a small linear congruential generator, so that a failure can be repeated.
struct TestNumbers {
  private var state: UInt64

  init(_ seed: Int) { state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

  /// Uniform 32-bit words.
  mutating func word() -> UInt32 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return UInt32(state >> 32)
  }

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

/// Values of inputs and states by name.
typealias NamedValues = [(name: String, values: [Double])]

/// Functions of named inputs and states, evaluated by the reference executor.
final class ScalarFunction {
  private let execution: any Execution
  private let state: StateTable

  init(_ graph: Graph, _ outputs: [Tensor]) {
    let program = Program(
      graph, outputs: outputs.enumerated().map { ("\($0.offset)", $0.element) }, updates: [])
    state = StateTable(of: graph, precision: .float64)
    execution = Executor.reference.prepare(program, state: state)
  }

  func callAsFunction(_ values: NamedValues) -> [[Double]] {
    for (name, values) in values {
      if state.entry(name) != nil { state[name] = values } else { execution.setInput(name, values) }
    }
    execution.run()
    return execution.program.outputs.indices.map { execution.output($0) }
  }
}

/// The worst relative disagreement between derivatives of `build` and central differences, at
/// first and second order.
///
/// At each order the derivative is projected on a random direction v and compared with the
/// difference quotient of the function along v; the projection ⟨v, ∇f⟩ is the function of the next
/// order, so mixed second derivatives of all variables take part. The variables are one tensor of
/// each of `shapes` and every state that `build` reads.
///
/// - Parameter held: values of further inputs, which are no variables.
func gradientError(
  _ shapes: [[Int]], lower: Double = -2, upper: Double = 2, seed: Int = 1, orders: Int = 2,
  held: NamedValues = [], _ build: ([Tensor]) throws -> Tensor
) rethrows -> Double {
  var numbers = TestNumbers(seed)
  let graph = Graph()
  var tensors = shapes.enumerated().map { graph.input("x\($0.offset)", $0.element) }
  var names = shapes.indices.map { "x\($0)" }
  let value = try build(tensors)
  for state in graph.states {
    tensors.append(graph.state(state.name, state.shape))
    names.append(state.name)
  }
  var point = zip(names, tensors).map { name, tensor in
    (name: name, values: numbers.uniform(tensor.count, lower, upper))
  }
  // A random projection of the result, so that no derivative is lost in a symmetric sum.
  let weights = graph.input("w", value.shape)
  point.append(("w", numbers.uniform(value.count, -1, 1)))
  point += held
  var function = (value * weights).sum()
  var worst = 0.0
  for order in 1...orders {
    let directions = tensors.enumerated().map { position, tensor in
      graph.input("v\(order).\(position)", tensor.shape)
    }
    let values = directions.map { numbers.uniform($0.count, -1, 1) }
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
    let error = abs(analytic - numeric) / max(1, abs(analytic), abs(numeric))
    worst = error.isNaN ? .infinity : max(worst, error)
    function = projection
  }
  return worst
}
