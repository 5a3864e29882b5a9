import Catalog
import Foundation
import Testing

@testable import Engine
@testable import Objectives
@testable import Schedules

/// Penalties on slopes at every place, target, norm, power and kind of mean, and all presets.
@Suite struct PenaltyTests {
  /// One entry with its factors.
  struct Setting: CustomTestStringConvertible, Sendable {
    let entry: String
    let factors: ValueMap

    var testDescription: String { "\(entry) \(Value.map(factors).canonicalJSON)" }

    /// The entry's term without the weight, no number under the root.
    func term(
      _ real: Tensor, _ fake: Tensor, _ critic: @escaping (Tensor) -> Tensor
    ) throws -> Tensor {
      let penalty = try #require(penaltyTable[entry]).body
      return penalty.term(
        PenaltyInputs(real: real, fake: fake, stream: "penalty", critic: critic), arguments)
    }

    var arguments: Arguments {
      penaltyTable.arguments(entry, factors.merging(["epsilon": .real(0)]) { $1 })
    }

    var place: String { arguments.text("where") }

    /// What the costs of samples at the same place become: their mean, or the largest.
    func combined(_ costs: [Double]) -> Double {
      arguments.text("over") == "max"
        ? costs.max() ?? .nan : costs.reduce(0, +) / Double(costs.count)
    }

    /// What a slope costs.
    func cost(_ slope: [Double]) throws -> Double {
      try target(arguments.text("target"), norm(arguments.text("norm"), slope))
    }

    /// The target as a function of the slope's norm.
    private func target(_ name: String, _ norm: Double) throws -> Double {
      let power = Double(arguments.integer("power"))
      return switch name {
      case "one": pow(abs(norm - 1), power)
      case "at-most-one": norm > 1 ? pow(norm - 1, power) : 0
      case "zero": pow(norm, power)
      default: throw UnknownWord(word: name)
      }
    }

    private func norm(_ name: String, _ slope: [Double]) throws -> Double {
      switch name {
      case "l2": slope.reduce(0) { $0 + $1 * $1 }.squareRoot()
      case "l1": slope.reduce(0) { $0 + abs($1) }
      case "linf": slope.map { abs($0) }.max() ?? 0
      default: throw UnknownWord(word: name)
      }
    }
  }

  /// Presets as they are, and the entry that they are presets of with every word and some powers.
  static let settings: [Setting] = gradientPenalties.flatMap { entry -> [Setting] in
    let description = entry.description
    guard description.presetOf == nil else {
      return [Setting(entry: description.name, factors: [:])]
    }
    return description.parameters.reduce([ValueMap()]) { maps, parameter in
      let words = description.words(parameter.name).map(Value.text)
      let values = parameter.name == "power" ? [1, 2, 3, 6].map(Value.integer) : words
      guard !values.isEmpty else { return maps }
      return maps.flatMap { map in values.map { map.merging([parameter.name: $0]) { $1 } } }
    }.map { Setting(entry: description.name, factors: $0) }
  }

  @Test func everyFactorIsTried() {
    #expect(Self.settings.count >= 5 * 3 * 3 * 4 * 2 + 11)
  }

  /// A factor for which this file has no value worked by hand.
  struct UnknownWord: Error { let word: String }

  // MARK: Derivatives

  /// D(x) = factor·⟨w, tanh(Ax + b)⟩.
  static func critic(_ weights: [Tensor], factor: Double = 1) -> (Tensor) -> Tensor {
    { x in
      let hidden = (x.matmul(weights[0]) + weights[1]).tanh()
      return factor * hidden.matmul(weights[2]).reshaped([x.shape[0]])
    }
  }

  static let shapes = [[2, 4], [4], [4, 1]]

  static let batch: NamedValues = [
    ("real", [0.3, -0.5, 1.1, 0.2, -0.7, 0.9]), ("fake", [-0.2, 0.4, 0.6, -1.3, 0.8, 0.1]),
    ("penalty/alpha", [0.15, 0.5, 0.85]),
    ("penalty/direction", [0.2, 0.9, 0.4, 0.7, 0.1, 0.6]),
  ]

  static let weights: NamedValues = [
    ("x0", [0.5, 1, -1, 2, 0.1, 0.2, 0.3, 0.4]), ("x1", [0, 1, 0, -1]), ("x2", [1, -2, 3, 1]),
  ]

  /// Second order in the critic's weights: third derivatives of the critic take part.
  @Test(arguments: settings) func derivativesByTheCriticsWeights(_ setting: Setting) throws {
    // Positive weights, so that no sample is near a kink of a norm; slopes far below one and far above.
    for factor in [0.02, 10] {
      let error = try gradientError(
        Self.shapes, lower: 0.6, upper: 1.4, seed: 3, held: Self.batch
      ) { weights in
        let graph = weights[0].graph
        return try setting.term(
          graph.input("real", [3, 2]), graph.input("fake", [3, 2]),
          Self.critic(weights, factor: factor))
      }
      #expect(error < 1e-7, "critic times \(factor)")
    }
  }

