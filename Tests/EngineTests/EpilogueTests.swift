import Testing

@testable import Engine

/// What contractions compute on their results before they store them: the same bits as one after another.
@Suite struct EpilogueTests {
  /// A contraction with the shapes of its operands.
  struct Contraction: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let shapes: [[Int]]
    let build: @Sendable ([Tensor]) -> Tensor

    static func product(_ rows: Int, _ depth: Int, _ columns: Int) -> Contraction {
      Contraction(
        testDescription: "\(rows) × \(depth) × \(columns)",
        shapes: [[rows, depth], [depth, columns]]
      ) { $0[0].matmul($0[1]) }
    }

    static func convolution(_ channels: Int, _ size: Int, _ features: Int) -> Contraction {
      Contraction(
        testDescription: "convolution \(channels) → \(features)",
        shapes: [[3, size, size, channels], [features, 4, 4, channels]]
      ) { $0[0].convolved($0[1], stride: 2, padding: 1) }
    }

    static func transposed(_ channels: Int, _ size: Int, _ features: Int) -> Contraction {
      Contraction(
        testDescription: "transposed convolution \(channels) → \(features)",
        shapes: [[3, size, size, channels], [channels, 4, 4, features]]
      ) { $0[0].transposedConvolved($0[1], stride: 2, padding: 1) }
    }
  }

  /// What follows a contraction, from its result, a row and a factor.
  struct Ending: CustomTestStringConvertible, Sendable {
    let testDescription: String
    /// The nodes that the contraction is expected to compute.
    let members: Int
    let build: @Sendable (Tensor, _ row: Tensor, _ factor: Tensor) -> [Tensor]
  }

  static let contractions: [Contraction] = [
    .product(7, 3, 5), .product(256, 64, 64), .product(30, 600, 33), .product(13, 20, 100),
    .product(5, 1030, 16), .convolution(3, 8, 40), .convolution(40, 8, 33), .convolution(130, 4, 7),
    .transposed(20, 4, 33), .transposed(140, 3, 6),
  ]

  static let endings: [Ending] = [
    Ending(testDescription: "bias", members: 1) { x, row, _ in [x + row] },
    Ending(testDescription: "leaky", members: 3) { x, _, _ in [x.leakyRelu(slope: 0.2)] },
    Ending(testDescription: "bias, leaky, slopes", members: 4) { x, row, _ in
      let slopes = (x + row).step().select(x.graph.constant(1), x.graph.constant(0.2))
      return [(x + row).leakyRelu(slope: 0.2), slopes.sum()]
    },
    Ending(testDescription: "bias, relu", members: 2) { x, row, _ in [(x + row).relu()] },
    Ending(testDescription: "relu, slopes", members: 2) { x, _, _ in [x.relu(), x.step().sum()] },
    Ending(testDescription: "factor", members: 1) { x, _, factor in [x * factor] },
    Ending(testDescription: "bias, factor", members: 2) { x, row, factor in [(x + row) * factor] },
  ]

  @Test(arguments: contractions, endings)
  func equalsSeparateSteps(_ contraction: Contraction, _ ending: Ending) {
    let graph = Graph()
    var numbers = TestNumbers(contraction.shapes.joined().reduce(ending.members, +))
    let operands = contraction.shapes.enumerated().map { graph.input("\($0)", $1) }
    let product = contraction.build(operands)
    let row = graph.input("row", [product.shape.last ?? 1])
    let factor = graph.input("factor", product.shape)
    let shape = Array(repeating: 1, count: product.rank - 1) + row.shape
    let results = ending.build(product, row.reshaped(shape).broadcast(to: product.shape), factor)
    let inputs = (operands + [row, factor]).enumerated().map { index, tensor in
      let name = index < 2 ? "\(index)" : index == 2 ? "row" : "factor"
      return (name, numbers.uniform(tensor.count, -1, 1).map { Float($0) })
    }

    #expect(fusedMembers(results) == [ending.members])
    // A contraction whose own values are asked for cannot be finished before it is stored.
    #expect(fusedMembers(results + [product]).isEmpty)
    let expected = Kernels.best.evaluate(results + [product], inputs)
    for kernels in availableKernels {
      let found = kernels.evaluate(results, inputs)
      for (one, other) in zip(found, expected) {
        #expect(firstDifference(one, other) == nil, "\(kernels.name)")
      }
    }
    let reference = ScalarFunction(graph, results)(inputs.map { ($0.0, $0.1.map(Double.init)) })
    for (one, other) in zip(expected, reference) {
      let scale = other.map(abs).max() ?? 0
      let error = zip(one, other).map { abs(Double($0) - $1) }.max() ?? .infinity
      // Sums of slopes are not continuous: one sign more or less of a number near zero.
      #expect(error <= (one.count == 1 ? 2 : 1e-5) * (1 + scale))
    }
  }

  /// The number of nodes that each contraction of a program computes beside itself.
  private func fusedMembers(_ tensors: [Tensor]) -> [Int] {
    let program = Program(
      tensors[0].graph, outputs: tensors.enumerated().map { ("\($0.offset)", $0.element) },
      updates: [])
    return Schedule(program).units.compactMap { unit in
      guard case .kernel(_, let epilogue?) = unit else { return nil }
      return epilogue.members.count
    }
  }

  /// Values that one later group alone reads are computed there: nothing of theirs is stored.
  @Test func momentsAreUpdatedInOnePass() {
    let graph = Graph()
    let (x, moment) = (graph.input("x", [8, 8]), graph.state("moment", [8, 8]))
    let gradient = x.matmul(x)
    let program = Program(
      graph, outputs: [], updates: [("moment", 0.9 * moment + 0.1 * gradient)])
    let groups = Schedule(program).units.filter { if case .group = $0 { true } else { false } }
    #expect(groups.map { $0.members.count } == [3])
  }
}
