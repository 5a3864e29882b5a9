import Catalog
import Foundation
import Testing

@testable import Engine
@testable import Objectives
@testable import Schedules

/// Penalties that are not of slopes alone: values, derivatives, large numbers.
@Suite struct WholeGamePenaltyTests {
  /// A penalty with its settings.
  struct Setting: CustomTestStringConvertible, Sendable {
    let name: String
    let members: ValueMap

    var arguments: Arguments { penaltyTable.arguments(name, members) }
    var testDescription: String { "\(name) \(Value.map(members).canonicalJSON)" }
  }

  /// Every penalty as it is and with other numbers.
  static let settings: [Setting] =
    PlainPenalties.names.map { Setting(name: $0, members: [:]) } + [
      Setting(name: "lecam", members: ["decay": .real(0.5), "warmup": .integer(0)]),
      Setting(
        name: "cr",
        members: ["transform": .map(["name": .text("noise"), "deviation": .real(0.4)])]),
      Setting(
        name: "bcr",
        members: ["transform": .map(["name": .text("noise"), "deviation": .real(0.4)])]),
      Setting(name: "zcr", members: ["deviation": .real(0.5)]),
      Setting(name: "sobolev", members: ["rho": .real(0.25)]),
      Setting(name: "fisher", members: ["rho": .real(0.25)]),
    ]

  /// All terms, those of the player that the penalty is given to first.
  private static func terms(_ setting: Setting, _ weights: [Tensor]) throws -> [Tensor] {
    let penalty = try #require(penaltyTable[setting.name]).body
    let own = PenaltyWorld.inputs(weights)
    let other = PenaltyWorld.inputs(weights, stream: "penalty/generator")
    return penalty.terms.map { $0.value(own, setting.arguments) }
      + penalty.otherTerms.map { $0.value(other, setting.arguments) }
  }

