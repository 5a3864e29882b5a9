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
    func root(_ v: Tensor) -> Tensor { isDifferentiated ? v.differentiableRoot() : v.sqrt() }
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

/// The optimizers that an experiment file can name, for each network separately.
public let optimizerTable = Table<Optimizer>(
  "optimizer",
  [
    Optimizer.adam,
    Optimizer.rootMeanSquare,
    Optimizer.gradientDescent,
    Optimizer.adamWithDecay,
    Optimizer.optimisticAdam,
    Optimizer.frozen,
  ])

extension Parameter {
  /// The learning rate.
  static let rate = Parameter.coefficient(
    "rate", .nonnegative, default: 0.001, "the learning rate")
}

extension Tensor {
  /// √v of a sum v of squares, with a derivative where it is 0.
  ///
  /// There these squares' derivatives are 0 as well; but the root's own is infinite, and 0·∞ is not a number. A 1 that is
  /// added under the root there, and taken off again, makes it finite.
  func differentiableRoot() -> Tensor {
    let vanishes = Tensor.combine(.equal, self, graph.constant(0))
    return (self + vanishes).sqrt() - vanishes
  }
}
