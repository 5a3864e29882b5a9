import Catalog
import Testing

@testable import Engine
@testable import Networks

/// Every normalizer on vectors and on feature maps: values by hand, derivatives up to second order, and which samples a
/// sample's output depends on.
@Suite struct NormalizerTests {
  static let names = normalizerTable.entries.map(\.description.name)
  /// A vector and maps of four features.
  static let shapes = [[4], [3, 2, 4]]

  private static func pass(
    _ mode: ForwardPass.Mode = .training, name: String = "real", pending: PendingUpdates? = nil
  ) -> ForwardPass {
    ForwardPass(states: "net", mode: mode, name: name, pending: pending)
  }

  /// The layer for samples of a shape; nil where the normalizer has none for it.
  private static func layer(
    _ name: String, _ shape: [Int], _ members: ValueMap = [:]
  ) throws -> (any Layer)? {
    let entry = try #require(normalizerTable[name])
    if name == "instance", shape.count == 1 { return nil }
    let own: ValueMap =
      switch name {
      case "group": ["groups": .integer(2)]
      case "virtual-batch": ["samples": .integer(3)]
      default: [:]
      }
    let all = own.merging(members) { _, new in new }
    return try entry.body.layer(shape, normalizerTable.arguments(name, all))
  }

  private static func value(
    _ layer: any Layer, _ x: Tensor, _ reference: Tensor, _ mode: ForwardPass.Mode = .training
  ) -> Tensor {
    var pass = pass(mode)
    if layer.referenceCount != nil { pass.reference = reference }
    return layer.apply(x, name: "net.0", pass)
  }

  @Test(arguments: names, shapes) func derivatives(_ name: String, _ shape: [Int]) throws {
    guard let layer = try Self.layer(name, shape) else { return }
    for mode in [ForwardPass.Mode.training, .evaluation] {
      // Positive states: in evaluation one of them is a variance.
      let error = gradientError([[5] + shape, [3] + shape], lower: 0.4, upper: 2) {
        Self.value(layer, $0[0], $0[1], mode).tanh()
      }
      #expect(error < 5e-8, "\(mode)")
    }
  }

  /// In evaluation no sample depends on another; in training those of `mixesSamples` do, and no others.
  @Test(arguments: names, shapes) func samplesApart(_ name: String, _ shape: [Int]) throws {
    guard let layer = try Self.layer(name, shape) else { return }
    let count = shape.reduce(1, *)
    let mixes = try #require(normalizerTable[name]).body.mixesSamples
    for mode in [ForwardPass.Mode.training, .evaluation] {
      var numbers = TestNumbers(3)
      let graph = Graph()
      let pending = PendingUpdates()
      let x = graph.input("x", [3] + shape)
      var pass = Self.pass(mode, pending: pending)
      pass.reference = graph.input("reference", [3] + shape)
      let y = layer.apply(x, name: "net.0", pass).sliced(axis: 0, 0..<1)
      let slope = gradients(of: (y * graph.input("v", y.shape)).sum(), by: [x])[0]
      var values: NamedValues = [
        ("x", numbers.uniform(3 * count, -1, 1)), ("v", numbers.uniform(count, -1, 1)),
      ]
      if layer.referenceCount != nil {
        values.append(("reference", numbers.uniform(3 * count, -1, 1)))
      }
      for state in graph.states {
        values.append((state.name, numbers.uniform(state.shape.reduce(1, *), 0.5, 2)))
      }
      let result = ScalarFunction(graph, [slope])(values)[0]
      #expect(result[..<count].contains { $0 != 0 })
      #expect(result[count...].contains { $0 != 0 } == (mixes && mode == .training), "\(mode)")
      #expect(pending.updates.isEmpty == (mode == .evaluation || name != "batch"))
    }
  }

  // MARK: Batch

  /// Columns (1, 3) and (2, 6) have means 2 and 4, biased variances 1 and 4, unbiased 2 and 8.
  @Test(arguments: [[2, 2], [1, 1, 2, 2], [2, 1, 1, 2]]) func batchNormByHand(_ shape: [Int]) {
    let layer = BatchNorm(2, momentum: 0.25, epsilon: 3)
    let graph = Graph()
    let pending = PendingUpdates()
    let x = graph.input("x", shape)
    let y = layer.apply(x, name: "net.1", Self.pass(pending: pending))
    #expect(pending.updates.map(\.state) == ["net.1.running_mean", "net.1.running_var"])
    let outputs = [y] + pending.updates.map(\.tensor)
    let values = ScalarFunction(graph, outputs)([
      ("x", [1, 2, 3, 6]), ("net.1.weight", [2, 1]), ("net.1.bias", [0.5, -1]),
      ("net.1.running_mean", [0, 8]), ("net.1.running_var", [1, 4]),
    ])
    let second = 2 / 7.0.squareRoot()
    for (value, expected) in zip(values[0], [-0.5, -1 - second, 1.5, -1 + second]) {
      #expect(abs(value - expected) < 1e-15)
    }
    #expect(values[1] == [0.5, 7])
    #expect(values[2] == [1.25, 5])
  }