  @Test(arguments: settings) func valuesOfBothPlayers(_ setting: Setting) throws {
    let graph = Graph()
    let weights = PenaltyWorld.shapes.enumerated().map { graph.input("w\($0.offset)", $0.element) }
    let terms = try Self.terms(setting, weights)
    let values = ScalarFunction(graph, terms)(
      PenaltyWorld.named + PenaltyWorld.values.enumerated().map { ("w\($0.offset)", $0.element) })
    let expected = try PlainPenalties.terms(setting.name, setting.arguments)
    let penalty = try #require(penaltyTable[setting.name]).body
    try #require(penalty.terms.count == expected.own.count)
    try #require(penalty.otherTerms.count == expected.other.count)
    // Differences of the field of consensus are exact to ten digits.
    let tolerance = setting.name == "consensus" ? 1e-9 : 1e-13
    for (own, other) in zip(values, expected.own + expected.other) {
      #expect(
        abs(own[0] - other) <= tolerance * max(1, abs(other)) && other != 0,
        "\(own[0]) ≠ \(other)")
    }
  }

  /// By all weights and remembered numbers together; those that LeCam takes over have no derivative by scores.
  @Test(arguments: settings) func derivativesOfBothPlayers(_ setting: Setting) throws {
    let penalty = try #require(penaltyTable[setting.name]).body
    for position in (penalty.terms + penalty.otherTerms).indices where setting.name != "lecam" {
      let error = try gradientError(
        PenaltyWorld.shapes, lower: -1, upper: 1, seed: 4,
        held: PenaltyWorld.named.filter { !$0.name.hasPrefix("penalty.") }
      ) { try Self.terms(setting, $0)[position] }
      #expect(error < 1e-8, "term \(position)")
    }
  }

  /// Every weight of every term is a setting that may follow a schedule.
  @Test(arguments: penaltyTable.entries.map(\.description.name))
  func weightsAreSettings(_ name: String) throws {
    let entry = try #require(penaltyTable[name])
    let arguments = penaltyTable.arguments(name)
    for term in entry.body.terms + entry.body.otherTerms {
      try #require(entry.description.parameter(term.weight) != nil)
      #expect(try #require(arguments.coefficient(term.weight).constant) > 0)
    }
    #expect(arguments.integer("every") == 1)
  }

  /// What each penalty is published as.
  @Test(arguments: [
    ("drift", ["weight": 1e-3]), ("lecam", ["weight": 0.3, "decay": 0.99, "warmup": 1000]),
    ("cr", ["weight": 10]), ("bcr", ["weight": 10, "fake": 10]),
    ("zcr", ["weight": 20, "generator": 0.5, "deviation": 0.05]), ("l2", ["weight": 1e-4]),
    ("orthogonal", ["weight": 1e-4]), ("consensus", ["weight": 10]),
    ("sobolev", ["weight": 1, "rho": 1e-6]), ("fisher", ["weight": 1, "rho": 1e-6]),
  ])
  func defaults(_ name: String, _ published: [String: Double]) throws {
    let description = try #require(penaltyTable[name]).description
    let arguments = penaltyTable.arguments(name)
    for parameter in description.parameters where !["every", "transform"].contains(parameter.name) {
      let own =
        arguments.values[parameter.name]?.asReal
        ?? arguments.coefficient(parameter.name).constant
      #expect(own == published[parameter.name], "\(parameter.name)")
    }
  }

  // MARK: Large numbers

  /// Scores, weights and remembered numbers of ±80; the critic is the first of a sample's numbers.
  @Test(arguments: settings) func largeNumbersStayFinite(_ setting: Setting) throws {
    let graph = Graph()
    let samples = ["real", "fake"].map { graph.input($0, [4, 2]) }
    let matrix = graph.input("matrix", [3, 2])
    let memories = Memories()
    let game = Game(real: samples[0], fake: samples[1]) { x in
      Response(output: x.sliced(axis: 1, 0..<1).reshaped([4]))
    }
    let inputs = PenaltyInputs(
      game: game, stream: "penalty", critic: { game.respond($0, "").output }, weights: [matrix],
      field: { gradients(of: game.onFake.output.square().mean(), by: samples) },
      memory: memories.memory(graph, "penalty"))
    let penalty = try #require(penaltyTable[setting.name]).body
    let terms = (penalty.terms + penalty.otherTerms).map { $0.value(inputs, setting.arguments) }
    let latents = game.latents
    let variables = samples + [matrix, latents]
    let first = terms.flatMap { gradients(of: $0, by: variables) }
    let mixture = first.reduce(graph.constant(0)) { $0 + $1.square().sum() }
    let tensors =
      terms + first + gradients(of: mixture, by: variables)
      + memories.written.keys.sorted().compactMap { memories.written[$0] }
    let values: [(name: String, values: [Float])] =
      [
        ("real", [80, 80, 80, -80, -80, 80, -80, -80]),
        ("fake", [80, -80, 80, 80, -80, -80, -80, 80]),
        ("latents", [80, -80, 80, 80, -80, -80, -80, 80]), ("matrix", [80, -80, 80, 80, 80, 80]),
      ]
      + PenaltyWorld.noise.map { ($0.name, $0.values.flatMap(\.self).map { Float($0) }) }
      + PenaltyWorld.memory.map { ($0.name, [$0.name == "penalty.steps" ? 5000 : -80]) }
    let exact = ScalarFunction(graph, tensors)(
      values.map { ($0.name, $0.values.map(Double.init)) })
    #expect(exact.joined().allSatisfy { $0.isFinite }, "reference")
    for kernels in availableKernels {
      for (own, other) in zip(kernels.evaluate(tensors, values), exact) {
        let size = other.map { abs($0) }.max() ?? 0
        // Differences of large scores that are close keep four digits.
        #expect(
          zip(own, other).allSatisfy { abs(Double($0) - $1) <= 1e-3 * size + 1e-6 },
          "\(kernels.name): \(own) ≠ \(other)")
      }
    }
  }
}