  /// Fakes that the slope is taken at, or on a line from, have a derivative; a critic step stops it.
  @Test(arguments: settings) func derivativesByTheFakes(_ setting: Setting) throws {
    let graph = Graph()
    let weights = Self.shapes.enumerated().map { graph.input("x\($0.offset)", $0.element) }
    let fake = graph.input("fake", [3, 2])
    func derivatives(_ fakes: Tensor) throws -> [[Double]] {
      let term = try setting.term(
        graph.input("real", [3, 2]), fakes, Self.critic(weights, factor: 10))
      return ScalarFunction(graph, gradients(of: term, by: [fake, weights[0]]))(
        Self.batch + Self.weights)
    }
    let hasFakes = ["line", "fake", "real-and-fake"].contains(setting.place)
    let slopes = try derivatives(fake)[0]
    #expect(slopes.contains { $0 != 0 } == hasFakes)
    #expect(slopes.allSatisfy { $0 != 0 } == (hasFakes && setting.arguments.text("over") == "mean"))
    let stopped = try derivatives(fake.stopGradient())
    #expect(stopped[0].allSatisfy { $0 == 0 } && stopped[1].allSatisfy { $0 != 0 })
  }

  // MARK: Values by hand

  /// D(x) = ⟨w, x⟩ has the slope w wherever it is taken.
  @Test(arguments: settings) func linearCritic(_ setting: Setting) throws {
    for slope in [[3.0, -4], [0.3, 0.4], [-0.6, 0.8]] {
      let graph = Graph()
      let weight = graph.input("weight", [2, 1])
      let term = try setting.term(graph.input("real", [3, 2]), graph.input("fake", [3, 2])) {
        $0.matmul(weight).reshaped([3])
      }
      let value = ScalarFunction(graph, [term])(Self.batch + [("weight", slope)])[0][0]
      let places = setting.place == "real-and-fake" ? 2.0 : 1
      let expected = try places * setting.arguments.real("scale") * setting.cost(slope)
      #expect(abs(value - expected) < 1e-14 * max(1, expected), "slope \(slope)")
    }
  }

  /// D(x) = ½‖x‖² has the slope x: the term shows the points at which it was taken, one per sample
  /// whatever the sample's shape.
  @Test(arguments: settings, [[3, 2], [3, 2, 1, 4]])
  func pointsOfTheSlope(_ setting: Setting, _ shape: [Int]) throws {
    let batch = Self.drawnBatch(count: shape.reduce(1, *))
    let dimension = batch.real.count / 3
    let costs = try batch.points(setting.place).map { points in
      setting.combined(
        try (0..<3).map { try setting.cost(Array(points[$0 * dimension..<($0 + 1) * dimension])) })
    }
    let graph = Graph()
    let term = try setting.term(graph.input("real", shape), graph.input("fake", shape)) { x in
      0.5 * x.square().reshaped([3, dimension]).sum(over: [1])
    }
    let value = ScalarFunction(graph, [term])([
      ("real", batch.real), ("fake", batch.fake), ("penalty/alpha", batch.alpha),
      ("penalty/direction", batch.direction),
    ])[0][0]
    let expected = setting.arguments.real("scale") * costs.reduce(0, +)
    #expect(abs(value - expected) < 1e-12 * max(1, expected))
  }

  /// Three samples of each kind and the random numbers of a penalty.
  private struct Batch {
    let real: [Double]
    let fake: [Double]
    let alpha: [Double]
    let direction: [Double]

    /// The points at which a penalty takes the slope, for each of its terms.
    func points(_ place: String) throws -> [[Double]] {
      let share = { (index: Int) in alpha[index / (real.count / 3)] }
      switch place {
      case "line":
        return [real.indices.map { share($0) * real[$0] + (1 - share($0)) * fake[$0] }]
      case "real": return [real]
      case "fake": return [fake]
      case "real-and-fake": return [real, fake]
      case "around-real":
        let mean = real.reduce(0, +) / Double(real.count)
        let variance = real.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(real.count)
        return [
          real.indices.map {
            real[$0] + share($0) * 0.5 * variance.squareRoot() * direction[$0]
          }
        ]
      default: throw UnknownWord(word: place)
      }
    }
  }

  private static func drawnBatch(count: Int) -> Batch {
    var numbers = TestNumbers(5)
    return Batch(
      real: numbers.uniform(count, -1, 2), fake: numbers.uniform(count, -2, 1),
      alpha: numbers.uniform(3, 0, 1), direction: numbers.uniform(count, 0, 1))
  }
}