  /// A second pass of the step, such as fake after real, continues from the first one's statistics.
  @Test func secondPassContinuesTheStatistics() {
    let layer = BatchNorm(1, momentum: 0.5, epsilon: 1e-5)
    let graph = Graph()
    let pending = PendingUpdates()
    for name in ["real", "fake"] {
      _ = layer.apply(
        graph.input(name, [2, 1]), name: "net.1", Self.pass(name: name, pending: pending))
    }
    #expect(pending.updates.count == 2)
    let values = ScalarFunction(graph, pending.updates.map(\.tensor))([
      ("real", [3, 5]), ("fake", [-2, 0]), ("net.1.running_mean", [0]), ("net.1.running_var", [1]),
    ])
    #expect(values[0] == [0.5])
    #expect(values[1] == [1.75])
  }

  @Test func evaluationUsesRunningStatistics() {
    let graph = Graph()
    let y = BatchNorm(1, momentum: 0.1, epsilon: 1).apply(
      graph.input("x", [3, 1]), name: "net.1", Self.pass(.evaluation))
    let values = ScalarFunction(graph, [y])([
      ("x", [2, 4, 100]), ("net.1.weight", [4]), ("net.1.bias", [1]),
      ("net.1.running_mean", [2]), ("net.1.running_var", [3]),
    ])[0]
    #expect(values == [1, 5, 197])
  }

  // MARK: Within a sample

