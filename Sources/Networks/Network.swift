import Arrays
import Catalog
import Engine
import Schedules

/// A network: layers named by position, as PyTorch's `nn.Sequential` names them.
public struct Network: Sendable {
  /// `generator` or `critic`, with which the names of the states begin.
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
  ///   - player: whose network it is.
  ///   - settings: a complete value of `parameters`.
  ///   - inputShape: the shape of a sample of the input: `[features]`, or `[height, width, channels]`.
  ///   - outputShape: the shape of one sample of the output.
  ///   - output: the activation that is applied to the last layer, or `identity`.
  /// - Throws: where shapes do not fit.
  public init(
    _ player: Player, settings: Value, inputShape: [Int], outputShape: [Int],
    output: String = "identity"
  ) throws {
    let blueprint = Blueprint(
      player, settings: settings, inputShape: inputShape, outputShape: outputShape)
    let arguments = Arguments(settings.asMap ?? [:])
    let (architecture, own) = architectureTable.selection(arguments.value("architecture"))
    var layers = try architecture.body.layers(blueprint, own)
    if output != "identity", let activation = activationTable[output]?.body {
      layers.append(activation.layer(Arguments([:])))
    }
    name = player.rawValue
    self.layers = layers
    self.inputShape = inputShape
    self.outputShape = outputShape
    initializer = arguments.value("initializer")
    try checkOutput(architecture.description.name)
    try checkReferences()
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
        name == Player.critic.rawValue
        ? "a critic gives one number" : "the data are \(shapeText(outputShape))"
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
    var pass = pass
    pass.reference = reference.map {
      x.graph.state("\(pass.states).\($0.name)", $0.shape)
    }
    return named.apply(x, name: pass.states, pass).samples(shaped: outputShape)
  }

  /// The values that the states have before the first step, without the reference batch; a weight's come from the stream
  /// that `initialStream` names, and a parameter's that deviate from a number from that stream's `/deviation`.
  public func initialValues(seed: UInt64) -> [(name: String, values: [Double])] {
    let (entry, arguments) = initializerTable.selection(initializer)
    return states.compactMap { name, state in
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
    var parts = state.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    if parts.count > 1, let position = Int(parts[1]), layers.indices.contains(position) {
      parts[1] = String(layers[..<position].count { !$0.isInserted })
    }
    return "init/" + parts.joined(separator: ".")
  }
}
