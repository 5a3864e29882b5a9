import Arrays
import Engine

/// A state that a layer declares.
public struct LayerState: Hashable, Sendable {
  /// What a state is for.
  public enum Role: Hashable, Sendable {
    /// A weight, which initializers draw and constraints act on: `[out, in]`, `[out, kh, kw, in]`, or `[in, kh, kw, out]`
    /// of a transposed convolution.
    case weight(WeightForm)
    /// A parameter that starts at a number, or around it with a normal deviation.
    case parameter(start: Double, deviation: Double = 0)
    /// A statistic that is not trained.
    case statistic(start: Double)
    /// A batch of the network's inputs that is drawn before training and kept.
    case reference
  }

  /// First values that settings give, or around them.
  public struct Start: Hashable, Sendable {
    /// One number for each element.
    public let values: [Double]
    /// The standard deviation of normal numbers that are added to them.
    public let deviation: Double

    /// The first values, with the numbers of a stream where they deviate.
    func drawn(from stream: RandomStream) -> [Double] {
      guard deviation > 0 else { return values }
      return zip(values, stream.normal(values.count)).map { $0 + deviation * Double($1) }
    }
  }

  /// The name after the layer's own, as in PyTorch's `state_dict`.
  public let name: String
  /// The extent of each axis.
  public let shape: [Int]
  /// What it is for.
  public let role: Role
  /// Where it starts when the layer itself says so; nil where its role does.
  public let start: Start?

  /// Declares a state.
  init(name: String, shape: [Int], role: Role, start: Start? = nil) {
    self.name = name
    self.shape = shape
    self.role = role
    self.start = start
  }

  /// Whether an optimizer trains it.
  public var isTrained: Bool {
    switch role {
    case .weight, .parameter: true
    case .statistic, .reference: false
    }
  }

  /// What a weight says of itself; nil for other states.
  public var weightForm: WeightForm? {
    if case .weight(let form) = role { form } else { nil }
  }
}

/// One layer of a network.
///
/// A sample is a vector `[features]` or feature maps `[height, width, channels]`; a batch has one axis more in front.
public protocol Layer: Sendable {
  /// The layer's states.
  var states: [LayerState] { get }
  /// Whether the layer normalizes, or has a layer that does.
  var isNormalizer: Bool { get }
  /// Whether the layer is put between those of the plain network: a normalizer or dropout.
  var isInserted: Bool { get }
  /// The number of samples in the reference batch that the layer normalizes with; nil where it needs none.
  var referenceCount: Int? { get }
  /// The shape of a sample of the output.
  func outputShape(of input: [Int]) -> [Int]
  /// The layer for samples of a shape as PyTorch writes it, `Linear(2, 64)`, with the reshapes that PyTorch needs before it.
  func modules(for input: [Int]) -> [String]
  /// The layer applied to a batch; `name` is the layer's own name, `network.index`.
  func apply(_ x: Tensor, name: String, _ pass: ForwardPass) -> Tensor
}

extension Layer {
  /// None, unless the layer says otherwise.
  public var states: [LayerState] { [] }
  /// No normalizer, unless it says otherwise.
  public var isNormalizer: Bool { false }
  /// A layer of the plain network, unless it says otherwise.
  public var isInserted: Bool { false }
  /// No reference batch, unless the layer says otherwise.
  public var referenceCount: Int? { nil }
  /// The shape of the input, unless the layer says otherwise.
  public func outputShape(of input: [Int]) -> [Int] { input }
}

extension [(name: String, layer: any Layer)] {
  /// All states in the order of declaration, their names with those of the layers before them.
  var states: [LayerState] {
    flatMap { name, layer in
      layer.states.map {
        LayerState(name: "\(name).\($0.name)", shape: $0.shape, role: $0.role, start: $0.start)
      }
    }
  }

  /// The layers one after the other. The reference batch, where there is one, goes through them alongside: each layer
  /// sees what arrives of it there.
  ///
  /// - Parameter visit: sees each layer with what arrives at it.
  func apply(
    _ x: Tensor, name: String, _ pass: ForwardPass,
    visit: (_ layer: any Layer, _ input: Tensor) -> Void = { _, _ in }
  ) -> Tensor {
    var (value, pass) = (x, pass)
    for (suffix, layer) in self {
      let name = "\(name).\(suffix)"
      visit(layer, value)
      value = layer.apply(value, name: name, pass)
      if let reference = pass.reference {
        pass.reference = layer.apply(reference, name: name, pass.ofReference)
      }
    }
    return value
  }
}
