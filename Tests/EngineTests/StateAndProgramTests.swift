import Testing

@testable import Engine

/// When states change, what a program counts, and how it reads as text.
@Suite struct StateAndProgramTests {
  /// Runs a program several times under every executor, and compares outputs and states after each run.
  private func check(
    _ graph: Graph, outputs: [(name: String, tensor: Tensor)] = [],
    updates: [(state: String, tensor: Tensor)], start: NamedValues, inputs: NamedValues = [],
    expected: [(outputs: [[Double]], states: [[Double]])]
  ) {
    for (name, executor) in allExecutors {
      let program = Program(graph, outputs: outputs, updates: updates)
      let state = StateTable(of: graph, precision: executor.precision)
      for (name, values) in start { state[name] = values }
      let execution = executor.prepare(program, state: state)
      for (step, other) in expected.enumerated() {
        for (name, values) in inputs { execution.setInput(name, values) }
        execution.run()
        #expect(outputs.indices.map { execution.output($0) } == other.outputs, "\(name), \(step)")
        #expect(start.map { state[$0.name] } == other.states, "\(name), \(step)")
      }
    }
  }

  @Test func statesSwap() {
    let graph = Graph()
    let (a, b) = (graph.state("a", [2]), graph.state("b", [2]))
    check(
      graph, updates: [("a", b), ("b", a)], start: [("a", [1, 2]), ("b", [3, 4])],
      expected: [([], [[3, 4], [1, 2]]), ([], [[1, 2], [3, 4]])])
  }

  @Test func statesRotate() {
    let graph = Graph()
    let states = ["a", "b", "c"].map { graph.state($0, [1]) }
    check(
      graph, updates: [("a", states[1]), ("b", states[2]), ("c", states[0])],
      start: [("a", [1]), ("b", [2]), ("c", [3])], expected: [([], [[2], [3], [1]])])
  }

  /// Each new value is made of both old ones, so an early write would show.
  @Test func updatesSeeOldStates() {
    let graph = Graph()
    let (a, b) = (graph.state("a", [2]), graph.state("b", [2]))
    for updates in [[("a", a + b), ("b", a - b)], [("b", a - b), ("a", a + b)]] {
      check(
        graph, updates: updates, start: [("a", [1, 2]), ("b", [10, 20])],
        expected: [([], [[11, 22], [-9, -18]]), ([], [[2, 4], [20, 40]])])
    }
  }

  /// A state is overwritten in place by the group that reads it, and read as a whole by others.
  @Test func updatedStateIsReadByProductsAndReductions() {
    let graph = Graph()
    let w = graph.state("w", [2, 2])
    let next = w * 2
    let outputs: [(String, Tensor)] = [
      ("sum", w.sum()), ("square", w.matmul(w)), ("row", w - w.sum(over: [0])),
      ("transposed", w.transposed),
    ]
    check(
      graph, outputs: outputs, updates: [("w", next)], start: [("w", [1, 2, 3, 4])],
      expected: [
        ([[10], [7, 10, 15, 22], [-3, -4, -1, -2], [1, 3, 2, 4]], [[2, 4, 6, 8]]),
        ([[20], [28, 40, 60, 88], [-6, -8, -2, -4], [2, 6, 4, 8]], [[4, 8, 12, 16]]),
      ])
  }

  /// Outputs show the old state or the new one, as they say, also through views.
  @Test func outputsOfUpdatedStates() {
    let graph = Graph()
    let s = graph.state("s", [2, 2])
    let next = s + 1
    check(
      graph,
      outputs: [
        ("old", s), ("new", next), ("view", s.reshaped([4])), ("newView", next.reshaped([4])),
        ("stopped", s.stopGradient()),
      ],
      updates: [("s", next)], start: [("s", [1, 2, 3, 4])],
      expected: [
        (
          [[1, 2, 3, 4], [2, 3, 4, 5], [1, 2, 3, 4], [2, 3, 4, 5], [1, 2, 3, 4]],
          [[2, 3, 4, 5]]
        )
      ])
  }

  /// One value for two states, inputs, constants and views as new values.
  @Test func anyTensorMayBeAnUpdate() {
    let graph = Graph()
    let states = ["a", "b", "c", "d", "e", "f"].map { graph.state($0, [2]) }
    let shared = states[0] * states[1]
    let x = graph.input("x", [2, 1])
    check(
      graph, outputs: [("sum", states.dropFirst().reduce(states[0], +))],
      updates: [
        ("a", shared), ("b", shared), ("c", x.reshaped([2])), ("d", graph.constant(7, [2])),
        ("e", states[2].reshaped([1, 2]).reshaped([2])),
        ("f", states[0].sum().broadcast(to: [2])),
      ],
      start: [
        ("a", [2, 3]), ("b", [5, 7]), ("c", [1, 1]), ("d", [0, 0]), ("e", [0, 0]), ("f", [0, 0]),
      ],
      inputs: [("x", [8, 9])],
      expected: [
        ([[8, 11]], [[10, 21], [10, 21], [8, 9], [7, 7], [1, 1], [5, 5]]),
        (
          [[10 + 10 + 8 + 7 + 1 + 5, 21 + 21 + 9 + 7 + 1 + 5]],
          [[100, 441], [100, 441], [8, 9], [7, 7], [8, 9], [31, 31]]
        ),
      ])
  }

