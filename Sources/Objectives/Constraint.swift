import Catalog
import Engine
import Schedules

/// A rule on a network's weights.
///
/// Weights arrive with their outputs on the first axis, those of transposed convolutions too: `[out, in]` or
/// `[out, kh, kw, in]`.
public struct Constraint: Sendable {
  /// What the layers compute with in place of a weight, and the new values of the states that this used.
  public typealias Normalized = (weight: Tensor, updates: [(state: String, tensor: Tensor)])

  /// A state that each weight brings with it.
  public struct State: Hashable, Sendable {
    /// How a state starts, and whether an optimizer trains it.
    public enum Start: Hashable, Sendable {
      /// A random unit vector, not trained.
      case direction
      /// The Euclidean norm of each output's weights, trained.
      case norms
    }

    /// What follows the weight's name, for example `_u`.
    public let suffix: String
    /// How it starts. There is one number per output.
    public let start: Start
  }

  /// Whether it bounds the slope of the network as a function of its input.
  public let boundsSlope: Bool
  /// A normalized weight, or nil where the weight is used as it is. `name` is the weight's.
  public let normalize: (@Sendable (_ name: String, Tensor, Arguments) -> Normalized)?
  /// What a parameter becomes after each optimizer step, or nil where it stays; `key` is that of the constraint's setting.
  public let project: (@Sendable (Tensor, Arguments, _ key: String) -> Tensor)?
  /// The states that each weight brings with it.
  public let states: [State]
}

/// The constraints that an experiment file can name, for each network separately.
public let constraintTable = Table<Constraint>(
  "constraint",
  [
    Entry(
      EntryDescription("none", "Weights as they are"),
      Constraint(boundsSlope: false, normalize: nil, project: nil, states: [])),
    Entry(
      EntryDescription(
        "spectral",
        "Spectral normalization: one power iteration per step from the stored u, shared by the step's passes; the network's own step stores it",
        formula: "v = Wᵀu/‖Wᵀu‖, u ← Wv/‖Wv‖, σ = uᵀWv; W/σ, with u and v not differentiated",
        source: "1802.05957"),
      Constraint(
        boundsSlope: true, normalize: spectral, project: nil,
        states: [Constraint.State(suffix: "_u", start: .direction)])),
    Entry(
      EntryDescription(
        "weight-norm",
        "Weight normalization: the length of each output's weights is a parameter of its own, which starts as it is",
        formula: "g·v/‖v‖ per output, v the stored weight; g = ‖v‖ at the start",
        source: "1602.07868"),
      Constraint(
        boundsSlope: false, normalize: weightNorm, project: nil,
        states: [Constraint.State(suffix: "_g", start: .norms)])),
    Entry(
      EntryDescription(
        "clipping", "Every parameter is clipped after each step of the network",
        formula: "w ← clip(w, −bound, bound)", source: "1701.07875",
        parameters: [.coefficient("bound", .positive, default: 0.01, "the largest absolute value")]),
      Constraint(
        boundsSlope: true, normalize: nil,
        project: { parameter, arguments, key in
          let bound = Coefficient(arguments.coefficient("bound"), key: "\(key).bound")
            .tensor(in: parameter.graph)
          return maximum(parameter, -bound).minimum(with: bound)
        }, states: [])),
  ])

private let spectral: @Sendable (String, Tensor, Arguments) -> Constraint.Normalized = {
  name, weight, _ in
  let graph = weight.graph
  let rows = weight.shape[0]
  let matrix = weight.reshaped([rows, weight.count / rows])
  let fixed = matrix.stopGradient()
  let u = graph.state("\(name)_u", [rows])
  let v = unit(fixed.transposed.matmul(u.reshaped([rows, 1])))
  let next = unit(fixed.matmul(v))
  let sigma = (next.stopGradient() * matrix.matmul(v.stopGradient())).sum()
  let normalized = (matrix / sigma).reshaped(weight.shape)
  return (normalized, [("\(name)_u", next.reshaped([rows]))])
}

private let weightNorm: @Sendable (String, Tensor, Arguments) -> Constraint.Normalized = {
  name, weight, _ in
  let rows = weight.shape[0]
  let matrix = weight.reshaped([rows, weight.count / rows])
  let gain = weight.graph.state("\(name)_g", [rows]).reshaped([rows, 1])
  let norm = matrix.square().sum(over: [1], keepingAxes: true).sqrt()
  return ((matrix * (gain / norm)).reshaped(weight.shape), [])
}

/// x/max(‖x‖, 1e−12).
private func unit(_ x: Tensor) -> Tensor {
  x / maximum(x.square().sum().sqrt(), 1e-12)
}
