import Catalog
import Foundation
import Testing

@testable import Engine
@testable import Objectives

/// Every kernel of losses against its definition.
@Suite struct FeatureKernelTests {
  private func kernel(
    _ value: Value
  ) -> (entry: Entry<FeatureKernel>, arguments: Arguments) {
    featureKernelTable.selection(
      ParameterType.entry(featureKernelTable.description).complete(value))
  }

  /// What a kernel is given less of: its value at distance 0, one for each of its functions that are largest there.
  private static func takenOff(_ arguments: Arguments) -> Double {
    Double(["sigmas", "alphas"].reduce(0) { $0 + (arguments.values[$1]?.asList?.count ?? 0) })
  }

  /// Few dimensions and so many that distances come from inner products.
  @Test(arguments: kernelValues, [1, 3, 64, 65, 90])
  func matricesByPairs(_ value: Value, _ dimensions: Int) throws {
    let (entry, arguments) = kernel(value)
    let plain = try plainKernel(entry.description.name, arguments)
    var numbers = TestNumbers(dimensions)
    let x = (0..<3).map { _ in numbers.uniform(dimensions, -2, 2) }
    let y = [x[1]] + (0..<3).map { _ in numbers.uniform(dimensions, -2, 2) }
    let graph = Graph()
    let matrix = entry.body.matrix(
      graph.input("x", [3, dimensions]), graph.input("y", [4, dimensions]), arguments)
    #expect(matrix.shape == [3, 4])
    let values = ScalarFunction(graph, [matrix])([
      ("x", x.flatMap(\.self)), ("y", y.flatMap(\.self)),
    ])[0]
    for (index, own) in values.enumerated() {
      let (x, y) = (x[index / 4], y[index % 4])
      let expected = plain(x, y) - Self.takenOff(arguments)
      // The root of a distance that inner products have to cancel for keeps half of the digits.
      let isNear = x == y && dimensions > 64 && entry.description.name == "distance"
      #expect(
        abs(own - expected) <= (isNear ? 2e-6 : 1e-13) * max(1, abs(expected)),
        "\(index): \(own) ≠ \(expected)")
    }
  }

  /// By both samples, off the diagonal and on it, where distances are 0.
  @Test(arguments: kernelValues) func derivatives(_ value: Value) throws {
    let (entry, arguments) = kernel(value)
    let error = gradientError([[3, 2], [4, 2]], seed: 2) {
      entry.body.matrix($0[0], $0[1], arguments)
    }
    #expect(error < 1e-8)
    let graph = Graph()
    let x = graph.input("x", [2, 2])
    let matrix = entry.body.matrix(x, x, arguments)
    let slope = gradients(of: matrix.sum(), by: [x])[0]
    let results = ScalarFunction(
      graph, [matrix, slope, gradients(of: slope.square().sum(), by: [x])[0]])([
        ("x", [0.5, -1, 0.5, -1])
      ])
    #expect(results.joined().allSatisfy { $0.isFinite })
  }

  /// The root of the distance of a sample from itself would have no derivative with 0 under it: a file cannot ask for that.
  @Test func nothingUnderTheRootIsRefused() throws {
    let description = try #require(featureKernelTable["distance"]).description
    guard case .real(let range)? = description.parameter("epsilon")?.type else {
      Issue.record("'epsilon' is a number")
      return
    }
    #expect(!range.contains(0) && range.contains(1e-12))
  }

  private static let products: Value = .map([
    "name": .text("rational-quadratic"), "alphas": .list([.real(1)]), "linear": .boolean(true),
  ])

  private static func rational(_ alpha: Double) -> Value {
    .map(["name": .text("rational-quadratic"), "alphas": .list([.real(alpha)])])
  }

  private static let byHand: [(kernel: Value, value: Double)] = [
    (.map(["name": .text("rbf"), "sigmas": .list([.real(4)])]), 0.6065306597126334),
    (rational(1), 1.0 / 9), (rational(2), 1.0 / 25), (products, 82.0 / 9), (.text("distance"), 4),
    (.text("polynomial"), 166.375),
  ]

  /// (3, 4) and (3, 0) have the lengths 5 and 3, the distance 4 and the inner product 9.
  @Test func valuesByHand() {
    for (value, exact) in Self.byHand {
      let (entry, arguments) = kernel(value)
      let expected = exact - Self.takenOff(arguments)
      let graph = Graph()
      let matrix = entry.body.matrix(
        graph.input("x", [1, 2]), graph.input("y", [1, 2]), arguments)
      let own = ScalarFunction(graph, [matrix])([("x", [3, 4]), ("y", [3, 0])])[0][0]
      #expect(abs(own - expected) < 1e-12 * max(1, expected), "\(entry.description.name)")
    }
  }

  /// Codes far closer than a kernel is wide: a discrepancy of sums near 1 would have no digit left in single precision.
  @Test(arguments: ["rbf", "rational-quadratic"])
  func closeSamplesKeepTheirDigits(_ name: String) throws {
    let (entry, arguments) = kernel(.text(name))
    var numbers = TestNumbers(3)
    let (x, y) = (numbers.uniform(24, 0, 0.01), numbers.uniform(24, 0.005, 0.02))
    let graph = Graph()
    let inputs = [graph.input("x", [8, 3]), graph.input("y", [8, 3])]
    let discrepancy = rootDiscrepancy(inputs[0], inputs[1]) {
      entry.body.matrix($0, $1, arguments)
    }
    let tensors = [discrepancy] + gradients(of: discrepancy, by: inputs)
    let exact = ScalarFunction(graph, tensors)([("x", x), ("y", y)])
    for kernels in availableKernels {
      let values = kernels.evaluate(
        tensors, [("x", x.map(Float.init)), ("y", y.map(Float.init))])
      for (own, other) in zip(values, exact) {
        let scale = other.map(abs).max() ?? 0
        #expect(scale > 1e-4)
        for (a, b) in zip(own, other) { #expect(abs(Double(a) - b) < 1e-2 * scale) }
      }
    }
  }
}
