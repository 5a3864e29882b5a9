import Catalog
import Foundation
import Testing

@testable import Engine
@testable import Networks

/// Bounds on gradients, by hand and by their laws.
@Suite struct GradientClippingTests {
  /// An entry for which this file has no rule of its own.
  struct UnknownEntry: Error { let name: String }

  static let names = gradientClippingTable.entries.map(\.description.name)

  /// Clips two gradients, and gives their squares' derivatives through that too.
  private static func clip(
    _ name: String, _ members: ValueMap, _ gradients: [[Double]], by executor: Executor = .reference
  ) throws -> (clipped: [[Double]], derivatives: [[Double]]) {
    let body = try #require(gradientClippingTable[name]).body
    let graph = Graph()
    let inputs = gradients.enumerated().map { graph.input("g\($0.offset)", [$0.element.count]) }
    let clipped = body.clip(inputs, gradientClippingTable.arguments(name, members))
    try #require(clipped.map(\.shape) == inputs.map(\.shape))
    let squares = clipped.reduce(graph.constant(0)) { $0 + $1.square().sum() }
    let derivatives = Engine.gradients(of: squares, by: inputs)
    let outputs = (clipped + derivatives).enumerated().map { ("\($0.offset)", $0.element) }
    let execution = executor.prepare(
      Program(graph, outputs: outputs, updates: []),
      state: StateTable(of: graph, precision: executor.precision))
    for (position, values) in gradients.enumerated() {
      execution.setInput("g\(position)", values)
    }
    execution.run()
    let values = outputs.indices.map { execution.output($0) }
    return (Array(values[..<gradients.count]), Array(values[gradients.count...]))
  }

  private static let gradients: [[Double]] = [[3, 0, -4], [12]]

  /// ‖(3, 0, −4, 12)‖ is 13.
  @Test(arguments: names) func byHand(_ name: String) throws {
    let cases: [(bound: Double, expected: [Double])]
    switch name {
    case "none": cases = [(0, [3, 0, -4, 12])]
    case "norm":
      let factor = 1 / 13.000001
      cases = [
        (13.00001, [3, 0, -4, 12]), (1, [3, 0, -4, 12].map { $0 * factor }),
        (6.5, [3, 0, -4, 12].map { $0 * 6.5 * factor }),
      ]
    case "value": cases = [(1, [1, 0, -1, 1]), (3.5, [3, 0, -3.5, 3.5]), (12, [3, 0, -4, 12])]
    default: throw UnknownEntry(name: name)
    }
    for (bound, expected) in cases {
      let members: ValueMap = name == "none" ? [:] : ["bound": .real(bound)]
      for (executorName, executor) in allExecutors {
        let tolerance = executor.precision == .float64 ? 1e-14 : 1e-6
        let values = try Self.clip(name, members, Self.gradients, by: executor).clipped
        for (value, other) in zip(values.joined(), expected) {
          #expect(abs(value - other) <= tolerance * 12, "\(executorName), bound \(bound)")
        }
      }
    }
  }

  @Test(arguments: names) func derivatives(_ name: String) throws {
    let body = try #require(gradientClippingTable[name]).body
    for bound in [0.25, 50] {
      let members: ValueMap = name == "none" ? [:] : ["bound": .real(bound)]
      // Numbers away from the bounds.
      let error = gradientError([[3], [2, 2]], lower: 0.5, upper: 2) { gradients in
        let clipped = body.clip(gradients, gradientClippingTable.arguments(name, members))
        return clipped[0].sum() * clipped[1].square().sum()
      }
      #expect(error < 1e-8, "bound \(bound)")
    }
  }

  /// A network without any gradient has none after clipping, and a derivative through it, which unrolled steps take.
  @Test(arguments: names) func zeroStaysZero(_ name: String) throws {
    let (clipped, derivatives) = try Self.clip(name, [:], [[0, 0], [0]])
    #expect(clipped == [[0, 0], [0]] && derivatives == [[0, 0], [0]])
  }

  /// A gradient that is no number is not made one, or a diverged run would go on.
  @Test(arguments: names) func notANumberStays(_ name: String) throws {
    for (executorName, executor) in allExecutors {
      let clipped = try Self.clip(name, [:], [[.nan, 1], [2]], by: executor).clipped
      #expect(clipped[0][0].isNaN, "\(executorName)")
    }
  }
}
