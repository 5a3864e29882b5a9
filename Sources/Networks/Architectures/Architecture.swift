import Catalog

/// A form of network.
public struct Architecture: Sendable {
  /// The settings of `Network.parameters` that do not reach the network.
  public let unusedSettings: [String]
  /// The entry's own settings that mean nothing to a generator.
  public let criticSettings: [String]
  /// The layers, without the generator's output function.
  let layers: @Sendable (Blueprint, Arguments) throws -> [any Layer]

  init(
    unused unusedSettings: [String] = ["hidden"], criticOnly criticSettings: [String] = [],
    _ layers: @escaping @Sendable (Blueprint, Arguments) throws -> [any Layer]
  ) {
    self.unusedSettings = unusedSettings
    self.criticSettings = criticSettings
    self.layers = layers
  }
}

/// The architectures that an experiment file can name, for each network separately.
public let architectureTable = Table<Architecture>(
  "architecture", [perceptron, dcgan, sndcgan, resnet, sequential] + exactGames)

private let perceptron = Entry(
  EntryDescription(
    "mlp",
    "A multilayer perceptron of the widths in 'hidden'; per hidden layer linear, normalizer, activation, dropout. Images are flattened"
  ),
  Architecture(unused: []) { blueprint, _ in
    var stack = LayerStack(blueprint)
    for hidden in blueprint.hidden {
      try stack.appendLinear(hidden)
      try stack.activate()
    }
    try stack.appendLinear(blueprint.outputShape.reduce(1, *))
    return stack.layers
  })

// MARK: Images

extension Blueprint {
  /// The shape of the images: what the generator puts out and the critic takes in.
  ///
  /// - Throws: where samples are no images, or smaller than `smallest` pixels along an axis.
  func imageShape(_ architecture: String, smallest: Int) throws -> [Int] {
    let shape = player == .generator ? outputShape : inputShape
    guard shape.count == 3 else {
      throw NetworkError(
        "\(architecture) is for images, and the data's samples are \(shapeText(shape))")
    }
    guard min(shape[0], shape[1]) >= smallest else {
      throw NetworkError(
        "\(architecture) needs images of at least \(smallest)×\(smallest), not "
          + "\(shape[0])×\(shape[1])")
    }
    return shape
  }
}

/// The largest number of halvings that leave at least `smallest` pixels along the shorter axis.
func halvings(_ image: [Int], smallest: Int) -> Int {
  let extent = min(image[0], image[1])
  return (0...).prefix { extent >= smallest << $0 }.last ?? 0
}

/// The map from which `depth` doublings reach the image, or the first size beyond it that they can reach.
func startingMap(_ image: [Int], depth: Int) -> [Int] {
  image[..<2].map { ($0 + 1 << depth - 1) >> depth }
}

/// The setting of an architecture's channels.
func widthParameter(_ standard: Int, _ summary: String) -> Parameter {
  .integer("width", 1...4096, default: standard, summary)
}
