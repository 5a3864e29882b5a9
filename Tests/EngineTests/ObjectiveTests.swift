import Catalog
import Foundation
import Testing

@testable import Engine
@testable import Objectives

/// Every loss of the table: golden values, extreme logits, derivatives, labels.
@Suite struct ObjectiveTests {
  struct Golden: Decodable {
    struct Gradient: Decodable {
      let real: [Double]?
      let fake: [Double]
    }
    struct Side: Decodable {
      let value: Double
      let gradient: Gradient
    }
    struct Sides: Decodable {
      let critic: Side
      let generator: Side
    }
    struct Example: Decodable {
      let name: String
      let real: [Double]
      let fake: [Double]
      let losses: [String: Sides]
    }
    let examples: [Example]
  }

  static let names = lossTable.entries.map(\.description.name)

  static func golden() throws -> Golden {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Golden/objective_values.json")
    return try JSONDecoder().decode(Golden.self, from: Data(contentsOf: file))
  }

  private enum Side: CaseIterable { case critic, generator }

  private static func loss(
    _ name: String, _ side: Side, _ real: Tensor, _ fake: Tensor, realLabel: Double = 1,
    fakeLabel: Double = 0
  ) throws -> Tensor {
    let loss = try #require(lossTable[name]).body
    let game = Game(
      scores: real, fake, realLabel: .constant(realLabel), fakeLabel: .constant(fakeLabel))
    let arguments = lossTable.arguments(name)
    return side == .critic ? loss.critic(game, arguments) : loss.generator(game, arguments)
  }

  /// The value, its gradients by real and fake logits, and their gradients' sums' gradients.
  private static func derivatives(
    _ name: String, _ side: Side, count: Int
  ) throws -> [Tensor] {
    let graph = Graph()
    let inputs = [graph.input("real", [count]), graph.input("fake", [count])]
    let value = try loss(name, side, inputs[0], inputs[1])
    let first = gradients(of: value, by: inputs)
    let second = gradients(of: (first[0] * first[0] + first[1]).sum(), by: inputs)
    return [value] + first + second
  }

  @Test(arguments: names) func goldenValuesAndGradients(_ name: String) throws {
    let examples = try Self.golden().examples
    try #require(!examples.isEmpty)
    for example in examples {
      let expected = try #require(example.losses[name], "no golden values of '\(name)'")
      for side in Side.allCases {
        let tensors = try Self.derivatives(name, side, count: example.real.count)
        let function = ScalarFunction(tensors[0].graph, Array(tensors[..<3]))
        let values = function([("real", example.real), ("fake", example.fake)])
        let golden = side == .critic ? expected.critic : expected.generator
        let zeros = example.real.map { _ in 0.0 }
        for (own, other) in zip(
          values, [[golden.value], golden.gradient.real ?? zeros, golden.gradient.fake])
        {
          try #require(own.count == other.count)
          for (x, y) in zip(own, other) {
            #expect(abs(x - y) <= 1e-14 * abs(y), "\(name), \(side), \(example.name): \(x) ≠ \(y)")
          }
        }
      }
    }
  }

