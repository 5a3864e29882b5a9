import Catalog
import Engine

/// A function of each element between layers.
public typealias Activation = @Sendable (Tensor, Arguments) -> Tensor

/// The activations that an experiment file can name.
public let activationTable = Table<Activation>(
  "activation",
  [
    Entry(EntryDescription("relu", "Rectified linear unit", formula: "max(x, 0)")) { x, _ in
      x.relu()
    },
    Entry(
      EntryDescription(
        "leaky-relu", "Rectified linear unit that leaks", formula: "x if x > 0, else slope·x",
        parameters: [.real("slope", .halfOpen(0, 1), default: 0.2, "the slope below zero")])
    ) { x, arguments in
      x.leakyRelu(slope: arguments.real("slope"))
    },
    Entry(EntryDescription("tanh", "Hyperbolic tangent", formula: "tanh x")) { x, _ in x.tanh() },
    Entry(EntryDescription("sigmoid", "Logistic function", formula: "1/(1 + e⁻ˣ)")) { x, _ in
      x.sigmoid()
    },
    Entry(EntryDescription("softplus", "Smooth rectifier", formula: "ln(1 + eˣ)")) { x, _ in
      x.softplus()
    },
    Entry(
      EntryDescription(
        "elu", "Exponential linear unit", formula: "x if x > 0, else eˣ − 1", source: "1511.07289")
    ) { x, _ in
      x.step().select(x, x.minimum(with: x.graph.constant(0)).expm1())
    },
    Entry(
      EntryDescription(
        "silu", "Sigmoid-weighted linear unit", formula: "x/(1 + e⁻ˣ)", source: "1702.03118")
    ) { x, _ in
      x * x.sigmoid()
    },
    Entry(EntryDescription("identity", "No activation", formula: "x")) { x, _ in x },
  ])
