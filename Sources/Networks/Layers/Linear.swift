import Engine

/// y = xWᵀ + b with W of shape `[outputs, inputs]`; feature maps are flattened first, as PyTorch flattens them.
struct Linear: Layer {
  let inputs: Int
  let outputs: Int
  let hasBias: Bool
  private let start: LayerState.Start?

  /// Declares the layer.
  ///
  /// - Parameter start: where the weight starts, row by row; nil for where initializers say.
  init(
    _ inputs: Int, _ outputs: Int, hasBias: Bool = true, start: LayerState.Start? = nil
  ) {
    self.inputs = inputs
    self.outputs = outputs
    self.hasBias = hasBias
    self.start = start
  }

  var states: [LayerState] {
    let weight = LayerState(
      name: "weight", shape: [outputs, inputs],
      role: .weight(WeightForm(outputs: outputs, inputs: inputs)), start: start)
    return hasBias ? [weight, .bias(outputs)] : [weight]
  }

  func outputShape(of input: [Int]) -> [Int] { [outputs] }

  func apply(_ x: Tensor, name: String, _ pass: ForwardPass) -> Tensor {
    let weight = pass.weight(
      "\(name).weight", x.graph.state("\(name).weight", [outputs, inputs]))
    let product = x.flattenedSamples.matmul(weight.transposed)
    return hasBias ? product + x.graph.state("\(name).bias", [outputs]) : product
  }
}

extension LayerState {
  /// One number per output that is added, 0 at the start.
  static func bias(_ count: Int) -> LayerState {
    LayerState(name: "bias", shape: [count], role: .parameter(start: 0))
  }
}