  /// Two programs share one table: the second sees what the first has stored.
  @Test func programsShareStates() {
    for (name, executor) in allExecutors {
      let graph = Graph()
      let s = graph.state("s", [3])
      let state = StateTable(of: graph, precision: executor.precision)
      func prepare(_ outputs: [(String, Tensor)], _ updates: [(String, Tensor)]) -> any Execution {
        executor.prepare(Program(graph, outputs: outputs, updates: updates), state: state)
      }
      let writer = prepare([], [("s", s + 1)])
      let reader = prepare([("twice", 2 * s)], [])
      for round in 1...3 {
        writer.run()
        reader.run()
        #expect(reader.output("twice") == Array(repeating: 2 * Double(round), count: 3), "\(name)")
      }
    }
  }

  // MARK: Tables

  @Test func tablesKeepOrderRoundAndCopy() {
    let graph = Graph()
    for (name, shape) in [("b", [2]), ("a", [3, 2]), ("c", [])] { _ = graph.state(name, shape) }
    for precision in Precision.allCases {
      let table = StateTable(of: graph, precision: precision)
      #expect(table.entries.map(\.name) == ["b", "a", "c"])
      #expect(table.entries.map(\.count) == [2, 6, 1])
      table["b"] = [0.1, -3]
      table["a"] = [1, 2, 3, 4, 5, 6]
      let rounded = precision == .float32 ? Double(Float(0.1)) : 0.1
      #expect(table["b"] == [rounded, -3] && table["c"] == [0])
      #expect(table.bytes("a").count == 6 * precision.size)
      let copy = StateTable(of: graph, precision: precision)
      copy.copy(from: table)
      #expect(copy["a"] == table["a"] && copy["b"] == table["b"])
      #expect(table.isFinite)
      table["c"] = [.nan]
      #expect(!table.isFinite && copy.isFinite)
    }
  }

  // MARK: Programs

  /// tanh(xWᵀ + b), its sum and the derivative of that by W: small enough to be checked by eye.
  private static func layer(batch: Int, inputs: Int, outputs: Int) -> Program {
    let graph = Graph()
    let w = graph.state("w", [outputs, inputs])
    let b = graph.state("b", [outputs])
    let y = (graph.input("x", [batch, inputs]).matmul(w.transposed) + b).tanh()
    _ = y.exp().sum()  // nobody asks for it
    let gradient = gradients(of: y.sum(), by: [w])[0]
    return Program(graph, outputs: [("sum", y.sum())], updates: [("w", w - 0.1 * gradient)])
  }

  @Test func goldenText() {
    #expect(Self.layer(batch: 4, inputs: 3, outputs: 2).description == Self.golden)
  }

  private static let golden = """
    %0 [2, 3] = state w
    %1 [2] = state b
    %2 [4, 3] = input x
    %4 [4, 2] = product(%2, %0ᵀ)
    %5 [1, 2] = reshape(%1)
    %6 [4, 2] = broadcast(%5)
    %7 [4, 2] = add(%4, %6)
    %8 [4, 2] = tanh(%7)
    %11 [] = sum(%8, axes 0..<2)
    %14 [4, 2] = constant 1.0
    %15 [4, 2] = square(%8)
    %16 [4, 2] = subtract(%14, %15)
    %18 [2, 3] = product(%16ᵀ, %2)
    %21 [2, 3] = constant 0.1
    %22 [2, 3] = multiply(%21, %18)
    %23 [2, 3] = subtract(%0, %22)
    output sum = %11
    update w = %23

    """

  /// Products 2·m·n·k each; one operation per element else; broadcasts, views and dead nodes are free.
  @Test func operations() {
    let (batch, inputs, outputs) = (5, 3, 7)
    let forward = 2 * batch * inputs * outputs + batch * outputs * 2  // product; + b, tanh
    let sum = batch * outputs
    let slope = batch * outputs * 2  // y², 1 − y²
    let backward = 2 * batch * inputs * outputs  // by W
    let step = inputs * outputs * 2  // 0.1·g, w − …
    #expect(
      Self.layer(batch: batch, inputs: inputs, outputs: outputs).operations
        == forward + sum + slope + backward + step)
  }

  @Test func inputsAreThoseInUse() {
    let graph = Graph()
    let (x, y) = (graph.input("x", [2]), graph.input("y", [3]))
    _ = x + x
    let program = Program(graph, outputs: [("y", y.exp())], updates: [])
    #expect(program.inputs.map(\.name) == ["y"] && program.inputs.map(\.shape) == [[3]])
  }
}
