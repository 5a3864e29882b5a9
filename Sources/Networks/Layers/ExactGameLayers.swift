import Engine

/// One vector for every sample of the batch, whatever the input is.
struct Point: Layer {
  let start: LayerState.Start

  private var size: Int { start.values.count }

  var states: [LayerState] { [.vector("weight", start)] }

  func outputShape(of input: [Int]) -> [Int] { [size] }

  func apply(_ x: Tensor, name: String, _ pass: ForwardPass) -> Tensor {
    x.graph.state("\(name).weight", [size]).broadcast(to: [x.shape[0], size])
  }
}

/// y = a⊙x + b on vectors.
struct Scaling: Layer {
  let scale: LayerState.Start
  let shift: LayerState.Start

  var states: [LayerState] { [.vector("weight", scale), .vector("bias", shift)] }

  func apply(_ x: Tensor, name: String, _ pass: ForwardPass) -> Tensor {
    let shape = [scale.values.count]
    return x * x.graph.state("\(name).weight", shape) + x.graph.state("\(name).bias", shape)
  }
}

/// The elements of a vector, then their squares.
struct SquaresAppended: Layer {
  func outputShape(of input: [Int]) -> [Int] { [2 * input[0]] }

  func apply(_ x: Tensor, name: String, _ pass: ForwardPass) -> Tensor {
    .concatenated([x, x.square()], axis: 1)
  }
}

extension LayerState {
  /// A trained vector.
  fileprivate static func vector(_ name: String, _ start: Start) -> LayerState {
    LayerState(
      name: name, shape: [start.values.count], role: .parameter(start: 0), start: start)
  }
}
