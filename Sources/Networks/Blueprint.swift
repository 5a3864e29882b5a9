import Catalog
import Engine
import Schedules

/// What an architecture builds a network from: shapes, and the settings that all architectures share.
struct Blueprint: Sendable {
  /// Whether the layers lead from latents to samples, as a generator's, or from samples to numbers, as a critic's.
  let player: Player
  /// The shape of a sample of the input.
  let inputShape: [Int]
  /// The shape that a sample of the output must have.
  let outputShape: [Int]
  /// The widths of a perceptron's hidden layers.
  let hidden: [Int]
  /// The function after hidden layers.
  let activation: ActivationLayer
  private let normalizer: Normalizer
  private let normalizerArguments: Arguments
  private let dropoutLayer: Dropout?

  /// - Parameters:
  ///   - settings: a complete value of `Network.parameters`.
  ///   - owner: the player whose settings these are.
  init(
    _ player: Player, settings: Value, inputShape: [Int], outputShape: [Int], owner: Player
  ) {
    let arguments = Arguments(settings.asMap ?? [:])
    self.player = player
    self.inputShape = inputShape
    self.outputShape = outputShape
    hidden = arguments.integers("hidden")
    let (function, functionArguments) = activationTable.selection(arguments.value("activation"))
    activation = function.body.layer(functionArguments)
    let (entry, own) = normalizerTable.selection(arguments.value("normalizer"))
    (normalizer, normalizerArguments) = (entry.body, own)
    let rate = arguments.coefficient("dropout")
    dropoutLayer =
      rate.constant == 0
      ? nil
      : Dropout(
        rate: Coefficient(rate, key: "\(owner.rawValue).dropout"),
        ofChannels: arguments.text("dropoutUnit") == "channel")
  }

  /// The normalizer's layer for samples of a shape; nil for none.
  func normalizer(_ shape: [Int]) throws -> (any Layer)? {
    try normalizer.layer(shape, normalizerArguments)
  }

  /// Whether the normalizer undoes a bias before it.
  var normalizerRemovesShift: Bool { normalizer.removesShift }

  /// The layer of dropout behind a hidden layer; nil for none.
  var dropout: Dropout? { dropoutLayer }
}

/// Layers in the making, with the shape of what comes out of the last one.
struct LayerStack {
  let blueprint: Blueprint
  private(set) var layers: [any Layer] = []
  private(set) var shape: [Int]

  /// Nothing yet.
  init(_ blueprint: Blueprint) {
    self.blueprint = blueprint
    shape = blueprint.inputShape
  }

  /// The most numbers that a sample or a weight may have: as many as 32 bits count.
  private static let mostNumbers = Int(Int32.max)

  /// Puts a layer on top.
  ///
  /// - Throws: where what comes out of the layer, or one of its weights, has too many numbers.
  mutating func append(_ layer: any Layer) throws {
    layers.append(layer)
    shape = layer.outputShape(of: shape)
    let sizes = layer.states.map { ("weights of shape", $0.shape) } + [("samples of shape", shape)]
    for (what, shape) in sizes where shape.reduce(1, *) > Self.mostNumbers {
      throw NetworkError(
        "it has \(what) \(shape), which are more than \(Self.mostNumbers) numbers")
    }
  }

  /// Puts a layer on top, where there is one.
  mutating func append(optional layer: (any Layer)?) throws {
    if let layer { try append(layer) }
  }

  /// Puts a linear layer on top.
  mutating func appendLinear(_ outputs: Int, hasBias: Bool = true) throws {
    try append(Linear(shape.reduce(1, *), outputs, hasBias: hasBias))
  }

  /// What stands behind a hidden layer: normalizer, activation, dropout.
  mutating func activate(isNormalized: Bool = true) throws {
    if isNormalized { try append(optional: try blueprint.normalizer(shape)) }
    try append(blueprint.activation)
    try append(optional: blueprint.dropout)
  }

  /// Takes off what feature maps have more than an image of `outputShape`.
  mutating func cropToOutput() throws {
    let (height, width) = (blueprint.outputShape[0], blueprint.outputShape[1])
    if shape[0] != height || shape[1] != width {
      try append(Crop(height: height, width: width))
    }
  }
}
