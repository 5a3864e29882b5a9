import Catalog
import Foundation
import Testing

@testable import Engine
@testable import Networks

/// Every optimizer of the table.
@Suite struct OptimizerTests {
  /// An entry for which this file has no rule of its own.
  struct UnknownEntry: Error { let name: String }

  // MARK: Optimizers

  static let names = optimizerTable.entries.map(\.description.name)

  /// Feeds gradients one after another, and returns the parameter after each step.
  private func run(
    _ name: String, _ members: ValueMap, start: [Double], gradients: [[Double]], rate: Double,
    executor: Executor = .reference
  ) throws -> [[Double]] {
    let optimizer = try #require(optimizerTable[name]).body
    let arguments = optimizerTable.arguments(name, members)
    let graph = Graph()
    let shape = [start.count]
    let result = optimizer.update(
      Optimizer.Step(
        name: "p", parameter: graph.state("p", shape), gradient: graph.input("g", shape),
        coefficients: optimizer.coefficients(arguments).indices.map { graph.input("c\($0)", []) },
        arguments: arguments))
    let moments = result.moments.map { ("optimizer.p.\($0.name)", $0.value) }
    let program = Program(graph, outputs: [], updates: [("p", result.parameter)] + moments)
    let state = StateTable(of: graph, precision: executor.precision)
    state["p"] = start
    let execution = executor.prepare(program, state: state)
    let coefficients = optimizer.coefficients(arguments)
    return gradients.enumerated().map { step, gradient in
      execution.setInput("g", gradient)
      for (position, coefficient) in coefficients.enumerated() {
        execution.setInput("c\(position)", [coefficient(step + 1, rate)])
      }
      execution.run()
      return state["p"]
    }
  }

  /// One element by the published rule, in its textbook form.
  private struct Replay {
    var parameter: Double
    var first = 0.0
    var second = 0.0
    var direction = 0.0

    mutating func step(
      _ name: String, _ arguments: Arguments, t: Int, gradient: Double, rate: Double
    ) throws {
      switch name {
      case "adam": parameter -= rate * adamDirection(arguments, t: t, gradient: gradient)
      case "adamw":
        parameter *= 1 - rate * arguments.real("decay")
        parameter -= rate * adamDirection(arguments, t: t, gradient: gradient)
      case "optimistic-adam":
        let last = direction
        direction = adamDirection(arguments, t: t, gradient: gradient)
        parameter += -2 * rate * direction + rate * last
      case "frozen": break
      case "rmsprop":
        let alpha = arguments.real("alpha")
        second = alpha * second + (1 - alpha) * gradient * gradient
        parameter -= rate * gradient / (second.squareRoot() + arguments.real("epsilon"))
      case "sgd":
        first = arguments.real("momentum") * first + gradient
        parameter -= rate * first
      default: throw UnknownEntry(name: name)
      }
    }

    private mutating func adamDirection(
      _ arguments: Arguments, t: Int, gradient: Double
    ) -> Double {
      let (beta1, beta2) = (arguments.real("beta1"), arguments.real("beta2"))
      first = beta1 * first + (1 - beta1) * gradient
      second = beta2 * second + (1 - beta2) * gradient * gradient
      let mean = first / (1 - pow(beta1, Double(t)))
      let square = second / (1 - pow(beta2, Double(t)))
      return mean / (square.squareRoot() + arguments.real("epsilon"))
    }
  }

  /// Defaults, and every parameter moved from its default.
  private static func variants(_ name: String) throws -> [ValueMap] {
    switch name {
    case "adam", "adamw", "optimistic-adam":
      [
        [:], ["beta1": .real(0), "beta2": .real(0.9)],
        ["beta1": .real(0.5), "epsilon": .real(0.1)],
      ] + (name == "adamw" ? [["decay": .real(2)], ["decay": .real(0)]] : [])
    case "frozen": [[:]]
    case "rmsprop": [[:], ["alpha": .real(0.5), "epsilon": .real(0.1)]]
    case "sgd": [[:], ["momentum": .real(0.9)]]
    default: throw UnknownEntry(name: name)
    }
  }

  @Test(arguments: names) func threeStepsByThePublishedRule(_ name: String) throws {
    var numbers = TestNumbers(1)
    let start = numbers.uniform(5, -1, 1)
    let gradients = (0..<3).map { _ in numbers.uniform(5, -1, 1) }
    for members in try Self.variants(name) {
      let arguments = optimizerTable.arguments(name, members)
      var replays = start.map { Replay(parameter: $0) }
      let expected = try gradients.enumerated().map { step, gradient in
        for index in replays.indices {
          try replays[index].step(
            name, arguments, t: step + 1, gradient: gradient[index], rate: 0.05)
        }
        return replays.map(\.parameter)
      }
      for (executorName, executor) in allExecutors {
        let tolerance = executor.precision == .float64 ? 1e-14 : 1e-6
        let own = try run(
          name, members, start: start, gradients: gradients, rate: 0.05, executor: executor)
        for (value, other) in zip(own.joined(), expected.joined()) {
          #expect(abs(value - other) < tolerance, "\(executorName), \(members)")
        }
      }
    }
  }

