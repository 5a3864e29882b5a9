import Catalog
import Engine
import Testing

@testable import Networks

/// Every architecture: shapes of all sizes, names of states, derivatives, and what does not fit.
@Suite struct ArchitectureTests {
  static let images = ["mlp", "dcgan", "sndcgan", "resnet"]

  static func network(
    _ player: Player, _ architecture: ValueMap, sample: [Int], latent: Int = 5,
    _ members: ValueMap = [:]
  ) throws -> Network {
    var settings: ValueMap = ["architecture": .map(architecture)]
    settings.merge(members) { _, new in new }
    let complete = ParameterType.group(Network.parameters).complete(.map(settings))
    return player == .generator
      ? try Network(player, settings: complete, inputShape: [latent], outputShape: sample)
      : try Network(player, settings: complete, inputShape: sample, outputShape: [1])
  }

  /// The shape of the output on a batch of two, as the graph has it before the network's own reshaping.
  private static func shapes(_ network: Network) -> (inferred: [Int], actual: [Int]) {
    let graph = Graph()
    var x = graph.input("x", [2] + network.inputShape)
    let pass = ForwardPass(states: network.name, mode: .training, name: "real")
    for (position, layer) in network.layers.enumerated() {
      x = layer.apply(x, name: "\(network.name).\(position)", pass)
    }
    return (
      network.layers.reduce(network.inputShape) { $1.outputShape(of: $0) }, Array(x.shape[1...])
    )
  }

  @Test(arguments: images, 8...64) func shapesOfAllSizes(_ architecture: String, _ size: Int) throws
  {
    for sample in [[size, size, 1], [size, 8, 3]] {
      for player in Player.allCases {
        var settings: ValueMap = ["name": .text(architecture)]
        if architecture != "mlp" { settings["width"] = .integer(1) }
        let network = try Self.network(player, settings, sample: sample)
        let (inferred, actual) = Self.shapes(network)
        #expect(inferred == actual, "\(player) \(sample)")
        #expect(actual.reduce(1, *) == network.outputShape.reduce(1, *), "\(player) \(sample)")
      }
    }
  }

  /// Odd kernels double and halve as even ones do.
  @Test(arguments: [3, 4, 5], 8...33) func kernels(_ kernel: Int, _ size: Int) throws {
    let settings: ValueMap = [
      "name": .text("dcgan"), "width": .integer(1), "kernel": .integer(kernel),
    ]
    let generator = try Self.network(.generator, settings, sample: [size, size, 1])
    #expect(Self.shapes(generator).actual == [size, size, 1])
    let critic = try Self.network(.critic, settings, sample: [size, size, 1])
    #expect(Self.shapes(critic).actual == [1, 1, 1])
  }

