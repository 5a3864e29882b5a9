import Catalog
import Engine

/// A function of each element between layers.
public struct Activation: Sendable {
  private let function: @Sendable (Tensor, Arguments) -> Tensor
  private let module: @Sendable (Arguments) -> String

  /// - Parameter module: the function as PyTorch writes it.
  init(
    _ module: String,
    _ function: @escaping @Sendable (Tensor, Arguments) -> Tensor
  ) {
    self.init({ _ in module }, function)
  }

  /// - Parameter module: from the entry's settings to the function as PyTorch writes it.
  init(
    _ module: @escaping @Sendable (Arguments) -> String,
    _ function: @escaping @Sendable (Tensor, Arguments) -> Tensor
  ) {
    self.module = module
    self.function = function
  }

  /// The function of each element of a tensor, with an entry's settings.
  public func callAsFunction(_ x: Tensor, _ arguments: Arguments) -> Tensor {
    function(x, arguments)
  }

  /// The layer that applies the function with an entry's settings.
  func layer(_ arguments: Arguments) -> ActivationLayer {
    ActivationLayer(module: module(arguments)) { self($0, arguments) }
  }
}

/// The activations that an experiment file can name.
public let activationTable = Table<Activation>(
  "activation",
  [
    Entry(
      EntryDescription("relu", "Rectified linear unit", formula: "max(x, 0)"),
      Activation("ReLU()") { x, _ in x.relu() }),
    Entry(
      EntryDescription(
        "leaky-relu", "Rectified linear unit that leaks", formula: "x if x > 0, else slope·x",
        parameters: [.real("slope", .halfOpen(0, 1), default: 0.2, "the slope below zero")]),
      Activation({ "LeakyReLU(\($0.real("slope")))" }) { x, arguments in
        x.leakyRelu(slope: arguments.real("slope"))
      }),
    Entry(
      EntryDescription("tanh", "Hyperbolic tangent", formula: "tanh x"),
      Activation("Tanh()") { x, _ in x.tanh() }),
    Entry(
      EntryDescription("sigmoid", "Logistic function", formula: "1/(1 + e⁻ˣ)"),
      Activation("Sigmoid()") { x, _ in x.sigmoid() }),
    Entry(
      EntryDescription("softplus", "Smooth rectifier", formula: "ln(1 + eˣ)"),
      Activation("Softplus()") { x, _ in x.softplus() }),
    Entry(
      EntryDescription(
        "elu", "Exponential linear unit", formula: "x if x > 0, else eˣ − 1", source: "1511.07289"),
      Activation("ELU()") { x, _ in
        x.step().select(x, x.minimum(with: x.graph.constant(0)).expm1())
      }),
    Entry(
      EntryDescription(
        "silu", "Sigmoid-weighted linear unit", formula: "x/(1 + e⁻ˣ)", source: "1702.03118"),
      Activation("SiLU()") { x, _ in x * x.sigmoid() }),
    Entry(
      EntryDescription("identity", "No activation", formula: "x"),
      Activation("Identity()") { x, _ in x }),
  ])