  /// One sample of two pixels and four channels: (1, 2, 3, 4), (3, 6, 5, 12).
  private func normalized(_ name: String, _ members: ValueMap = [:]) throws -> [Double] {
    let settings: ValueMap = ["epsilon": .real(1)]
    let layer = try #require(
      try Self.layer(name, [2, 1, 4], settings.merging(members) { _, new in new }))
    let graph = Graph()
    let y = layer.apply(graph.input("x", [1, 2, 1, 4]), name: "net.0", Self.pass())
    let states = graph.states.map { state in
      let count = state.shape.reduce(1, *)
      return state.name.hasSuffix("weight")
        ? (state.name, (1...count).map(Double.init))
        : (state.name, [Double](repeating: 0, count: count))
    }
    return ScalarFunction(graph, [y])([("x", [1, 2, 3, 4, 3, 6, 5, 12])] + states)[0]
  }

  private func expect(_ values: [Double], _ expected: [Double]) {
    #expect(values.count == expected.count)
    for (value, other) in zip(values, expected) { #expect(abs(value - other) < 1e-14) }
  }

  /// Deviations 1, 2, 1, 4; γ = 1, 2, 3, 4.
  @Test func instanceNormByHand() throws {
    let scaled = [1.0, 2, 1, 4].map { $0 / ($0 * $0 + 1).squareRoot() }
    expect(
      try normalized("instance", ["affine": .boolean(false)]), scaled.map { -$0 } + scaled)
    let own = zip(scaled, [1.0, 2, 3, 4]).map { $0 * $1 }
    expect(try normalized("instance"), own.map { -$0 } + own)
  }

  /// Channels (1, 2, 3, 6): mean 3, variance 3.5; channels (3, 4, 5, 12): mean 6, variance 12.5.
  @Test func groupNormByHand() throws {
    let (first, second) = (4.5.squareRoot(), 13.5.squareRoot())
    expect(
      try normalized("group"),
      [
        -2 / first, -1 / first * 2, -3 / second * 3, -2 / second * 4, 0, 3 / first * 2,
        -1 / second * 3, 6 / second * 4,
      ])
  }

  /// Mean 4.5, variance 10.25.
  @Test func layerNormByHand() throws {
    let root = 11.25.squareRoot()
    let centred = [-3.5, -2.5, -1.5, -0.5, -1.5, 1.5, 0.5, 7.5].map { $0 / root }
    expect(
      try normalized("layer"), zip(centred, [1.0, 2, 3, 4, 1, 2, 3, 4]).map { $0 * $1 })
    expect(
      try normalized("layer", ["affine": .text("element")]),
      zip(centred, [1.0, 2, 3, 4, 5, 6, 7, 8]).map { $0 * $1 })
  }

  // MARK: Virtual batch

  /// Against moments of the reference batch and the sample, blended as the paper's code does it: means and means of
  /// squares with weights R/(R+1) and 1/(R+1).
  @Test(arguments: shapes) func virtualBatchNormDirectly(_ shape: [Int]) throws {
    let layer = try #require(try Self.layer("virtual-batch", shape))
    let count = shape.reduce(1, *)
    var numbers = TestNumbers(7)
    let x = numbers.uniform(2 * count, -2, 2)
    let reference = numbers.uniform(3 * count, -1, 3)
    let (gain, shift) = (numbers.uniform(4, 0.5, 2), numbers.uniform(4, -1, 1))
    let graph = Graph()
    let y = Self.value(
      layer, graph.input("x", [2] + shape), graph.input("reference", [3] + shape))
    let values = ScalarFunction(graph, [y])([
      ("x", x), ("reference", reference), ("net.0.weight", gain), ("net.0.bias", shift),
    ])[0]
    func moments(_ elements: [Double]) -> (Double, Double) {
      let n = Double(elements.count)
      return (elements.reduce(0, +) / n, elements.reduce(0) { $0 + $1 * $1 } / n)
    }
    for (index, value) in values.enumerated() {
      let (sample, channel) = (index / count, index % 4)
      let own = moments(
        (0..<count / 4).map { x[sample * count + 4 * $0 + channel] })
      let known = moments((0..<3 * count / 4).map { reference[4 * $0 + channel] })
      let mean = own.0 / 4 + known.0 * 3 / 4
      let square = own.1 / 4 + known.1 * 3 / 4
      let expected =
        (x[index] - mean) / (square - mean * mean + 1e-5).squareRoot() * gain[channel]
        + shift[channel]
      #expect(abs(value - expected) < 1e-12)
    }
  }

  /// Through two layers the reference batch arrives at the second as the first one normalized it by itself.
  @Test func referenceGoesAlongside() throws {
    let settings: ValueMap = [
      "hidden": .list([.integer(3), .integer(3)]),
      "normalizer": .map(["name": .text("virtual-batch"), "samples": .integer(4)]),
      "dropout": .real(0.5),
    ]
    let network = try Network(
      .critic, settings: ParameterType.group(Network.parameters).complete(.map(settings)),
      inputShape: [2], outputShape: [1])
    #expect(network.states[0].name == "critic.reference")
    #expect(network.states[0].state.shape == [4, 2])
    let graph = Graph()
    let x = graph.input("x", [4, 2])
    let pass = ForwardPass(states: "critic", mode: .evaluation, name: "real")
    let y = network.apply(x, pass)
    // By hand: the reference batch through the same layers, each normalized by itself up to the second.
    let stack = network.layers
    func linear(_ position: Int, _ x: Tensor) -> Tensor {
      stack[position].apply(x, name: "critic.\(position)", pass)
    }
    let reference = linear(0, graph.state("critic.reference", [4, 2]))
    let second = linear(4, linear(2, stack[1].apply(reference, name: "critic.1", pass)))
    var blended = pass
    blended.reference = reference
    let first = linear(4, linear(2, stack[1].apply(linear(0, x), name: "critic.1", blended)))
    blended.reference = second
    let end = linear(8, linear(6, stack[5].apply(first, name: "critic.5", blended)))
    var numbers = TestNumbers(5)
    var values: NamedValues = [("x", numbers.uniform(8, -1, 1))]
    for state in graph.states {
      values.append((state.name, numbers.uniform(state.shape.reduce(1, *), -1, 1)))
    }
    let results = ScalarFunction(graph, [y, end])(values)
    #expect(results[0] == results[1])
  }

  // MARK: Mistakes and starts

  @Test func whatDoesNotFit() throws {
    func message(_ name: String, _ shape: [Int], _ members: ValueMap = [:]) throws -> String? {
      let entry = try #require(normalizerTable[name])
      do {
        _ = try entry.body.layer(shape, normalizerTable.arguments(name, members))
        return nil
      } catch let error as NetworkError {
        return error.message
      }
    }
    #expect(try message("instance", [8])?.contains("a vector of 8 arrives") == true)
    #expect(try message("instance", [1, 1, 8])?.contains("1×1 maps of 8 channels") == true)
    #expect(try message("group", [4, 4, 48])?.contains("48 features between 32") == true)
    #expect(try message("group", [32])?.contains("gives zeros") == true)
    #expect(try message("group", [4, 4, 32]) == nil)
  }

  @Test func gainsDeviateOnRequest() throws {
    func gains(_ deviation: Double) throws -> [Double] {
      let settings: ValueMap = [
        "hidden": .list([.integer(5000)]),
        "normalizer": .map(["name": .text("batch"), "gainDeviation": .real(deviation)]),
      ]
      let network = try Network(
        .critic, settings: ParameterType.group(Network.parameters).complete(.map(settings)),
        inputShape: [2], outputShape: [1])
      return try #require(network.initialValues(seed: 1).first { $0.name == "critic.1.weight" })
        .values
    }
    #expect(try gains(0).allSatisfy { $0 == 1 })
    let drawn = try gains(0.02)
    let mean = drawn.reduce(0, +) / 5000
    let variance = drawn.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 5000
    #expect(abs(mean - 1) < 5 * 0.02 / 5000.0.squareRoot())
    #expect(abs(variance / 0.0004 - 1) < 5 * (2 / 5000.0).squareRoot())
  }
}