  /// Numbers on paper: gradient 2 at parameter 1.
  @Test func stepsByHand() throws {
    // m̂ = 2, v̂ = 4: the step is the rate, but for ε = ½: 0.1·2/2.5.
    let adam = try run(
      "adam", ["epsilon": .real(0.5)], start: [1], gradients: [[2]], rate: 0.1)[0][0]
    #expect(abs(adam - 0.92) < 1e-15)
    // v = ¼·4: 0.1·2/(1 + 1).
    let rootMeanSquare = try run(
      "rmsprop", ["alpha": .real(0.75), "epsilon": .real(1)], start: [1], gradients: [[2]],
      rate: 0.1)[0][0]
    #expect(abs(rootMeanSquare - 0.9) < 1e-15)
    // u = 2, then ½·2 + 1 = 2.
    let momentum = try run(
      "sgd", ["momentum": .real(0.5)], start: [1], gradients: [[2], [1]], rate: 0.1)
    #expect(abs(momentum[0][0] - 0.8) < 1e-15 && abs(momentum[1][0] - 0.6) < 1e-15)
  }

  /// Two gradients of AdamW and of optimistic Adam on paper, without memory: β₁ = β₂ = 0, so that d = g/(|g| + ε).
  @Test func variantsOfAdamByHand() throws {
    let plain: ValueMap = ["beta1": .real(0), "beta2": .real(0), "epsilon": .real(1)]
    // A tenth of half the parameter goes first, then d = 3/4; then d = −1/2.
    let decayed = try run(
      "adamw", plain.merging(["decay": .real(0.5)]) { $1 }, start: [2], gradients: [[3], [-1]],
      rate: 0.1)
    #expect(abs(decayed[0][0] - (2 - 0.1 - 0.075)) < 1e-15)
    #expect(abs(decayed[1][0] - (1.825 * 0.95 + 0.05)) < 1e-15)
    // Twice d = 3/4, nothing before it; then twice −1/2, and 3/4 back.
    let optimistic = try run(
      "optimistic-adam", plain, start: [2], gradients: [[3], [-1]], rate: 0.1)
    #expect(abs(optimistic[0][0] - (2 - 0.15)) < 1e-15)
    #expect(abs(optimistic[1][0] - (1.85 + 0.1 + 0.075)) < 1e-15)
  }

  /// At the first step Adam moves by the rate against the gradient's sign, whatever its size.
  @Test func adamIgnoresTheGradientsSize() throws {
    let moved = try run(
      "adam", [:], start: [0, 0, 0], gradients: [[1e-3, -5, 4e6]], rate: 0.01)[0]
    for (value, expected) in zip(moved, [-0.01, 0.01, -0.01]) {
      #expect(abs(value - expected) < 2e-7)
    }
  }

  /// Without a gradient nothing moves, and every rule goes downhill at the first step.
  @Test(arguments: names.filter { $0 != "frozen" }) func directions(_ name: String) throws {
    // Decay moves without a gradient: `variantsOfAdamByHand`.
    let members: ValueMap = name == "adamw" ? ["decay": .real(0)] : [:]
    let moved = try run(
      name, members, start: [1, 1, 1], gradients: [[0, 3, -3]], rate: 0.01)[0]
    #expect(moved[0] == 1 && moved[1] < 1 && moved[2] > 1)
    #expect(abs((moved[1] - 1) + (moved[2] - 1)) < 1e-15)
  }

  /// An update that is differentiated has the same values, and a derivative where a parameter has never had a gradient:
  /// there m/(√v + ε) rises with the slope (1 − β₁)/ε of its numerator.
  @Test(arguments: names) func differentiatedUpdates(_ name: String) throws {
    let body = try #require(optimizerTable[name]).body
    let hasRoot = try #require(optimizerTable[name]).description.parameter("epsilon") != nil
    let arguments = optimizerTable.arguments(name, hasRoot ? ["epsilon": .real(0.5)] : [:])
    let graph = Graph()
    let (parameter, gradient) = (graph.state("p", [3]), graph.input("g", [3]))
    let coefficients = body.coefficients(arguments).indices.map { graph.input("c\($0)", []) }
    let results = [false, true].map { isDifferentiated in
      body.update(
        Optimizer.Step(
          name: "p", parameter: parameter, gradient: gradient, coefficients: coefficients,
          arguments: arguments, isDifferentiated: isDifferentiated)
      ).parameter
    }
    let slope = gradients(of: results[1].sum(), by: [gradient])[0]
    let given = coefficients.indices.map { ("c\($0)", [0.125]) }
    let values = ScalarFunction(graph, results + [slope])(
      [("p", [1, 1, 1]), ("g", [0, 3, -1e-20])] + given)
    #expect(values[0] == values[1])
    let expected = try Self.slopeWithoutMemory(name)
    #expect(abs(values[2][0] - expected) < 1e-9 && values[2].allSatisfy(\.isFinite))
  }

  /// The derivative of the step by a gradient of 0, with every coefficient ⅛ and ε = ½.
  private static func slopeWithoutMemory(_ name: String) throws -> Double {
    switch name {
    case "sgd": -0.125
    case "adam", "adamw": -0.125 * 0.1 / 0.5
    case "optimistic-adam": -0.125 * 2 * 0.125 * 0.1 / 0.5
    case "rmsprop": -0.125 / 0.5
    case "frozen": 0
    default: throw UnknownEntry(name: name)
    }
  }

  /// Coefficients far into training stay exact: 1 − βᵗ against the system's power.
  @Test func adamsCorrectionsLate() throws {
    let optimizer = try #require(optimizerTable["adam"]).body
    let coefficients = optimizer.coefficients(optimizerTable.arguments("adam"))
    for t in [1, 2, 10, 1000, 100_000] {
      let numbers = coefficients.map { $0(t, 0.5) }
      #expect(abs(numbers[0] / (0.5 / (1 - pow(0.9, Double(t)))) - 1) < 1e-13)
      #expect(abs(numbers[1] / (1 - pow(0.999, Double(t))).squareRoot() - 1) < 1e-12)
    }
  }
}
