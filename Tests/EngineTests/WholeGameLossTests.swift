import Catalog
import Foundation
import Testing

@testable import Engine
@testable import Objectives

/// Losses that see more of a step than scores: values, derivatives, large numbers.
@Suite struct WholeGameLossTests {
  /// A loss with its settings.
  struct Setting: CustomTestStringConvertible, Sendable {
    let name: String
    let members: ValueMap

    init(_ name: String, _ members: ValueMap = [:]) {
      self.name = name
      self.members = members
    }

    var arguments: Arguments { lossTable.arguments(name, members) }
    var testDescription: String {
      members.isEmpty ? name : "\(name) \(Value.map(members).canonicalJSON)"
    }
  }

  private static let further: [Setting] = [
    Setting("r3gan", ["gamma": .real(0.25)]), Setting("gan-qp", ["lambda": .real(0.5)]),
    Setting("mmd-li", ["reconstruction": .real(0.5)]),
    Setting("scaled-mmd", ["lambda": .real(0.1)]),
    Setting("ebgan", ["margin": .real(0.3), "pullAway": .real(2)]),
    Setting("ebgan", ["margin": .real(0.6)]), Setting("began", ["gamma": .real(0.9)]),
    Setting("infomax", ["weight": .real(1.5)]), Setting("moment-matching", ["form": .text("root")]),
  ]

  /// Every loss as it is and with other numbers, and with every kernel where it has one.
  static let settings: [Setting] =
    PlainLosses.names.flatMap { name -> [Setting] in
      let hasKernel = lossTable[name]?.description.parameter("kernel") != nil
      return [Setting(name)]
        + (hasKernel ? kernelValues.map { Setting(name, ["kernel": $0]) } : [])
    } + further

  enum Side: CaseIterable { case critic, generator }

  /// A loss in a game of four samples of each kind.
  private static func value(
    _ setting: Setting, _ side: Side, real: Tensor, fake: Tensor,
    _ respond: @escaping (CriticForm, Tensor) -> Response
  ) throws -> Tensor {
    let loss = try #require(lossTable[setting.name]).body
    let form = loss.form(setting.arguments)
    let game = Game(real: real, fake: fake) { respond(form, $0) }
    return (side == .critic ? loss.critic : loss.generator)(game, setting.arguments)
  }

  @Test(arguments: settings) func valuesOfBothSides(_ setting: Setting) throws {
    let graph = Graph()
    let weights = SmallCritic.shapes.enumerated().map {
      graph.input("weight\($0.offset)", $0.element)
    }
    let values = try Side.allCases.map { side in
      try Self.value(
        setting, side, real: graph.input("real", [4, 2]), fake: graph.input("fake", [4, 2])
      ) { SmallCritic(form: $0).respond($1, weights) }
    }
    let results = ScalarFunction(graph, values)(PlainGame.named)
    let form = try #require(lossTable[setting.name]).body.form(setting.arguments)
    let expected = try PlainLosses.sides(setting.name, PlainGame(form), setting.arguments)
    for (own, other) in [(results[0][0], expected.critic), (results[1][0], expected.generator)] {
      #expect(abs(own - other) <= 1e-12 * max(1, abs(other)), "\(own) ≠ \(other)")
    }
  }

  /// By samples, weights and remembered numbers together; of gan-qp, whose distances of samples have no derivative, by
  /// weights.
  @Test(arguments: settings) func derivativesOfBothSides(_ setting: Setting) throws {
    let form = try #require(lossTable[setting.name]).body.form(setting.arguments)
    let isByWeights = setting.name == "gan-qp"
    for side in Side.allCases where form != .none || side == .generator {
      for seed in 1...2 {
        let error = try gradientError(
          (isByWeights ? [] : [[4, 2], [4, 2]]) + SmallCritic.shapes, lower: -1, upper: 1,
          seed: seed, held: PlainGame.named.filter { ["real", "fake", "second"].contains($0.name) }
        ) { tensors in
          let graph = tensors[0].graph
          let samples =
            isByWeights
            ? [graph.input("real", [4, 2]), graph.input("fake", [4, 2])] : Array(tensors[..<2])
          return try Self.value(setting, side, real: samples[0], fake: samples[1]) {
            SmallCritic(form: $0).respond($1, tensors.suffix(3))
          }
        }
        #expect(error < 1e-7, "\(side), seed \(seed)")
      }
    }
  }

  /// In a game of zero sum the two sides' derivatives by all fakes cancel.
  @Test(arguments: settings) func zeroSum(_ setting: Setting) throws {
    let graph = Graph()
    let weights = SmallCritic.shapes.enumerated().map {
      graph.input("weight\($0.offset)", $0.element)
    }
    let fakes = ["fake", "second"].map { graph.input($0, [4, 2]) }
    let sides = try Side.allCases.map { side in
      try Self.value(setting, side, real: graph.input("real", [4, 2]), fake: fakes[0]) {
        SmallCritic(form: $0).respond($1, weights)
      }
    }
    let slopes = ScalarFunction(graph, gradients(of: sides[0] + sides[1], by: fakes))(
      PlainGame.named)
    let isZeroSum = try #require(lossTable[setting.name]).body.isZeroSum(setting.arguments)
    #expect(slopes.joined().allSatisfy { abs($0) < 1e-15 } == isZeroSum)
  }

