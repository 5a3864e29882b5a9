import Arrays
import Catalog
import Engine
import Schedules

/// A network: layers named by position, as PyTorch's `nn.Sequential` names them.
public struct Network: Sendable {
  /// `generator` or `critic`, or that of a part of one, with which the names of the states begin.
  public let name: String
  /// The layers in order.
  public let layers: [any Layer]
  /// The shape of one sample of the input.
  public let inputShape: [Int]
  /// The shape of one sample of the output.
  public let outputShape: [Int]
  private let initializer: Value

  /// Builds the network that settings describe.
  ///
  /// - Parameters:
  ///   - player: whether it leads from latents to samples or from samples to numbers.
  ///   - settings: a complete value of `parameters`.
  ///   - inputShape: the shape of a sample of the input: `[features]`, or `[height, width, channels]`.
  ///   - outputShape: the shape of one sample of the output.
  ///   - output: the activation that is applied to the last layer, or `identity`.
  ///   - owner: the player that the network is of, where it leads the other way; its name is then a part's.
  /// - Throws: where shapes do not fit.
  public init(
    _ player: Player, settings: Value, inputShape: [Int], outputShape: [Int],
    output: String = "identity", part: (name: String, owner: Player)? = nil
  ) throws {
    let owner = part?.owner ?? player
    let blueprint = Blueprint(
      player, settings: settings, inputShape: inputShape, outputShape: outputShape, owner: owner)
    let arguments = Arguments(settings.asMap ?? [:])
    let (architecture, own) = architectureTable.selection(arguments.value("architecture"))
    var layers = try architecture.body.layers(blueprint, own)
    if output != "identity", let activation = activationTable[output]?.body {
      layers.append(activation.layer(Arguments([:])))
    }
    name = [owner.rawValue, part?.name].compactMap(\.self).joined(separator: ".")
    self.layers = layers
    self.inputShape = inputShape
    self.outputShape = outputShape
    initializer = arguments.value("initializer")
    try checkOutput(architecture.description.name)
    try checkReferences()
  }

  /// A linear map as a network of one layer, from features to so many numbers.
  ///
  /// - Parameter settings: a complete value of `parameters`, which says how weights are drawn.
  public init(projection name: String, from inputs: Int, to outputs: Int, settings: Value) {
    self.name = name
    layers = [Linear(inputs, outputs)]
    inputShape = [inputs]
    outputShape = [outputs]
    initializer = Arguments(settings.asMap ?? [:]).value("initializer")
  }

  /// The settings that a generator and a critic have in common.
  public static let parameters: [Parameter] = [
    Parameter(
      "architecture", .entry(architectureTable.description), default: .text("mlp"),
      "the form of the network"),
    Parameter(
      "hidden", .list(.integer(1...16384), count: 0...64),
      default: .list([.integer(64), .integer(64)]), "the widths of the hidden layers of an mlp"),
    Parameter(
      "activation", .entry(activationTable.description), default: .text("leaky-relu"),
      "the function after each hidden layer"),
    Parameter(
      "normalizer", .entry(normalizerTable.description), default: .text("none"),
      "the normalizer before each activation"),
    Parameter(
      "initializer", .entry(initializerTable.description), default: .text("he"),
      "how weights are drawn at the start"),
    .coefficient(
      "dropout", .halfOpen(0, 1), default: 0, "the probability of dropping a hidden activation"),
    .choice(
      "dropoutUnit", ["element", "channel"], default: "element",
      "what dropout drops: single elements, or channels with all their pixels"),
  ]

  // MARK: Checks

  private func checkOutput(_ architecture: String) throws {
    let shape = layers.reduce(inputShape) { $1.outputShape(of: $0) }
    let isFlat = [shape, outputShape].contains { $0.count == 1 || $0.dropLast() == [1, 1] }
    let fits = shape == outputShape || (isFlat && shape.reduce(1, *) == outputShape.reduce(1, *))
    guard fits else {
      let wanted =
        name != Player.critic.rawValue
        ? "the data are \(shapeText(outputShape))"
        : outputShape == [1]
          ? "a critic gives one number" : "the loss needs \(shapeText(outputShape)) of it"
      throw NetworkError(
        "the \(architecture) network ends with \(shapeText(shape)), but \(wanted)",
        at: architecture == "sequential" ? "architecture.layers" : "architecture")
    }
  }