  @Test(arguments: names) func extremeLogitsStayFinite(_ name: String) throws {
    let real: [Float] = [80, -80, 80, -80]
    let fake: [Float] = [80, 80, -80, -80]
    for side in Side.allCases {
      let tensors = try Self.derivatives(name, side, count: 4)
      let exact = ScalarFunction(tensors[0].graph, tensors)(
        [("real", real.map(Double.init)), ("fake", fake.map(Double.init))])
      #expect(exact.joined().allSatisfy { $0.isFinite }, "\(name), \(side), reference")
      for kernels in availableKernels {
        let values = kernels.evaluate(tensors, [("real", real), ("fake", fake)])
        for (own, other) in zip(values.joined(), exact.joined()) {
          #expect(
            abs(Double(own) - other) <= 1e-6 * abs(other) + 1e-37,
            "\(name), \(side), \(kernels.name): \(own) ≠ \(other)")
        }
      }
    }
  }

  /// Logits between the usual kinks at −1, 0 and 1.
  @Test(arguments: names) func derivativesOfBothSides(_ name: String) throws {
    for (lower, upper) in [(-3, -1.05), (-0.95, -0.05), (0.05, 0.95), (1.05, 3)] {
      for side in Side.allCases {
        let error = try gradientError([[4], [4]], lower: lower, upper: upper) {
          try Self.loss(name, side, $0[0], $0[1])
        }
        #expect(error < 1e-8, "\(name), \(side), logits from \(lower) to \(upper)")
      }
    }
  }

  /// Losses that take labels are cross-entropies of logits; the others do not see labels at all.
  @Test(arguments: names) func labelsOfTheCritic(_ name: String) throws {
    let real = [0.5, -1.25, 3, 0]
    let fake = [-0.75, 2, 1.5, -4]
    func crossEntropy(_ logits: [Double], _ label: Double) -> Double {
      logits.reduce(0) { $0 + label * log1p(exp(-$1)) + (1 - label) * log1p(exp($1)) }
        / Double(logits.count)
    }
    for (realLabel, fakeLabel) in [(1, 0), (0.9, 0), (0.9, 0.1), (0, 1), (1, 0.3)] {
      let graph = Graph()
      let r = graph.input("real", [4])
      let f = graph.input("fake", [4])
      let critic = try Self.loss(name, .critic, r, f, realLabel: realLabel, fakeLabel: fakeLabel)
      let generator = try Self.loss(
        name, .generator, r, f, realLabel: realLabel, fakeLabel: fakeLabel)
      if try #require(lossTable[name]).body.takesLabels {
        let value = ScalarFunction(graph, [critic])([("real", real), ("fake", fake)])[0][0]
        let expected = crossEntropy(real, realLabel) + crossEntropy(fake, fakeLabel)
        #expect(abs(value - expected) < 1e-14, "labels \(realLabel), \(fakeLabel)")
        let error = try gradientError([[4], [4]]) {
          try Self.loss(
            name, .critic, $0[0], $0[1], realLabel: realLabel, fakeLabel: fakeLabel)
        }
        #expect(error < 1e-8, "labels \(realLabel), \(fakeLabel)")
      } else {
        let unlabelled = try Self.loss(name, .critic, r, f)
        #expect(critic.index == unlabelled.index)
      }
      let unlabelled = try Self.loss(name, .generator, r, f)
      #expect(generator.index == unlabelled.index)
    }
  }

  /// Near certainty of nothing, the critic raises real and lowers fake outputs; the generator raises fake ones.
  @Test(arguments: names) func directionsOfTheGame(_ name: String) throws {
    let critic = try Self.derivatives(name, .critic, count: 1)
    let generator = try Self.derivatives(name, .generator, count: 1)
    for logit in [-0.5, 0, 0.5] {
      let point = [(name: "real", values: [-logit]), (name: "fake", values: [logit])]
      let critics = ScalarFunction(critic[0].graph, Array(critic[1...2]))(point)
      let generators = ScalarFunction(generator[0].graph, [generator[2]])(point)
      #expect(critics[0][0] < 0 && critics[1][0] > 0)
      #expect(generators[0][0] < 0)
    }
  }

  /// In a game of zero sum the two sides' derivatives by the fakes cancel.
  @Test(arguments: names) func zeroSum(_ name: String) throws {
    let graph = Graph()
    let (real, fake) = (graph.input("real", [4]), graph.input("fake", [4]))
    let sum =
      try Self.loss(name, .critic, real, fake) + Self.loss(name, .generator, real, fake)
    let slope = gradients(of: sum, by: [fake])
    let values = ScalarFunction(graph, slope)(
      [("real", [0.5, -2, 3, 0.1]), ("fake", [-0.5, 2, -3, 0.3])])[0]
    let isZeroSum = try #require(lossTable[name]).body.isZeroSum(lossTable.arguments(name))
    #expect(values.allSatisfy { $0 == 0 } == isZeroSum)
  }
}
