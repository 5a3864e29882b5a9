import Arrays
import Catalog
import Testing

@testable import Engine
@testable import Networks

/// Initial values of every initializer, and networks as sequences of named layers.
@Suite struct NetworkTests {
  static let initializers = initializerTable.entries.map(\.description.name)

  private static func draw(
    _ name: String, _ outputs: Int, _ inputs: Int, seed: UInt64 = 1, stream: String = "init/w",
    _ members: ValueMap = [:]
  ) throws -> [Double] {
    try #require(initializerTable[name]).body(
      WeightForm(outputs: outputs, inputs: inputs), RandomStream(seed: seed, name: stream),
      initializerTable.arguments(name, members))
  }

  /// The variance of one weight and the largest absolute value, or nil where there is no bound.
  private static func law(
    _ name: String, _ outputs: Double, _ inputs: Double
  ) -> (variance: Double, bound: Double?)? {
    switch name {
    case "he": (2 / inputs, nil)
    case "xavier": (2 / (inputs + outputs), (6 / (inputs + outputs)).squareRoot())
    case "lecun": (1 / (3 * inputs), 1 / inputs.squareRoot())
    case "normal": (0.02 * 0.02, nil)
    case "orthogonal": (1 / max(inputs, outputs), nil)
    default: nil
    }
  }

  @Test(arguments: initializers) func varianceAndBounds(_ name: String) throws {
    for (outputs, inputs) in [(400, 100), (100, 400)] {
      let values = try Self.draw(name, outputs, inputs)
      try #require(values.count == outputs * inputs)
      let law = try #require(
        Self.law(name, Double(outputs), Double(inputs)), "no law of '\(name)' here")
      let count = Double(values.count)
      let mean = values.reduce(0, +) / count
      let variance = values.reduce(0) { $0 + $1 * $1 } / count
      #expect(abs(mean) < 5 * (law.variance / count).squareRoot())
      // The variance of a square is at most twice the square of the variance.
      #expect(abs(variance / law.variance - 1) < 5 * (2 / count).squareRoot())
      if let bound = law.bound {
        let largest = values.map { abs($0) }.max() ?? 0
        #expect(largest <= bound && largest > 0.999 * bound)
      }
    }
  }

  @Test(arguments: initializers) func drawsDependOnSeedAndName(_ name: String) throws {
    let values = try Self.draw(name, 5, 4)
    #expect(try Self.draw(name, 5, 4) == values)
    for other in [
      try Self.draw(name, 5, 4, seed: 2), try Self.draw(name, 5, 4, stream: "init/v"),
    ] {
      #expect(zip(values, other).allSatisfy { $0 != $1 })
    }
  }

  @Test func arguments() throws {
    func ratio(_ name: String, _ members: ValueMap) throws -> [Double] {
      zip(try Self.draw(name, 3, 2, members), try Self.draw(name, 3, 2)).map { $0 / $1 }
    }
    let expected: [(String, ValueMap, Double)] = [
      ("he", ["slope": .real(0.5)], (1 / 1.25).squareRoot()),
      ("normal", ["deviation": .real(0.1)], 5), ("orthogonal", ["gain": .real(3)], 3),
    ]
    for (name, members, factor) in expected {
      #expect(try ratio(name, members).allSatisfy { abs($0 - factor) < 1e-14 }, "\(name)")
    }
  }

  /// Rows of a wide matrix, columns of a tall one.
  @Test(arguments: [(7, 7), (5, 12), (12, 5), (1, 3)])
  func orthogonality(_ outputs: Int, _ inputs: Int) throws {
    let values = try Self.draw("orthogonal", outputs, inputs, ["gain": .real(2)])
    let vectors =
      outputs <= inputs
      ? (0..<outputs).map { row in (0..<inputs).map { values[row * inputs + $0] } }
      : (0..<inputs).map { column in (0..<outputs).map { values[$0 * inputs + column] } }
    for (i, a) in vectors.enumerated() {
      for (j, b) in vectors.enumerated() {
        let product = zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
        #expect(abs(product - (i == j ? 4 : 0)) < 1e-14)
      }
    }
  }

  // MARK: Networks

  private static func perceptron(
    _ player: Player, hidden: [Int], _ members: ValueMap = [:]
  ) throws -> Network {
    var settings: ValueMap = ["hidden": .list(hidden.map { .integer($0) })]
    settings.merge(members) { _, new in new }
    return try Network(
      player, settings: ParameterType.group(Network.parameters).complete(.map(settings)),
      inputShape: [2], outputShape: [1])
  }

  @Test func namesFollowPositions() throws {
    let network = try Self.perceptron(
      .critic, hidden: [4, 3], ["normalizer": .text("batch"), "dropout": .real(0.1)])
    #expect(
      network.states.map(\.name) == [
        "critic.0.weight", "critic.0.bias", "critic.1.weight", "critic.1.bias",
        "critic.1.running_mean", "critic.1.running_var", "critic.4.weight", "critic.4.bias",
        "critic.5.weight", "critic.5.bias", "critic.5.running_mean", "critic.5.running_var",
        "critic.8.weight", "critic.8.bias",
      ])
    #expect(network.states.map(\.state.shape)[0] == [4, 2])
    #expect(network.states.map(\.state.shape)[6] == [3, 4])
    #expect(network.states.map(\.state.shape)[12] == [1, 3])
  }

  @Test func startingValues() throws {
    let network = try Self.perceptron(.critic, hidden: [4], ["normalizer": .text("batch")])
    let starts: [String: Double] = [
      "critic.0.bias": 0, "critic.1.weight": 1, "critic.1.bias": 0, "critic.1.running_mean": 0,
      "critic.1.running_var": 1, "critic.3.bias": 0,
    ]
    let values = network.initialValues(seed: 5)
    #expect(values.map(\.name) == network.states.map(\.name))
    for (name, values) in values {
      if let start = starts[name] {
        #expect(values.allSatisfy { $0 == start }, "\(name)")
      } else {
        // The normalizer is not counted: the second layer's stream is that of a plain network.
        let expected =
          name == "critic.0.weight"
          ? try Self.draw("he", 4, 2, seed: 5, stream: "init/critic.0.weight")
          : try Self.draw("he", 1, 4, seed: 5, stream: "init/critic.2.weight")
        #expect(values == expected, "\(name)")
      }
    }
  }

  /// What is added behind a layer does not change how that layer starts; another network starts
  /// elsewhere.
  @Test func streamsByName() throws {
    func first(_ network: Network) -> [Double] { network.initialValues(seed: 1)[0].values }
    let short = first(try Self.perceptron(.critic, hidden: [4]))
    let long = first(
      try Self.perceptron(
        .critic, hidden: [4, 4], ["dropout": .real(0.5), "normalizer": .text("batch")]))
    #expect(short == long)
    #expect(first(try Self.perceptron(.generator, hidden: [4])) != short)
  }

  /// Layers by hand: 2 → 1 → 1 with a leaky slope of 0.2, and the shape of the output.
  @Test func forwardPass() throws {
    let graph = Graph()
    let network = try Self.perceptron(.critic, hidden: [1])
    let y = network.apply(
      graph.input("x", [2, 2]), ForwardPass(states: "average.critic", mode: .training, name: "p"))
    #expect(y.shape == [2, 1])
    let values = ScalarFunction(graph, [y])([
      ("x", [1, 2, -2.5, 1]), ("average.critic.0.weight", [1, 1]), ("average.critic.0.bias", [0.5]),
      ("average.critic.2.weight", [10]), ("average.critic.2.bias", [-1]),
    ])[0]
    #expect(values == [34, -3])
  }
}
