import Arrays
import Catalog
import Foundation
import Testing

@testable import Engine
@testable import Networks

/// Every activation, linear layers and dropout: values and derivatives up to second order.
@Suite struct LayerTests {
  private static func pass(
    _ mode: ForwardPass.Mode = .training, name: String = "real", pending: PendingUpdates? = nil
  ) -> ForwardPass {
    ForwardPass(states: "net", mode: mode, name: name, pending: pending)
  }

  // MARK: Activations

  static let activations = activationTable.entries.map(\.description.name)

  /// The definition, and the derivative of the function at x.
  private static func activation(_ name: String, _ x: Double) -> Double? {
    switch name {
    case "relu": max(x, 0)
    case "leaky-relu": x > 0 ? x : 0.2 * x
    case "tanh": tanh(x)
    case "sigmoid": 1 / (1 + exp(-x))
    case "softplus": log(1 + exp(x))
    case "elu": x > 0 ? x : exp(x) - 1
    case "silu": x / (1 + exp(-x))
    case "identity": x
    default: nil
    }
  }

  @Test(arguments: activations) func valuesOfActivations(_ name: String) throws {
    let points = stride(from: -3, through: 3, by: 0.25).map { $0 }
    let graph = Graph()
    let activation = try #require(activationTable[name]).body
    let y = activation(graph.input("x", [points.count]), activationTable.arguments(name))
    for (x, value) in zip(points, ScalarFunction(graph, [y])([("x", points)])[0]) {
      let expected = try #require(Self.activation(name, x), "no definition of '\(name)' here")
      #expect(abs(value - expected) < 1e-14, "\(name)(\(x))")
    }
  }

  /// On both sides of the kink that some have at 0.
  @Test(arguments: activations) func derivativesOfActivations(_ name: String) throws {
    let activation = try #require(activationTable[name]).body
    for (lower, upper) in [(-2, -0.05), (0.05, 2)] {
      let error = gradientError([[3, 4]], lower: lower, upper: upper) {
        activation($0[0], activationTable.arguments(name))
      }
      #expect(error < 1e-8, "from \(lower) to \(upper)")
    }
  }

  /// Far from 0 no derivative of first or second order overflows into NaN.
  @Test(arguments: activations) func derivativesFarFromZero(_ name: String) throws {
    let activation = try #require(activationTable[name]).body
    let graph = Graph()
    let x = graph.input("x", [6])
    let y = activation(x, activationTable.arguments(name))
    let first = gradients(of: y.sum(), by: [x])[0]
    let tensors = [y, first] + gradients(of: (first * first).sum(), by: [x])
    for kernels in availableKernels {
      let values = kernels.evaluate(tensors, [("x", [-1e4, -200, -90, 90, 200, 1e4])])
      #expect(values.joined().allSatisfy { $0.isFinite }, "\(name), \(kernels.name)")
    }
  }

  // MARK: Linear

  @Test func linearIsTheTransposedProduct() {
    let graph = Graph()
    let y = Linear(2, 3).apply(graph.input("x", [2, 2]), name: "net.0", Self.pass())
    let values = ScalarFunction(graph, [y])([
      ("x", [1, 2, 3, -1]), ("net.0.weight", [1, 0, 0, 1, 2, -1]), ("net.0.bias", [10, 20, 30]),
    ])[0]
    #expect(values == [11, 22, 30, 13, 19, 37])
  }

  @Test func derivativesOfLinear() {
    let error = gradientError([[3, 4]]) {
      Linear(4, 2).apply($0[0], name: "net.0", Self.pass()).tanh()
    }
    #expect(error < 1e-8)
  }

  // MARK: Dropout

  @Test func dropoutKeepsWhereTheDrawExceedsTheRate() {
    let graph = Graph()
    let x = graph.input("x", [5])
    let y = Dropout(rate: .constant(0.25)).apply(x, name: "critic.3", Self.pass(name: "fake"))
    #expect(graph.draws.map(\.stream) == ["dropout/critic.3/fake"])
    #expect(graph.draws.map(\.distribution) == [.uniform])
    let values = ScalarFunction(graph, [y] + gradients(of: y.sum(), by: [x]))([
      ("x", [3, 6, 9, 12, 15]), ("dropout/critic.3/fake", [0.1, 0.25, 0.26, 0.9, 0.2]),
    ])
    let kept = [0, 0, 1 / 0.75, 1 / 0.75, 0]
    #expect(values[1] == kept)
    #expect(values[0] == zip([3, 6, 9, 12, 15], kept).map { $0 * $1 })
  }

  /// The mean stays; the share of dropped elements is the rate, within four standard errors.
  @Test(arguments: [0.1, 0.5, 0.8]) func dropoutKeepsTheMean(_ rate: Double) {
    let count = 40_000
    let graph = Graph()
    let y = Dropout(rate: .constant(rate)).apply(
      graph.constant(1, [count]), name: "critic.3", Self.pass())
    let draws = RandomStream(seed: 1, name: "dropout/critic.3/real").uniform(count)
    for kernels in availableKernels {
      let values = kernels.evaluate([y], [("dropout/critic.3/real", draws)])[0]
      let kept = Double(values.filter { $0 != 0 }.count) / Double(count)
      #expect(abs(kept - (1 - rate)) < 4 * (rate * (1 - rate) / Double(count)).squareRoot())
      #expect(values.allSatisfy { $0 == 0 || $0 == Float(1 / (1 - rate)) })
    }
  }

  /// One number per sample and channel.
  @Test func dropoutOfChannels() {
    let graph = Graph()
    let x = graph.input("x", [2, 1, 2, 2])
    let y = Dropout(rate: .constant(0.5), ofChannels: true).apply(
      x, name: "critic.3", Self.pass())
    let values = ScalarFunction(graph, [y])([
      ("x", [1, 2, 3, 4, 5, 6, 7, 8]), ("dropout/critic.3/real", [0.9, 0.1, 0.2, 0.7]),
    ])
    #expect(values[0] == [2, 0, 6, 0, 0, 12, 0, 16])
    let vectors = graph.input("v", [2, 3])
    _ = Dropout(rate: .constant(0.5), ofChannels: true).apply(
      vectors, name: "critic.4", Self.pass())
    #expect(graph.input("dropout/critic.4/real", [2, 3]).shape == [2, 3])
  }

  @Test func dropoutIsOffInEvaluation() {
    let graph = Graph()
    let x = graph.input("x", [5])
    let y = Dropout(rate: .constant(0.25)).apply(x, name: "critic.3", Self.pass(.evaluation))
    #expect(y.index == x.index && graph.draws.isEmpty)
  }
}
