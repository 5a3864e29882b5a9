import Catalog
import Foundation
import Testing

@testable import Engine
@testable import Objectives
@testable import Schedules

/// Every penalty of the table at every place, target and norm.
@Suite struct PenaltyTests {
  /// One entry with its factors.
  struct Setting: CustomTestStringConvertible, Sendable {
    let entry: String
    let place: String
    let target: String
    let norm: String

    var testDescription: String { "\(entry), \(place), \(target), \(norm)" }

    /// The entry's term without the weight, no number under the root.
    func term(
      _ real: Tensor, _ fake: Tensor, _ critic: @escaping (Tensor) -> Tensor
    ) throws -> Tensor {
      let penalty = try #require(penaltyTable[entry]).body
      return penalty.term(
        PenaltyInputs(real: real, fake: fake, stream: "penalty", critic: critic), arguments)
    }

    var arguments: Arguments {
      penaltyTable.arguments(
        entry,
        [
          "where": .text(place), "target": .text(target), "norm": .text(norm), "epsilon": .real(0),
        ])
    }

    var scale: Double { arguments.real("scale") }
  }

  static let settings: [Setting] = penaltyTable.entries.flatMap { entry in
    let description = entry.description
    return description.words("where").flatMap { place in
      description.words("target").flatMap { target in
        description.words("norm").map { norm in
          Setting(entry: description.name, place: place, target: target, norm: norm)
        }
      }
    }
  }

  @Test func everyFactorIsTried() {
    #expect(Self.settings.count >= 7 * 4 * 3 * 3)
  }

  /// The target as a function of the slope's norm.
  static func target(_ name: String, _ norm: Double) throws -> Double {
    switch name {
    case "one": (norm - 1) * (norm - 1)
    case "at-most-one": norm > 1 ? (norm - 1) * (norm - 1) : 0
    case "zero": norm * norm
    default: throw UnknownWord(word: name)
    }
  }

  static func norm(_ name: String, _ slope: [Double]) throws -> Double {
    switch name {
    case "l2": slope.reduce(0) { $0 + $1 * $1 }.squareRoot()
    case "l1": slope.reduce(0) { $0 + abs($1) }
    case "linf": slope.map { abs($0) }.max() ?? 0
    default: throw UnknownWord(word: name)
    }
  }

  /// A factor for which this file has no value worked by hand.
  struct UnknownWord: Error { let word: String }

  // MARK: Derivatives

  /// D(x) = factor·⟨w, tanh(Ax + b)⟩.
  private static func critic(_ weights: [Tensor], factor: Double = 1) -> (Tensor) -> Tensor {
    { x in
      let hidden = (x.matmul(weights[0]) + weights[1]).tanh()
      return factor * hidden.matmul(weights[2]).reshaped([x.shape[0]])
    }
  }

  private static let shapes = [[2, 4], [4], [4, 1]]

  private static let batch: NamedValues = [
    ("real", [0.3, -0.5, 1.1, 0.2, -0.7, 0.9]), ("fake", [-0.2, 0.4, 0.6, -1.3, 0.8, 0.1]),
    ("penalty/alpha", [0.15, 0.5, 0.85]),
    ("penalty/direction", [0.2, 0.9, 0.4, 0.7, 0.1, 0.6]),
  ]

  private static let weights: NamedValues = [
    ("x0", [0.5, 1, -1, 2, 0.1, 0.2, 0.3, 0.4]), ("x1", [0, 1, 0, -1]), ("x2", [1, -2, 3, 1]),
  ]

  /// Second order in the critic's weights: third derivatives of the critic take part.
  @Test(arguments: settings) func derivativesByTheCriticsWeights(_ setting: Setting) throws {
    // Positive weights, so that no sample is near a kink of a norm; slopes far below one and far above.
    for factor in [0.02, 100] {
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
    let hasFakes = ["line", "fake"].contains(setting.place)
    #expect(try derivatives(fake)[0].allSatisfy { ($0 != 0) == hasFakes })
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
      let expected =
        try setting.scale * Self.target(setting.target, Self.norm(setting.norm, slope))
      #expect(abs(value - expected) < 1e-14 * max(1, expected), "slope \(slope)")
    }
  }

