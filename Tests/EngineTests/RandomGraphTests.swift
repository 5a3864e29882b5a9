import Engine
import Testing

/// Random graphs: the fast executor under every instruction set against the reference executor.
@Suite struct RandomGraphTests {
  /// A random program with matrices of random extents, states, updates, and first derivatives.
  ///
  /// The output `kinks` is the smallest distance of an argument of a leaky ReLU from its kink.
  static func program(seed: Int) -> (Graph, Program) {
    var numbers = TestNumbers(seed)
    let graph = Graph()
    let extents = (0..<3).map { _ in 1 + numbers.below(40) }
    var pool: [Tensor] = []
    for position in 0..<3 {
      let shape = [extents[numbers.below(3)], extents[numbers.below(3)]]
      pool.append(graph.input("x\(position)", shape))
      pool.append(graph.state("s\(position)", [extents[numbers.below(3)]]))
      pool.append(graph.state("m\(position)", shape))
    }
    var kinks = graph.constant(-1e9)
    for _ in 0..<30 {
      if numbers.below(8) == 0 {
        let argument = pool[numbers.below(pool.count)]
        kinks = maximum(kinks, (-argument.abs()).max())
        pool.append(argument.leakyRelu(slope: 0.2))
      } else {
        pool.append(Self.grow(pool, &numbers))
      }
    }
    let matrices = pool.filter { $0.rank == 2 }
    let scalar = matrices.suffix(4).map { $0.tanh().mean() }.reduce(graph.constant(0)) { $0 + $1 }
    let variables = (0..<3).map { pool[3 * $0 + 2] }
    let derivatives = gradients(of: scalar, by: variables)
    var updates: [(state: String, tensor: Tensor)] = []
    for position in 0..<3 {
      updates.append(("m\(position)", variables[position] - 0.1 * derivatives[position]))
    }
    // States that swap their values, where shapes allow it.
    let vectors = (0..<3).map { pool[3 * $0 + 1] }
    if vectors[0].shape == vectors[1].shape {
      updates += [("s0", vectors[1]), ("s1", vectors[0])]
    }
    let outputs =
      [("kinks", kinks), ("scalar", scalar)] + pool.suffix(5).enumerated().map { ("o\($0)", $1) }
    return (graph, Program(graph, outputs: outputs, updates: updates))
  }

  private static func grow(_ pool: [Tensor], _ numbers: inout TestNumbers) -> Tensor {
    let a = pool[numbers.below(pool.count)]
    let b = pool[numbers.below(pool.count)]
    switch numbers.below(12) {
    case 0: return a.tanh()
    case 1: return (a.sigmoid() * 2 - 1).expm1() + a.abs().log1p()
    case 2: return a.softplus()
    case 3: return (a.square() + 0.3).sqrt().log()
    case 4 where a.rank == 2: return a.transposed.square().tanh()
    case 5 where a.rank == 2: return a.sum(over: [numbers.below(2)]).tanh()
    case 6 where a.rank == 2: return a.mean(over: [numbers.below(2)], keepingAxes: true) - a
    case 7 where a.rank == 2: return a.reshaped([a.count]).reshaped([a.shape[1], a.shape[0]])
    case 8 where a.rank == 2: return a.stopGradient().max(over: [1], keepingAxes: true) + a
    case 9 where a.rank == 1: return a.reshaped([a.count, 1]).broadcast(to: [a.count, 7])
    case 10 where a.rank == 1: return a.broadcast(to: [5, a.count]) * 0.5
    default:
      if a.rank == 2, b.rank == 2, a.shape[1] == b.shape[0] {
        return scaled(a.matmul(b), depth: a.shape[1])
      }
      if a.rank == 2, b.rank == 2, a.shape[0] == b.shape[0] {
        return scaled(a.transposed.matmul(b), depth: a.shape[0])
      }
      if a.rank == 2, b.rank == 1, a.shape[1] == b.shape[0] { return a + b }
      return a.shape == b.shape ? a * b.tanh() : (a.tanh().exp() / (1 + a.abs())).tanh()
    }
  }

  /// Keeps the size of a product's elements, so that rounding errors do not grow from layer to layer.
  private static func scaled(_ product: Tensor, depth: Int) -> Tensor {
    (product * (1 / Double(depth).squareRoot())).tanh()
  }

  @Test(arguments: 0..<150)
  func executorsAgree(_ seed: Int) throws {
    let (graph, program) = Self.program(seed: seed)
    var numbers = TestNumbers(seed + 1000)
    let reference = StateTable(of: graph, precision: .float64)
    for entry in reference.entries {
      reference[entry.name] = numbers.uniform(entry.count, -1, 1).map { Double(Float($0)) }
    }
    let inputs = program.inputs.map { input in
      (input.name, numbers.uniform(input.shape.reduce(1, *), -1, 1).map { Double(Float($0)) })
    }
    let initial = Dictionary(
      uniqueKeysWithValues: reference.entries.map { ($0.name, reference[$0.name]) })
    let expected = run(program, .reference, reference, inputs)
    // At a kink both slopes are right.
    let isSmooth = expected[0][0] < -1e-5
    #expect(isSmooth || seed % 3 == 0 || seed > 20, "too many graphs at kinks to test anything")
    var bits: [[UInt32]] = []
    for name in Kernels.allNames {
      guard let kernels = Kernels(named: name) else { continue }
      let state = StateTable(of: graph, precision: .float32)
      for entry in state.entries { state[entry.name] = try #require(initial[entry.name]) }
      let values = run(program, .fast(kernels), state, inputs)
      let error =
        zip(values.joined(), expected.joined())
        .map { abs($0 - $1) / max(1, abs($1)) }.max() ?? 0
      #expect(error < 1e-4 || !isSmooth, "\(name), seed \(seed)")
      bits.append(values.joined().map { Float($0).bitPattern })
    }
    #expect(bits.allSatisfy { $0 == bits[0] }, "instruction sets differ, seed \(seed)")
  }

  private func run(
    _ program: Program, _ executor: Executor, _ state: StateTable,
    _ inputs: [(String, [Double])]
  ) -> [[Double]] {
    let execution = executor.prepare(program, state: state)
    for (name, values) in inputs { execution.setInput(name, values) }
    execution.run()
    return program.outputs.indices.map { execution.output($0) }
      + state.entries.map { state[$0.name] }
  }
}
