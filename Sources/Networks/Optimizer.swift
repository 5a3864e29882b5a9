import Arrays
import Catalog
import Engine
import Schedules

/// One way to turn gradients into steps.
public struct Optimizer: Sendable {
  /// What the update of one parameter may use.
  public struct Step {
    /// The parameter's name, from which the names of its moments are made.
    public let name: String
    /// The parameter before the step.
    public let parameter: Tensor
    /// The loss's derivative by it.
    public let gradient: Tensor
    /// The per-step numbers that `coefficients` gives, by position.
    public let coefficients: [Tensor]
    /// The entry's settings.
    public let arguments: Arguments
    /// Whether derivatives are taken through the update.
    public let isDifferentiated: Bool

    /// Collects what an update may use.
    public init(
      name: String, parameter: Tensor, gradient: Tensor, coefficients: [Tensor],
      arguments: Arguments, isDifferentiated: Bool = false
    ) {
      self.name = name
      self.parameter = parameter
      self.gradient = gradient
      self.coefficients = coefficients
      self.arguments = arguments
      self.isDifferentiated = isDifferentiated
    }

    /// A moment of the parameter: the state `<name>.<moment>`.
    func moment(_ moment: String) -> Tensor {
      parameter.graph.state("optimizer.\(name).\(moment)", parameter.shape)
    }

    /// √v of a mean v of squared gradients, with the same value whether or not derivatives are taken.
    ///
    /// Where v is 0, so are these gradients and v's derivatives by them; but the root's own is infinite, and 0·∞ is not a
    /// number. A 1 that is added under the root there, and taken off again, makes it finite.
    func root(_ v: Tensor) -> Tensor {
      guard isDifferentiated else { return v.sqrt() }
      let vanishes = Tensor.combine(.equal, v, v.graph.constant(0))
      return (v + vanishes).sqrt() - vanishes
    }
  }

  /// The new value of the parameter and of its moments, each with the suffix that names it.
  public typealias Result = (parameter: Tensor, moments: [(name: String, value: Tensor)])

  /// A number that update `t` (from 1 on) needs at learning rate `rate`, computed in Float64 outside of the graph.
  public typealias StepCoefficient = @Sendable (_ t: Int, _ rate: Double) -> Double

  /// From an entry's settings to the coefficients, as many as `Step` has.
  public let coefficients: @Sendable (Arguments) -> [StepCoefficient]
  /// The update of one parameter.
  public let update: @Sendable (Step) -> Result
}

private let rate = Parameter.coefficient(
  "rate", .nonnegative, default: 0.001, "the learning rate")

/// The optimizers that an experiment file can name, for each network separately.
public let optimizerTable = Table<Optimizer>(
  "optimizer",
  [
    Entry(
      EntryDescription(
        "adam", "Adam with bias correction, as in PyTorch",
        formula:
          "m ← β₁m + (1−β₁)g; v ← β₂v + (1−β₂)g²; θ ← θ − rate/(1−β₁ᵗ) · m/(√v/√(1−β₂ᵗ) + ε)",
        source: "1412.6980",
        parameters: [
          rate,
          .real("beta1", .halfOpen(0, 1), default: 0.9, "the decay of the first moment"),
          .real("beta2", .halfOpen(0, 1), default: 0.999, "the decay of the second moment"),
          .real("epsilon", .nonnegative, default: 1e-8, "the number added to the root"),
        ]), adam),
    Entry(
      EntryDescription(
        "rmsprop", "RMSprop without centring, as in PyTorch",
        formula: "v ← αv + (1−α)g²; θ ← θ − rate·g/(√v + ε)",
        source: "Tieleman and Hinton, Coursera lecture 6.5, 2012",
        parameters: [
          rate, .real("alpha", .halfOpen(0, 1), default: 0.99, "the decay of the second moment"),
          .real("epsilon", .nonnegative, default: 1e-8, "the number added to the root"),
        ]), rootMeanSquare),
    Entry(
      EntryDescription(
        "sgd", "Gradient descent with momentum, as in PyTorch",
        formula: "u ← momentum·u + g; θ ← θ − rate·u",
        source: "Sutskever et al., ICML 2013",
        parameters: [
          rate, .real("momentum", .halfOpen(0, 1), default: 0, "the share of the last step kept"),
        ]), gradientDescent),
  ])

private let adam = Optimizer(
  coefficients: { arguments in
    let (beta1, beta2) = (arguments.real("beta1"), arguments.real("beta2"))
    return [
      { t, rate in rate / (1 - Elementary.power(beta1, t)) },
      { t, _ in (1 - Elementary.power(beta2, t)).squareRoot() },
    ]
  },
  update: { step in
    let (beta1, beta2) = (step.arguments.real("beta1"), step.arguments.real("beta2"))
    let first = beta1 * step.moment("first") + (1 - beta1) * step.gradient
    let second = beta2 * step.moment("second") + (1 - beta2) * step.gradient.square()
    let root = step.root(second) / step.coefficients[1] + step.arguments.real("epsilon")
    let parameter = step.parameter - step.coefficients[0] * (first / root)
    return (parameter, [("first", first), ("second", second)])
  })

private let rootMeanSquare = Optimizer(
  coefficients: { _ in [{ _, rate in rate }] },
  update: { step in
    let alpha = step.arguments.real("alpha")
    let second = alpha * step.moment("second") + (1 - alpha) * step.gradient.square()
    let root = step.root(second) + step.arguments.real("epsilon")
    return (step.parameter - step.coefficients[0] * (step.gradient / root), [("second", second)])
  })

private let gradientDescent = Optimizer(
  coefficients: { _ in [{ _, rate in rate }] },
  update: { step in
    let momentum = step.arguments.real("momentum")
    guard momentum > 0 else {
      return (step.parameter - step.coefficients[0] * step.gradient, [])
    }
    let velocity = momentum * step.moment("velocity") + step.gradient
    return (step.parameter - step.coefficients[0] * velocity, [("velocity", velocity)])
  })