  /// The channels and sizes of 1511.06434 for 64×64 images, and 7×7 for the 28×28 of MNIST.
  @Test func mapsOfDCGAN() throws {
    func maps(_ player: Player, _ size: Int) throws -> [[Int]] {
      let network = try Self.network(player, ["name": .text("dcgan")], sample: [size, size, 3])
      var shape = network.inputShape
      return network.layers.compactMap { layer in
        shape = layer.outputShape(of: shape)
        return layer is Convolution || layer is TransposedConvolution ? shape : nil
      }
    }
    #expect(
      try maps(.generator, 64) == [
        [4, 4, 512], [8, 8, 256], [16, 16, 128], [32, 32, 64], [64, 64, 3],
      ])
    #expect(
      try maps(.critic, 64) == [
        [32, 32, 64], [16, 16, 128], [8, 8, 256], [4, 4, 512], [1, 1, 1],
      ])
    #expect(try maps(.generator, 28) == [[7, 7, 128], [14, 14, 64], [28, 28, 3]])
    #expect(try maps(.generator, 8) == [[4, 4, 64], [8, 8, 3]])
  }

  @Test func namesAsInPyTorch() throws {
    let sample = [8, 8, 1]
    let batch: ValueMap = ["normalizer": .text("batch")]
    let generator = try Self.network(
      .generator, ["name": .text("dcgan"), "width": .integer(2)], sample: sample, batch)
    #expect(
      generator.states.map(\.name) == [
        "generator.0.weight", "generator.1.weight", "generator.1.bias", "generator.1.running_mean",
        "generator.1.running_var", "generator.3.weight", "generator.3.bias",
      ])
    let critic = try Self.network(
      .critic, ["name": .text("resnet"), "width": .integer(2)], sample: sample, batch)
    let names = critic.states.map(\.name).filter { !$0.contains("running") }
    #expect(
      names.prefix(6) == [
        "critic.0.conv1.weight", "critic.0.conv1.bias", "critic.0.conv2.weight",
        "critic.0.conv2.bias", "critic.0.shortcut.weight", "critic.0.shortcut.bias",
      ])
    #expect(names.contains("critic.1.norm1.weight") && !names.contains("critic.1.shortcut.weight"))
  }

  /// Normalizers and dropout shift no stream that draws a weight, and every weight has a stream of its own.
  @Test(arguments: images)
  func startsAreUnaffectedByInsertedLayers(_ architecture: String) throws {
    for player in Player.allCases {
      func streams(_ members: ValueMap) throws -> [String] {
        var settings: ValueMap = ["name": .text(architecture)]
        if architecture != "mlp" { settings["width"] = .integer(2) }
        let network = try Self.network(player, settings, sample: [16, 16, 1], members)
        return network.states.filter { $0.state.weightForm != nil }.map {
          network.initialStream(of: $0.name)
        }
      }
      let plain = try streams([:])
      #expect(Set(plain).count == plain.count)
      #expect(try streams(["normalizer": .text("batch"), "dropout": .real(0.5)]) == plain)
    }
  }

  /// Where a normalizer follows there is no bias, unless it is asked for.
  @Test func biases() throws {
    func count(_ bias: String, _ members: ValueMap = [:]) throws -> Int {
      let network = try Self.network(
        .critic, ["name": .text("dcgan"), "width": .integer(2), "bias": .text(bias)],
        sample: [16, 16, 1], members)
      return zip(network.layers, 0...).count { layer, position in
        layer is Convolution && layer.states.count == 2
      }
    }
    let batch: ValueMap = ["normalizer": .text("batch")]
    #expect(try count("auto") == 3 && count("always") == 3 && count("never") == 0)
    #expect(try count("auto", batch) == 2 && count("always", batch) == 3)
  }

  @Test(arguments: ["dcgan", "sndcgan", "resnet"]) func derivatives(_ architecture: String) throws {
    let normalizer = Value.map(["name": .text("group"), "groups": .integer(1)])
    for player in Player.allCases {
      let network = try Self.network(
        player, ["name": .text(architecture), "width": .integer(1)], sample: [8, 8, 1], latent: 2,
        ["activation": .text("tanh"), "normalizer": normalizer])
      let error = gradientError([[1] + network.inputShape], lower: -0.7, upper: 0.7) {
        network.apply($0[0], ForwardPass(states: network.name, mode: .training, name: "real"))
      }
      #expect(error < 1e-7, "\(player)")
    }
  }

  // MARK: Lists

  private static func list(
    _ player: Player, _ layers: [Value], sample: [Int] = [8, 8, 1]
  ) throws -> Network {
    try network(player, ["name": .text("sequential"), "layers": .list(layers)], sample: sample)
  }

  private static func one(_ name: String, _ value: Value) -> Value { .map([name: value]) }

  @Test func listedLayers() throws {
    let generator = try Self.list(
      .generator,
      [
        Self.one("linear", .integer(32)), .text("batch"), .text("relu"),
        Self.one("reshape", .list([.integer(2), .integer(2), .integer(8)])),
        Self.one("upsample", .integer(2)), Self.one("dropout", .real(0.2)),
        Self.one(
          "conv-transposed",
          .map([
            "channels": .integer(1), "kernel": .integer(4), "stride": .integer(2),
            "padding": .integer(1),
          ])), .text("tanh"),
      ])
    #expect(generator.layers.count == 8)
    #expect(
      generator.states.map(\.name).filter { !$0.contains("running") } == [
        "generator.0.weight", "generator.0.bias", "generator.1.weight", "generator.1.bias",
        "generator.6.weight", "generator.6.bias",
      ])
    #expect(generator.initialStream(of: "generator.6.weight") == "init/generator.4.weight")
    let critic = try Self.list(
      .critic,
      [
        Self.one("conv", .integer(4)), .text("silu"), .text("global-sum"),
        Self.one("linear", .integer(1)),
      ])
    #expect(Self.shapes(critic).actual == [1])
  }

  /// The mistake of a list: its key and a part of its message.
  @Test func mistakes() throws {
    func mistake(_ player: Player, _ layers: [Value]) -> NetworkError? {
      do {
        _ = try Self.list(player, layers)
        return nil
      } catch { return error as? NetworkError }
    }
    let linear = Self.one("linear", .integer(30))
    let cases: [(Player, [Value], String, String)] = [
      (
        .generator, [linear, .text("upsample")], ".1",
        "layer 2, upsample: it needs feature maps, but a vector of 30 arrives"
      ),
      (
        .generator, [linear, Self.one("reshape", .list([.integer(4), .integer(4), .integer(2)]))],
        ".1", "4×4 maps of 2 channels are 32 numbers, but a vector of 30 arrives, which has 30"
      ),
      (
        .critic, [Self.one("conv", .map(["channels": .integer(1), "kernel": .integer(9)]))], ".0",
        "9×9 does not fit into 8×8"
      ),
      (
        .critic, [.text("instance"), .text("global-mean"), .text("instance")], ".2",
        "a vector of 1 arrives"
      ),
      (
        .critic, [Self.one("max-pool", .map(["size": .integer(2), "padding": .integer(2)]))], ".0",
        "'padding' must be less"
      ),
      (
        .generator,
        [
          Self.one(
            "conv-transposed", .map(["channels": .integer(1), "outputPadding": .integer(1)]))
        ],
        ".0", "'outputPadding' must be less than 'stride'"
      ),
      (
        .generator,
        [Self.one("conv-transposed", .map(["channels": .integer(1), "padding": .integer(2)]))],
        ".0", "leaves nothing"
      ),
      (
        .generator, [linear], "", "ends with a vector of 30, but the data are 8×8 maps of 1 channel"
      ),
      (.critic, [linear], "", "a critic gives one number"),
      (
        .critic,
        [
          .map(["virtual-batch": .map(["samples": .integer(4)])]), .text("virtual-batch"),
          Self.one("linear", .integer(1)),
        ], "", "share one reference batch"
      ),
    ]
    for (player, layers, key, message) in cases {
      let error = mistake(player, layers)
      #expect(error?.keyPath == "architecture.layers\(key)", "\(message)")
      #expect(error?.message.contains(message) == true, "\(error?.message ?? "none")")
    }
  }

  @Test func whatIsNoImage() throws {
    func message(_ name: String, _ sample: [Int], _ members: ValueMap = [:]) -> String {
      do {
        var settings: ValueMap = ["name": .text(name)]
        settings.merge(members) { _, new in new }
        _ = try Self.network(.generator, settings, sample: sample)
        return ""
      } catch { return (error as? NetworkError)?.message ?? "" }
    }
    for name in ["dcgan", "sndcgan", "resnet"] {
      #expect(
        message(name, [2]) == "\(name) is for images, and the data's samples are a vector of 2")
      #expect(message(name, [7, 9, 1]).contains("at least 8×8, not 7×9"))
    }
    #expect(message("dcgan", [8, 8, 1], ["depth": .integer(4)]).contains("at least 16×16"))
    #expect(message("dcgan", [8, 8, 1], ["depth": .integer(3)]).isEmpty)
  }
}
