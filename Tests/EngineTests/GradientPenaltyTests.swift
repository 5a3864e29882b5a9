import Catalog
import Testing

@testable import Engine
@testable import Objectives
@testable import Schedules

/// Presets of the gradient penalty, and values worked by hand.
@Suite struct GradientPenaltyTests {
  /// What each preset is published as.
  @Test(arguments: gradientPenalties.map(\.description.name))
  func presets(_ name: String) throws {
    let arguments = penaltyTable.arguments(name)
    let factors = ["where", "target", "norm", "over"].map { arguments.text($0) }
    let published: (factors: [String], power: Int, scale: Double, weight: Double)
    switch name {
    case "gradient", "wgan-gp": published = (["line", "one", "l2", "mean"], 2, 1, 10)
    case "lp": published = (["line", "at-most-one", "l2", "mean"], 2, 1, 10)
    case "r1": published = (["real", "zero", "l2", "mean"], 2, 0.5, 10)
    case "r2": published = (["fake", "zero", "l2", "mean"], 2, 0.5, 10)
    case "dragan": published = (["around-real", "one", "l2", "mean"], 2, 1, 10)
    case "zero-gp": published = (["line", "zero", "l2", "mean"], 2, 1, 10)
    case "max-gp": published = (["line", "zero", "l2", "max"], 2, 1, 0.1)
    case "wgan-div": published = (["real-and-fake", "zero", "l2", "mean"], 6, 0.5, 2)
    case "l1-margin": published = (["line", "at-most-one", "linf", "mean"], 1, 1, 20)
    case "linf-margin": published = (["line", "at-most-one", "l1", "mean"], 1, 1, 20)
    case "witness": published = (["line", "one", "l2", "mean"], 2, 1, 1)
    default: throw PenaltyTests.UnknownWord(word: name)
    }
    #expect(factors == published.factors)
    #expect(arguments.integer("power") == published.power)
    #expect(arguments.real("scale") == published.scale)
    #expect(arguments.coefficient("weight").constant == published.weight)
    #expect(arguments.integer("every") == 1 && arguments.real("epsilon") == 1e-12)
  }

  /// Settings at their default are no part of a run's id, so those of long ago are as they were.
  @Test func canonicalFormsHold() {
    let type = ParameterType.entries(penaltyTable.description)
    func minimal(_ name: String) -> String {
      type.minimal(type.complete(.text(name))).canonicalJSON
    }
    #expect(minimal("wgan-gp") == #"[{"preset":"gradient"}]"#)
    #expect(minimal("r1") == #"[{"preset":"gradient","scale":0.5,"target":"zero","where":"real"}]"#)
    #expect(minimal("lp") == #"[{"preset":"gradient","target":"at-most-one"}]"#)
    #expect(minimal("dragan") == #"[{"preset":"gradient","where":"around-real"}]"#)
    #expect(minimal("zero-gp") == #"[{"preset":"gradient","target":"zero"}]"#)
  }

  /// A number under the root is the setting's and stands there alone: ‖(3, 4)‖ becomes √(25 + 11) = 6.
  @Test(arguments: [("one", 1, 5.0), ("at-most-one", 2, 25), ("zero", 3, 216), ("zero", 2, 25)])
  func numberUnderTheRoot(_ target: String, _ power: Int, _ expected: Double) throws {
    let graph = Graph()
    let weight = graph.input("weight", [2, 1])
    let inputs = PenaltyInputs(
      real: graph.input("real", [3, 2]), fake: graph.input("fake", [3, 2]), stream: "penalty"
    ) { $0.matmul(weight).reshaped([3]) }
    let term = try #require(penaltyTable["gradient"]).body.term(
      inputs,
      penaltyTable.arguments(
        "gradient",
        ["target": .text(target), "power": .integer(power), "epsilon": .real(11)]))
    let value = ScalarFunction(graph, [term])(PenaltyTests.batch + [("weight", [3, -4])])[0][0]
    #expect(abs(value - expected) < 1e-12)
  }

  /// R1 is half of the penalty to slope zero at real samples, with the critic's own derivatives.
  @Test func halfInR1() throws {
    let graph = Graph()
    let weights = PenaltyTests.shapes.enumerated().map { graph.input("x\($0.offset)", $0.element) }
    let inputs = PenaltyInputs(
      real: graph.input("real", [3, 2]), fake: graph.input("fake", [3, 2]), stream: "penalty",
      critic: PenaltyTests.critic(weights))
    let zero = penaltyTable.arguments(
      "gradient", ["where": .text("real"), "target": .text("zero")])
    let body = try #require(penaltyTable["gradient"]).body
    let terms = [body.term(inputs, penaltyTable.arguments("r1")), body.term(inputs, zero)]
    let values = ScalarFunction(graph, terms)(PenaltyTests.weights + PenaltyTests.batch)
    #expect(values[1][0] > 0.1)
    #expect(abs(2 * values[0][0] - values[1][0]) < 1e-15 * values[1][0])
  }

  /// A batch worked by hand: its four numbers 1, 3, 1, 3 have the standard deviation 1, so
  /// x̂ = x + α·½·U with α = ½ and 1.
  @Test func draganByHand() throws {
    let setting = PenaltyTests.Setting(entry: "dragan", factors: [:])
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
  @Test(arguments: gradientPenalties.map(\.description.name))
  func slopeZeroStaysFinite(_ name: String) throws {
    let graph = Graph()
    let weight = graph.input("weight", [2, 1])
    let inputs = PenaltyInputs(
      real: graph.input("real", [3, 2]), fake: graph.input("fake", [3, 2]), stream: "penalty"
    ) { $0.matmul(weight).reshaped([3]) }
    let term = try #require(penaltyTable[name]).body.term(inputs, penaltyTable.arguments(name))
    let values = ScalarFunction(graph, [term] + gradients(of: term, by: [weight]))(
      PenaltyTests.batch + [("weight", [0, 0])])
    #expect(values.joined().allSatisfy { $0.isFinite })
  }
}