  private func checkReferences() throws {
    guard Set(layers.compactMap(\.referenceCount)).count <= 1 else {
      throw NetworkError(
        "all virtual-batch layers share one reference batch; give them the same 'samples'",
        at: "architecture.layers")
    }
    guard reference == nil || !layers.contains(where: { $0 is BatchNorm }) else {
      throw NetworkError(
        "batch norm treats a batch and the reference batch of virtual-batch differently; use one "
          + "of the two", at: "architecture.layers")
    }
  }

  /// Whether some layer normalizes.
  public var isNormalized: Bool { layers.contains { $0.isNormalizer } }

  // MARK: States

  /// All states with their full names in the order of declaration.
  public var states: [(name: String, state: LayerState)] {
    let own = named.states.map { ("\(name).\($0.name)", $0) }
    guard let reference else { return own }
    return [("\(name).\(reference.name)", reference)] + own
  }

  private var named: [(name: String, layer: any Layer)] {
    layers.enumerated().map { (String($0.offset), $0.element) }
  }

  /// The state of the batch of inputs that virtual batch normalization refers to; nil without such a layer.
  private var reference: LayerState? {
    layers.lazy.compactMap(\.referenceCount).first.map {
      LayerState(name: "reference", shape: [$0] + inputShape, role: .reference)
    }
  }

  /// The network applied to a batch.
  public func apply(_ x: Tensor, _ pass: ForwardPass) -> Tensor {
    apply(x, pass) { _, _ in }
  }

  /// The network applied to a batch, with its features on the way.
  ///
  /// Global features are what arrives at the last layer that has weights, as a vector. Local ones are the last feature map,
  /// or, where there is none, the first hidden layer's activations.
  public func applyWithFeatures(
    _ x: Tensor, _ pass: ForwardPass
  ) -> (output: Tensor, local: Tensor, global: Tensor) {
    var (atWeights, map): ([Tensor], Tensor?) = ([], nil)
    let output = apply(x, pass) { layer, input in
      if layer.states.contains(where: { $0.weightForm != nil }) { atWeights.append(input) }
      if input.rank == 4 { map = input }
    }
    let global = atWeights.last ?? x
    return (output, map ?? atWeights.dropFirst().first ?? x, global.flattenedSamples)
  }

  /// The shapes of a sample's features, as `applyWithFeatures` gives them for a batch.
  public var featureShapes: (local: [Int], global: [Int]) {
    let graph = Graph()
    let pass = ForwardPass(states: name, mode: .evaluation, name: "features")
    let features = applyWithFeatures(graph.input("samples", [1] + inputShape), pass)
    return (Array(features.local.shape.dropFirst()), Array(features.global.shape.dropFirst()))
  }

  private func apply(
    _ x: Tensor, _ pass: ForwardPass, visit: (_ layer: any Layer, _ input: Tensor) -> Void
  ) -> Tensor {
    var pass = pass
    pass.reference = reference.map {
      x.graph.state("\(pass.states).\($0.name)", $0.shape)
    }
    return named.apply(x, name: pass.states, pass, visit: visit).samples(shaped: outputShape)
  }

  /// The values that the states have before the first step, without the reference batch; a weight's and those that the
  /// layer itself gives come from the stream that `initialStream` names, and a parameter's that deviate from a number from
  /// that stream's `/deviation`.
  public func initialValues(seed: UInt64) -> [(name: String, values: [Double])] {
    let (entry, arguments) = initializerTable.selection(initializer)
    return states.compactMap { name, state in
      if let start = state.start {
        return (name, start.drawn(from: RandomStream(seed: seed, name: initialStream(of: name))))
      }
      let count = state.shape.reduce(1, *)
      switch state.role {
      case .weight(let form):
        let stream = RandomStream(seed: seed, name: initialStream(of: name))
        return (name, form.arranged(entry.body(form, stream, arguments)))
      case .parameter(let start, let deviation) where deviation > 0:
        let stream = RandomStream(seed: seed, name: initialStream(of: name) + "/deviation")
        return (name, stream.normal(count).map { start + deviation * Double($0) })
      case .parameter(let start, _), .statistic(let start):
        return (name, Array(repeating: start, count: count))
      case .reference: return nil
      }
    }
  }

  /// The stream that draws a state's first values: `init/` and the name that the state would have without normalizers
  /// and dropout, so that these change no initial weight of the layers after them.
  public func initialStream(of state: String) -> String {
    guard state.hasPrefix(name + ".") else { return "init/" + state }
    var parts = state.dropFirst(name.count + 1)
      .split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    if let position = Int(parts[0]), layers.indices.contains(position) {
      parts[0] = String(layers[..<position].count { !$0.isInserted })
    }
    return "init/\(name)." + parts.joined(separator: ".")
  }
}