  /// D(x) = ½‖x‖² has the slope x: the term shows the points at which it was taken, one per sample
  /// whatever the sample's shape.
  @Test(arguments: settings, [[3, 2], [3, 2, 1, 4]])
  func pointsOfTheSlope(_ setting: Setting, _ shape: [Int]) throws {
    var numbers = TestNumbers(5)
    let count = shape.reduce(1, *)
    let dimension = count / 3
    let real = numbers.uniform(count, -1, 2)
    let fake = numbers.uniform(count, -2, 1)
    let alpha = numbers.uniform(3, 0, 1)
    let direction = numbers.uniform(count, 0, 1)
    let mean = real.reduce(0, +) / Double(count)
    let deviation = (real.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count)).squareRoot()
    let points = try (0..<count).map { index in
      let share = alpha[index / dimension]
      switch setting.place {
      case "line": return share * real[index] + (1 - share) * fake[index]
      case "real": return real[index]
      case "fake": return fake[index]
      case "around-real": return real[index] + share * 0.5 * deviation * direction[index]
      default: throw UnknownWord(word: setting.place)
      }
    }
    let values = try (0..<3).map { sample in
      try Self.target(
        setting.target,
        Self.norm(setting.norm, Array(points[sample * dimension..<(sample + 1) * dimension])))
    }
    let graph = Graph()
    let term = try setting.term(graph.input("real", shape), graph.input("fake", shape)) { x in
      0.5 * x.square().reshaped([3, dimension]).sum(over: [1])
    }
    let value = ScalarFunction(graph, [term])([
      ("real", real), ("fake", fake), ("penalty/alpha", alpha), ("penalty/direction", direction),
    ])[0][0]
    let expected = setting.scale * values.reduce(0, +) / 3
    #expect(abs(value - expected) < 1e-13 * max(1, expected))
  }

  // MARK: Presets

  /// What each preset is published as.
  @Test(arguments: penaltyTable.entries.map(\.description.name))
  func presets(_ name: String) throws {
    let arguments = penaltyTable.arguments(name)
    let factors = ["where", "target", "norm"].map { arguments.text($0) }
    let numbers = [arguments.real("scale"), try #require(arguments.coefficient("weight").constant)]
    let published: (factors: [String], scale: Double)
    switch name {
    case "gradient", "wgan-gp": published = (["line", "one", "l2"], 1)
    case "lp": published = (["line", "at-most-one", "l2"], 1)
    case "r1": published = (["real", "zero", "l2"], 0.5)
    case "r2": published = (["fake", "zero", "l2"], 0.5)
    case "dragan": published = (["around-real", "one", "l2"], 1)
    case "zero-gp": published = (["line", "zero", "l2"], 1)
    default: throw UnknownWord(word: name)
    }
    #expect(factors == published.factors)
    #expect(numbers == [published.scale, 10])
    #expect(arguments.integer("every") == 1 && arguments.real("epsilon") == 1e-12)
  }

  /// R1 is half of the penalty to slope zero at real samples, with the critic's own derivatives.
  @Test func halfInR1() throws {
    let graph = Graph()
    let weights = Self.shapes.enumerated().map { graph.input("x\($0.offset)", $0.element) }
    let inputs = PenaltyInputs(
      real: graph.input("real", [3, 2]), fake: graph.input("fake", [3, 2]), stream: "penalty",
      critic: Self.critic(weights))
    let zero = penaltyTable.arguments(
      "gradient", ["where": .text("real"), "target": .text("zero")])
    let body = try #require(penaltyTable["gradient"]).body
    let terms = [body.term(inputs, penaltyTable.arguments("r1")), body.term(inputs, zero)]
    let values = ScalarFunction(graph, terms)(Self.weights + Self.batch)
    #expect(values[1][0] > 0.1)
    #expect(abs(2 * values[0][0] - values[1][0]) < 1e-15 * values[1][0])
  }

  /// A batch worked by hand: its four numbers 1, 3, 1, 3 have the standard deviation 1, so
  /// x̂ = x + α·½·U with α = ½ and 1.
  @Test func draganByHand() throws {
    let setting = Setting(entry: "dragan", place: "around-real", target: "one", norm: "l2")
    let graph = Graph()
    let term = try setting.term(graph.input("real", [2, 2]), graph.input("fake", [2, 2])) {
      0.5 * $0.square().sum(over: [1])
    }
    let value = ScalarFunction(graph, [term])([
      ("real", [1, 3, 1, 3]), ("fake", [9, 9, 9, 9]), ("penalty/alpha", [0.5, 1]),
      ("penalty/direction", [0.4, 0.8, 0.2, 0.6]),
    ])[0][0]
    // x̂ = (1.1, 3.2) and (1.1, 3.3).
    let norms = [11.45, 12.1].map { $0.squareRoot() }
    let expected = ((norms[0] - 1) * (norms[0] - 1) + (norms[1] - 1) * (norms[1] - 1)) / 2
    #expect(abs(value - expected) < 1e-14)
  }

  /// A slope of zero has a derivative thanks to the number under the root.
  @Test(arguments: penaltyTable.entries.map(\.description.name))
  func slopeZeroStaysFinite(_ name: String) throws {
    let graph = Graph()
    let weight = graph.input("weight", [2, 1])
    let inputs = PenaltyInputs(
      real: graph.input("real", [3, 2]), fake: graph.input("fake", [3, 2]), stream: "penalty"
    ) { $0.matmul(weight).reshaped([3]) }
    let term = try #require(penaltyTable[name]).body.term(inputs, penaltyTable.arguments(name))
    let values = ScalarFunction(graph, [term] + gradients(of: term, by: [weight]))(
      Self.batch + [("weight", [0, 0])])
    #expect(values.joined().allSatisfy { $0.isFinite })
  }
}
