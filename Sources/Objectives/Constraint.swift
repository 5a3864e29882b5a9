import Catalog
import Engine
import Schedules

/// A rule on the critic's weights.
public struct Constraint: Sendable {
  /// What the layers compute with in place of a weight, and the new values of the states that this used.
  public typealias Normalized = (weight: Tensor, updates: [(state: String, tensor: Tensor)])

  /// A normalized weight, or nil where the weight is used as it is. `name` is the weight's.
  public let normalize: (@Sendable (_ name: String, Tensor, Arguments) -> Normalized)?
  /// What a parameter becomes after each optimizer step, or nil where it stays.
  public let project: (@Sendable (Tensor, Arguments) -> Tensor)?
  /// The states that each weight of shape `[out, in]` brings with it: suffix and shape. Each starts as a random unit vector.
  public let vectors: @Sendable (_ shape: [Int]) -> [(suffix: String, shape: [Int])]
}

/// The constraints that an experiment file can name.
public let constraintTable = Table<Constraint>(
  "constraint",
  [
    Entry(
      EntryDescription("none", "Weights as they are"),
      Constraint(normalize: nil, project: nil, vectors: { _ in [] })),
    Entry(
      EntryDescription(
        "spectral",
        "Spectral normalization: one power iteration per step from the stored u, shared by the step's passes; the critic's step stores it",
        formula: "v = Wᵀu/‖Wᵀu‖, u ← Wv/‖Wv‖, σ = uᵀWv; W/σ, with u and v not differentiated",
        source: "1802.05957"),
      Constraint(
        normalize: spectral, project: nil, vectors: { shape in [("_u", [shape[0]])] })),
    Entry(
      EntryDescription(
        "clipping", "Every parameter is clipped after each critic step",
        formula: "w ← clip(w, −bound, bound)", source: "1701.07875",
        parameters: [.coefficient("bound", .positive, default: 0.01, "the largest absolute value")]),
      Constraint(
        normalize: nil,
        project: { parameter, arguments in
          let bound = Coefficient(arguments.coefficient("bound"), key: "critic.constraint.bound")
            .tensor(in: parameter.graph)
          return maximum(parameter, -bound).minimum(with: bound)
        }, vectors: { _ in [] })),
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

/// x/max(‖x‖, 1e−12).
private func unit(_ x: Tensor) -> Tensor {
  x / maximum(x.square().sum().sqrt(), 1e-12)
}
