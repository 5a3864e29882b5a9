import Engine
import Schedules

/// A state that a layer declares.
public struct LayerState: Hashable, Sendable {
  /// What a state is for.
  public enum Role: Hashable, Sendable {
    /// A weight matrix, which initializers draw and constraints act on: `[out, in]`.
    case weight
    /// A parameter that starts at a number.
    case parameter(start: Double)
    /// A statistic that is not trained.
    case statistic(start: Double)
  }

  /// The name after the layer's own, as in PyTorch's `state_dict`.
  public let name: String
  /// The extent of each axis.
  public let shape: [Int]
  /// What it is for.
  public let role: Role

  /// Whether an optimizer trains it.
  public var isTrained: Bool {
    switch role {
    case .weight, .parameter: true
    case .statistic: false
    }
  }
}

/// One layer of a sequential network.
public protocol Layer: Sendable {
  /// The layer's states.
  var states: [LayerState] { get }
  /// Whether the layer is put between those of the plain network: a normalizer or dropout.
  var isInserted: Bool { get }
  /// The layer applied to a batch; `name` is the layer's own name, `network.index`.
  func apply(_ x: Tensor, name: String, _ pass: ForwardPass) -> Tensor
}

extension Layer {
  /// A layer of the plain network, unless it says otherwise.
  public var isInserted: Bool { false }
}

/// y = xWᵀ + b with W of shape `[outputs, inputs]`.
struct Linear: Layer {
  let inputs: Int
  let outputs: Int

  /// Declares the layer.
  init(_ inputs: Int, _ outputs: Int) {
    self.inputs = inputs
    self.outputs = outputs
  }

  var states: [LayerState] {
    [
      LayerState(name: "weight", shape: [outputs, inputs], role: .weight),
      LayerState(name: "bias", shape: [outputs], role: .parameter(start: 0)),
    ]
  }

  func apply(_ x: Tensor, name: String, _ pass: ForwardPass) -> Tensor {
    let flat = x.reshaped([x.shape[0], x.count / x.shape[0]])
    let weight = pass.weight(
      "\(name).weight", x.graph.state("\(name).weight", [outputs, inputs]))
    return flat.matmul(weight.transposed) + x.graph.state("\(name).bias", [outputs])
  }
}

/// A function of each element.
struct ActivationLayer: Layer {
  let function: @Sendable (Tensor) -> Tensor

  /// Wraps a function.
  init(_ function: @escaping @Sendable (Tensor) -> Tensor) { self.function = function }

  var states: [LayerState] { [] }

  func apply(_ x: Tensor, name: String, _ pass: ForwardPass) -> Tensor { function(x) }
}

/// Dropout: in training each element is kept with probability 1 − rate and divided by it.
///
/// The stream `dropout/<layer>/<pass>` gives one uniform number u per element, which is kept where u > rate. Source: 1207.0580.
struct Dropout: Layer {
  let isInserted = true
  let rate: Coefficient

  /// Declares the layer with the probability of dropping an element.
  init(rate: Coefficient) { self.rate = rate }

  var states: [LayerState] { [] }

  func apply(_ x: Tensor, name: String, _ pass: ForwardPass) -> Tensor {
    guard pass.mode == .training else { return x }
    let uniform = x.graph.draw("dropout/\(name)/\(pass.name)", .uniform, x.shape)
    let kept = Tensor.combine(.greater, uniform, rate.tensor(in: x.graph))
    return x * (kept * rate.complement(in: x.graph).reciprocal())
  }
}

/// Batch normalization over the first axis of `[batch, features]`.
///
/// Training: y = γ(x − μ)/√(σ² + ε) + β with the batch's mean and biased variance, both differentiated; the running
/// statistics take `momentum` of the batch's mean and unbiased variance, as in PyTorch. They change only in the
/// step of the network that the layer belongs to. Evaluation uses the running statistics. Source: 1502.03167.
struct BatchNorm: Layer {
  let isInserted = true
  let features: Int
  let momentum: Double
  let epsilon: Double

  /// Declares the layer.
  init(_ features: Int, momentum: Double, epsilon: Double) {
    self.features = features
    self.momentum = momentum
    self.epsilon = epsilon
  }

  var states: [LayerState] {
    [
      LayerState(name: "weight", shape: [features], role: .parameter(start: 1)),
      LayerState(name: "bias", shape: [features], role: .parameter(start: 0)),
      LayerState(name: "running_mean", shape: [features], role: .statistic(start: 0)),
      LayerState(name: "running_var", shape: [features], role: .statistic(start: 1)),
    ]
  }

  func apply(_ x: Tensor, name: String, _ pass: ForwardPass) -> Tensor {
    let graph = x.graph
    func state(_ suffix: String) -> Tensor { graph.state("\(name).\(suffix)", [features]) }
    let (mean, variance): (Tensor, Tensor)
    switch pass.mode {
    case .training:
      mean = x.mean(over: [0])
      variance = (x - mean).square().mean(over: [0])
      if let pending = pass.pending {
        let count = Double(x.shape[0])
        let unbiased = variance * (count / max(count - 1, 1))
        record(mean, "\(name).running_mean", pending)
        record(unbiased, "\(name).running_var", pending)
      }
    case .evaluation: (mean, variance) = (state("running_mean"), state("running_var"))
    }
    let scale = state("weight") / (variance + epsilon).sqrt()
    return (x - mean) * scale + state("bias")
  }

  private func record(_ statistic: Tensor, _ state: String, _ pending: PendingUpdates) {
    let old = pending[state] ?? statistic.graph.state(state, [features])
    pending[state] = (1 - momentum) * old + momentum * statistic.stopGradient()
  }
}