  // MARK: Large numbers

  /// What critics give are the samples themselves, or with the other sign what they reconstruct.
  private static func large(_ form: CriticForm, _ x: Tensor) -> Response {
    switch form {
    case .score: Response(output: x.sliced(axis: 1, 0..<1).reshaped([4]))
    case .embedding, .none: Response(output: x)
    case .autoencoder: Response(output: -x, code: x)
    case .contrast:
      Response(
        output: x.sliced(axis: 1, 0..<1).reshaped([4]),
        features: (x.reshaped([4, 2, 1]), x.sliced(axis: 1, 1..<2)))
    }
  }

  /// The value, its gradients by the samples, and the derivatives of a mixture of these by all samples.
  private static func derivatives(_ setting: Setting, _ side: Side) throws -> [Tensor] {
    let graph = Graph()
    let inputs = ["real", "fake"].map { graph.input($0, [4, 2]) }
    let value = try value(setting, side, real: inputs[0], fake: inputs[1], large)
    let first = gradients(of: value, by: inputs)
    let mixture = zip(first, ["toReal", "toFake"]).map { ($0 * graph.input($1, [4, 2])).sum() }
    return [value] + first + gradients(of: mixture[0] + mixture[1], by: inputs)
  }

  /// Scores, features, codes and reconstructions with elements ±80, some of them equal in both batches.
  @Test(arguments: settings) func largeOutputsStayFinite(_ setting: Setting) throws {
    let inputs: [(name: String, values: [Float])] = [
      ("real", [80, 80, 80, -80, -80, 80, -80, -80]), ("fake", [80, -80, 80, 80, 80, 80, 80, -80]),
      ("second", [-80, 80, 80, 80, 80, -80, 80, 80]), ("loss.balance", [0.5]),
      ("toReal", [0.5, -1, 0.75, 1.25, -0.5, 0.25, 1, -0.75]),
      ("toFake", [1, -0.25, -1.5, 0.625, 0.5, 1, -0.125, 0.375]),
    ]
    for side in Side.allCases {
      let tensors = try Self.derivatives(setting, side)
      let exact = ScalarFunction(tensors[0].graph, tensors)(
        inputs.map { ($0.name, $0.values.map(Double.init)) })
      #expect(exact.joined().allSatisfy { $0.isFinite }, "\(side), reference")
      for kernels in availableKernels {
        let values = kernels.evaluate(tensors, inputs)
        #expect(values.joined().allSatisfy { $0.isFinite }, "\(side), \(kernels.name)")
        // Sums that cancel keep the digits that their terms have more: powers of inner products of 12800, logarithms of
        // sums of exponentials of 6400.
        for (own, other) in zip(values, exact) {
          let size = other.map { abs($0) }.max() ?? 0
          #expect(
            zip(own, other).allSatisfy { abs(Double($0) - $1) <= 1e-3 * size + 1e-6 },
            "\(side), \(kernels.name): \(own) ≠ \(other)")
        }
      }
    }
  }

  // MARK: Slopes within losses

  /// The critic's loss and its derivative by w, D(x) = ⟨w, x⟩ with w = (0.75, −0.5).
  private func linearCritic(
    _ name: String, _ members: ValueMap
  ) throws -> (value: Double, slope: [Double]) {
    let graph = Graph()
    let weight = graph.input("weight", [2, 1])
    let value = try Self.value(
      Setting(name, members), .critic, real: graph.input("real", [4, 2]),
      fake: graph.input("fake", [4, 2])
    ) { form, x in
      let output = x.matmul(weight)
      return Response(output: form == .score ? output.reshaped([4]) : output)
    }
    let results = ScalarFunction(graph, [value] + gradients(of: value, by: [weight]))(
      PlainGame.named + [("weight", [0.75, -0.5])])
    return (results[0][0], results[1])
  }

  /// (γ/2)(‖w‖² + ‖w‖²) = γ‖w‖² has the derivative 2γw: a slope without second derivatives would train nothing.
  @Test func slopesInR3GANTrainTheCritic() throws {
    let with = try linearCritic("r3gan", ["gamma": .real(3)])
    let without = try linearCritic("r3gan", ["gamma": .real(0)])
    #expect(abs(with.value - without.value - 3 * 0.8125) < 1e-14)
    #expect(abs(with.slope[0] - without.slope[0] - 6 * 0.75) < 1e-14)
    #expect(abs(with.slope[1] - without.slope[1] - 6 * -0.5) < 1e-14)
  }

  /// The quotient by 1 + λ‖w‖² is differentiated as one.
  @Test func slopesInScaledMMDTrainTheCritic() throws {
    let with = try linearCritic("scaled-mmd", ["lambda": .real(2)])
    let without = try linearCritic("scaled-mmd", ["lambda": .real(0)])
    let divisor = 1 + 2 * 0.8125
    #expect(abs(with.value - without.value / divisor) < 1e-14)
    for (index, weight) in [0.75, -0.5].enumerated() {
      let expected =
        (without.slope[index] - without.value * 4 * weight / divisor) / divisor
      #expect(abs(with.slope[index] - expected) < 1e-14)
    }
  }
}
