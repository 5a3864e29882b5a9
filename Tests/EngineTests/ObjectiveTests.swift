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

  static func golden() throws -> Golden {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Golden/objective_values.json")
    return try JSONDecoder().decode(Golden.self, from: Data(contentsOf: file))
  }

  /// A loss with its settings.
  struct Setting: CustomTestStringConvertible, Sendable {
    let loss: String
    let members: ValueMap

    init(_ loss: String, _ members: ValueMap = [:]) {
      self.loss = loss
      self.members = members
    }

    /// Reads `name` or `name(key=value,key=value)`.
    init(_ text: Substring) {
      let parts = text.split(separator: "(")
      let pairs = parts.dropFirst().first?.dropLast().split(separator: ",") ?? []
      let members = pairs.map { pair in
        let words = pair.split(separator: "=").map(String.init)
        return (words[0], Double(words[1]).map(Value.real) ?? .text(words[1]))
      }
      self.init(String(parts[0]), ValueMap(uniqueKeysWithValues: members))
    }

    var arguments: Arguments { lossTable.arguments(loss, members) }

    var testDescription: String {
      let pairs = members.map { "\($0)=\($1.asText ?? $1.canonicalJSON)" }
      return pairs.isEmpty ? loss : "\(loss)(\(pairs.joined(separator: ",")))"
    }
  }

  /// Losses of scores that also see samples or slopes; others test them.
  private static let seeingMore = ["gan-qp", "r3gan"]

  /// Every loss of scores with every word of its choices.
  static let settings: [Setting] = lossTable.entries.filter {
    let name = $0.description.name
    return $0.body.form(lossTable.arguments(name)) == .score && !seeingMore.contains(name)
  }.flatMap { entry in
    let description = entry.description
    return description.parameters.reduce([ValueMap()]) { maps, parameter in
      let words = description.words(parameter.name)
      guard !words.isEmpty else { return maps }
      return maps.flatMap { map in
        words.map { map.merging([parameter.name: .text($0)]) { $1 } }
      }
    }.map { Setting(description.name, $0) }
  }

  /// Numbers other than the defaults.
  static let further = [
    "lsgan(a=-1,b=1,c=0)", "f-gan(divergence=weighted-jensen-shannon,share=0.125)",
    "f-gan(divergence=weighted-jensen-shannon,share=0.875)", "f-gan(divergence=alpha,alpha=-1)",
    "f-gan(divergence=alpha,alpha=0.25)", "f-gan(divergence=alpha,alpha=1.5)",
    "f-gan(divergence=alpha,alpha=3,generator=nonsaturating)",
  ].map { Setting($0[...]) }

  private enum Side: CaseIterable { case critic, generator }

  private static func loss(
    _ setting: Setting, _ side: Side, _ real: Tensor, _ fake: Tensor, realLabel: Double = 1,
    fakeLabel: Double = 0
  ) throws -> Tensor {
    let loss = try #require(lossTable[setting.loss]).body
    let game = Game(
      scores: real, fake, realLabel: .constant(realLabel), fakeLabel: .constant(fakeLabel))
    let arguments = setting.arguments
    return side == .critic ? loss.critic(game, arguments) : loss.generator(game, arguments)
  }

  /// The value, its gradients by real and fake logits, and the derivatives of a mixture of these by both.
  private static func derivatives(
    _ setting: Setting, _ side: Side, count: Int
  ) throws -> [Tensor] {
    let graph = Graph()
    let inputs = [graph.input("real", [count]), graph.input("fake", [count])]
    let value = try loss(setting, side, inputs[0], inputs[1])
    let first = gradients(of: value, by: inputs)
    let mixture = zip(first, ["toReal", "toFake"]).map { ($0 * graph.input($1, [count])).sum() }
    return [value] + first + gradients(of: mixture[0] + mixture[1], by: inputs)
  }

  /// Numbers may be others than the defaults; words may not.
  @Test func everyChoiceHasGoldenValues() throws {
    func words(_ setting: Setting) -> [String] {
      setting.arguments.values.values.compactMap(\.asText)
    }
    for example in try Self.golden().examples {
      let known = example.losses.keys.sorted().map { words(Setting($0[...])) }
      for setting in Self.settings {
        #expect(
          known.contains(words(setting)),
          "no golden values of \(setting.testDescription), \(example.name)")
      }
    }
  }

  @Test func goldenValuesAndGradients() throws {
    let examples = try Self.golden().examples
    try #require(!examples.isEmpty)
    for example in examples {
      for (key, expected) in example.losses.sorted(by: { $0.key < $1.key }) {
        for side in Side.allCases {
          let tensors = try Self.derivatives(Setting(key[...]), side, count: example.real.count)
          let function = ScalarFunction(tensors[0].graph, Array(tensors[..<3]))
          let values = function([("real", example.real), ("fake", example.fake)])
          let golden = side == .critic ? expected.critic : expected.generator
          let zeros = example.real.map { _ in 0.0 }
          let exact = [[golden.value], golden.gradient.real ?? zeros, golden.gradient.fake]
          for (own, other) in zip(values, exact) {
            try #require(own.count == other.count)
            for (x, y) in zip(own, other) {
              #expect(
                abs(x - y) <= 1e-14 * abs(y) + 2e-16,
                "\(key), \(side), \(example.name): \(x) ≠ \(y)")
            }
          }
        }
      }
    }
  }

  /// Numbers and first and second derivatives stay finite where they can be in single precision, and close: a logit of 80
  /// is rounded by up to 4e-6, and so is eᵛ relative to itself.
  @Test(arguments: settings + further) func extremeLogitsStayFinite(_ setting: Setting) throws {
    let real: [Float] = [80, -80, 80, -80]
    let fake: [Float] = [80, 80, -80, -80]
    let mixture: [(String, [Float])] = [
      ("toReal", [0.5, -1, 0.75, 1.25]), ("toFake", [1, -0.25, -1.5, 0.625]),
    ]
    for side in Side.allCases {
      let tensors = try Self.derivatives(setting, side, count: 4)
      let given = [("real", real), ("fake", fake)] + mixture
      let exact = ScalarFunction(tensors[0].graph, tensors)(
        given.map { (name: $0.0, values: $0.1.map(Double.init)) })
      #expect(exact.joined().allSatisfy { $0.isFinite }, "\(side), reference")
      for kernels in availableKernels {
        let values = kernels.evaluate(tensors, given)
        for (own, other) in zip(values.joined(), exact.joined()) {
          #expect(
            abs(Double(own) - other) <= 5e-6 * abs(other) + 1e-37
              || abs(other) > Double(Float.greatestFiniteMagnitude),
            "\(side), \(kernels.name): \(own) ≠ \(other)")
        }
      }
    }
  }

  /// Logits between the usual kinks at −1, 0 and 1, and those of losses of differences.
  @Test(arguments: settings + further) func derivativesOfBothSides(_ setting: Setting) throws {
    for (lower, upper) in [(-3, -1.05), (-0.95, -0.05), (0.05, 0.95), (1.05, 3)] {
      for side in Side.allCases {
        let error = try gradientError([[4], [4]], lower: lower, upper: upper) {
          try Self.loss(setting, side, $0[0], $0[1])
        }
        #expect(error < 1e-8, "\(side), logits from \(lower) to \(upper)")
      }
    }
  }

  /// Losses that take labels are cross-entropies of logits; the others do not see labels at all.
  @Test(arguments: settings) func labelsOfTheCritic(_ setting: Setting) throws {
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
      let critic = try Self.loss(
        setting, .critic, r, f, realLabel: realLabel, fakeLabel: fakeLabel)
      let generator = try Self.loss(
        setting, .generator, r, f, realLabel: realLabel, fakeLabel: fakeLabel)
      if try #require(lossTable[setting.loss]).body.takesLabels {
        let value = ScalarFunction(graph, [critic])([("real", real), ("fake", fake)])[0][0]
        let expected = crossEntropy(real, realLabel) + crossEntropy(fake, fakeLabel)
        #expect(abs(value - expected) < 1e-14, "labels \(realLabel), \(fakeLabel)")
        let error = try gradientError([[4], [4]]) {
          try Self.loss(
            setting, .critic, $0[0], $0[1], realLabel: realLabel, fakeLabel: fakeLabel)
        }
        #expect(error < 1e-8, "labels \(realLabel), \(fakeLabel)")
      } else {
        let unlabelled = try Self.loss(setting, .critic, r, f)
        #expect(critic.index == unlabelled.index)
      }
      let unlabelled = try Self.loss(setting, .generator, r, f)
      #expect(generator.index == unlabelled.index)
    }
  }

  /// Where real outputs are above fake ones and targets of 1 and 0 not reached, the critic raises real and lowers fake outputs; the generator raises
  /// fake ones.
  @Test(arguments: settings) func directionsOfTheGame(_ setting: Setting) throws {
    let critic = try Self.derivatives(setting, .critic, count: 1)
    let generator = try Self.derivatives(setting, .generator, count: 1)
    for logit in [0.125, 0.25, 0.375] {
      let point = [(name: "real", values: [1 - logit]), (name: "fake", values: [logit])]
      let critics = ScalarFunction(critic[0].graph, Array(critic[1...2]))(point)
      let generators = ScalarFunction(generator[0].graph, [generator[2]])(point)
      #expect(critics[0][0] < 0 && critics[1][0] > 0)
      #expect(generators[0][0] < 0)
    }
  }

  /// In a game of zero sum the two sides' derivatives by the fakes cancel.
  @Test(arguments: settings) func zeroSum(_ setting: Setting) throws {
    let graph = Graph()
    let (real, fake) = (graph.input("real", [4]), graph.input("fake", [4]))
    let sum =
      try Self.loss(setting, .critic, real, fake) + Self.loss(setting, .generator, real, fake)
    let slope = gradients(of: sum, by: [fake])
    let values = ScalarFunction(graph, slope)(
      [("real", [0.5, -2, 3, 0.1]), ("fake", [-1.25, -2, -3, -1.5])])[0]
    let isZeroSum = try #require(lossTable[setting.loss]).body.isZeroSum(setting.arguments)
    #expect(values.allSatisfy { $0 == 0 } == isZeroSum)
  }
}
