import Arrays
import Catalog
import Engine
import Schedules

/// A sequential network: layers named by position, as PyTorch's `nn.Sequential` names them.
public struct Network: Sendable {
  /// `generator` or `critic`.
  public let name: String
  /// The layers in order.
  public let layers: [any Layer]
  /// The shape of one sample of the output.
  public let outputShape: [Int]
  private let initializer: Value

  /// Joins layers.
  ///
  /// - Parameter initializer: a complete entry of `initializerTable`.
  public init(name: String, layers: [any Layer], outputShape: [Int], initializer: Value) {
    self.name = name
    self.layers = layers
    self.outputShape = outputShape
    self.initializer = initializer
  }

  /// A multilayer perceptron: per hidden width a linear layer, the normalizer, the activation and dropout; then a linear layer.
  ///
  /// - Parameters:
  ///   - inputs: the number of inputs.
  ///   - settings: a complete value of `perceptronParameters`.
  ///   - outputShape: the shape of one sample of the output.
  ///   - outputActivation: what is applied to the last linear layer, or nil.
  public init(
    perceptron name: String, inputs: Int, settings: Value, outputShape: [Int],
    outputActivation: (@Sendable (Tensor) -> Tensor)? = nil
  ) {
    let arguments = Arguments(settings.asMap ?? [:])
    let (activation, activationArguments) = activationTable.selection(arguments.value("activation"))
    let (normalizer, normalizerArguments) = normalizerTable.selection(arguments.value("normalizer"))
    let dropout = arguments.coefficient("dropout")
    var layers: [any Layer] = []
    var width = inputs
    for hidden in arguments.integers("hidden") {
      layers.append(Linear(width, hidden))
      if let layer = normalizer.body(hidden, normalizerArguments) { layers.append(layer) }
      layers.append(ActivationLayer { activation.body($0, activationArguments) })
      if dropout.constant != 0 {
        layers.append(Dropout(rate: Coefficient(dropout, key: "\(name).dropout")))
      }
      width = hidden
    }
    layers.append(Linear(width, outputShape.reduce(1, *)))
    if let outputActivation { layers.append(ActivationLayer(outputActivation)) }
    self.init(
      name: name, layers: layers, outputShape: outputShape,
      initializer: arguments.value("initializer"))
  }

  /// The settings that a generator and a critic have in common.
  public static let perceptronParameters: [Parameter] = [
    Parameter(
      "hidden", .list(.integer(1...16384), count: 0...64),
      default: .list([.integer(64), .integer(64)]), "the widths of the hidden layers"),
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
  ]

  /// All states with their full names in the order of declaration.
  public var states: [(name: String, state: LayerState)] {
    layers.enumerated().flatMap { position, layer in
      layer.states.map { ("\(name).\(position).\($0.name)", $0) }
    }
  }

  /// The network applied to a batch.
  public func apply(_ x: Tensor, _ pass: ForwardPass) -> Tensor {
    let result = layers.enumerated().reduce(x) { value, layer in
      layer.element.apply(value, name: "\(pass.states).\(layer.offset)", pass)
    }
    return result.reshaped([x.shape[0]] + outputShape)
  }

  /// The values that the states have before the first step; a weight's come from the stream that `initialStream` names.
  public func initialValues(seed: UInt64) -> [(name: String, values: [Double])] {
    let (entry, arguments) = initializerTable.selection(initializer)
    return states.map { name, state in
      let count = state.shape.reduce(1, *)
      switch state.role {
      case .weight:
        let stream = RandomStream(seed: seed, name: initialStream(of: name))
        return (name, entry.body(state.shape[0], count / state.shape[0], stream, arguments))
      case .parameter(let start), .statistic(let start):
        return (name, Array(repeating: start, count: count))
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
