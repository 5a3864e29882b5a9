import CKernels
import Testing

@testable import Engine

/// A step gives the same bits in however many shares it is computed, and in whatever order.
@Suite struct ShareTests {
  /// Outputs and states after one run.
  private func values(
    _ program: Program, _ kernels: Kernels, seed: Int, run: (FastExecution) -> Void
  ) -> [[Float]] {
    var numbers = TestNumbers(seed)
    let state = StateTable(of: program.graph, precision: .float32)
    for entry in state.entries { state[entry.name] = numbers.uniform(entry.count, -1, 1) }
    let execution = FastExecution.prepare([program], state: state, kernels: kernels)[0]
    for input in program.inputs {
      execution.setInput(input.name, numbers.uniform(input.shape.reduce(1, *), -1, 1))
    }
    run(execution)
    return program.outputs.indices.map { execution.output($0).map { Float($0) } }
      + state.entries.map { state[$0.name].map { Float($0) } }
  }

  private func check(
    _ program: Program, seed: Int = 0, kernels: [Kernels] = availableKernels, _ description: String
  ) {
    for kernels in kernels {
      let whole = values(program, kernels, seed: seed) { $0.run() }
      for count: Int32 in [2, 3, 5, 16] {
        let shared = values(program, kernels, seed: seed) { $0.runInShares(count) }
        for (position, (a, b)) in zip(shared, whole).enumerated() {
          #expect(
            firstDifference(a, b) == nil,
            "\(kernels.name), \(count) shares, result \(position): \(description)")
        }
      }
    }
  }

  private func check(_ result: Tensor, _ description: String) {
    check(Program(result.graph, outputs: [("result", result)], updates: []), description)
  }

  @Test(arguments: 0..<40)
  func randomGraphs(_ seed: Int) {
    let (_, program) = RandomGraphTests.program(seed: seed)
    check(program, seed: seed, "random graph \(seed)")
  }

  @Test(arguments: 0..<20)
  func products(_ seed: Int) {
    var numbers = TestNumbers(seed + 100)
    let graph = Graph()
    let (m, k) = (1 + numbers.below(150), 1 + numbers.below(600))
    let n = 1 + numbers.below(seed % 2 == 0 ? 5 : 150)
    let (a, b) = (graph.input("a", [m, k]), graph.input("b", [k, n]))
    check(a.matmul(b), "\(m)×\(k)×\(n)")
  }

  @Test(arguments: 0..<20)
  func convolutions(_ seed: Int) {
    var numbers = TestNumbers(seed + 200)
    let geometry = ConvolutionTests.Geometry.random(&numbers, channels: seed % 2 == 0 ? 5 : 70)
    for (primitive, shapes, shape) in geometry.cases {
      let graph = Graph()
      let operands = shapes.enumerated().map { graph.input("\($0)", $1) }
      check(graph.apply(primitive, operands, shape: shape), "\(primitive), \(geometry)")
    }
  }

  @Test func reductions() {
    let extents = [1, 3, 16, 17, 40]
    for outer in extents {
      for inner in extents {
        let x = Graph().input("x", [outer, 150, inner])
        for reduction in Reduction.allCases {
          check(x.reduced(reduction, over: [1]), "\(reduction) of \(x.shape)")
        }
      }
    }
  }

  @Test(arguments: 0..<40)
  func strided(_ seed: Int) {
    var numbers = TestNumbers(seed + 300)
    var shape = (0..<(1 + numbers.below(4))).map { _ in 1 + numbers.below(6) }
    if seed % 3 == 0 { shape[shape.count - 1] = 1 + numbers.below(900) }
    let start = shape.map { _ in numbers.below(3) }
    let step = shape.map { _ in 1 + numbers.below(3) }
    let whole = shape.indices.map {
      start[$0] + (shape[$0] - 1) * step[$0] + 1 + numbers.below(3)
    }
    let lattice = Lattice(start: start, step: step)
    let graph = Graph()
    let x = graph.input("x", shape)
    check(graph.apply(.pad(lattice), [x], shape: whole), "\(shape) in \(whole), \(lattice)")
    let y = graph.input("y", whole)
    check(graph.apply(.slice(lattice), [y], shape: shape), "\(shape) of \(whole), \(lattice)")
    let axes = Array(shape.indices.reversed())
    check(
      graph.apply(.permute(axes), [x], shape: axes.map { shape[$0] }), "\(shape), axes \(axes)")
    let source = shape.map { numbers.below(2) == 0 ? 1 : $0 }
    let spread = graph.input("z", source).broadcast(to: shape)
    check(x * spread + 1, "\(source) to \(shape)")
  }

  @Test func rows() throws {
    let graph = Graph()
    let table = graph.input("table", [7, 300])
    // Between -1 and 1 as inputs are: some indices are in the table, some before it, many the same.
    let gathered = table.gathered(graph.input("indices", [40]) * 9)
    check(gathered, "gathering")
    let gradient = gradients(of: gathered.square().sum(), by: [table])[0]
    check(gradient, "scattering")
  }
}

extension FastExecution {
  /// Computes the steps one after another, each in `count` shares from the last to the first, with a workspace that
  /// is full of NaN before each share.
  fileprivate func runInShares(_ count: Int32) {
    for step in steps {
      for index in (0..<count).reversed() {
        var workspace = [Float](repeating: .nan, count: Int(saddle_workspace(step)))
        saddle_compute(
          kernels.table, step, saddle_share(index: index, count: count), &workspace)
      }
    }
  }
}
