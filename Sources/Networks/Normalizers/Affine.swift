import Catalog
import Engine

/// y = γx + β, the last part of a normalizer: γ starts at 1, or around it, and β at 0.
struct Affine: Sendable {
  /// The shape of γ and β: one number per feature or channel, or one per element of a sample.
  let shape: [Int]
  /// The standard deviation of γ at the start.
  let gainDeviation: Double

  /// The parameters, with PyTorch's names.
  var states: [LayerState] {
    [
      LayerState(
        name: "weight", shape: shape, role: .parameter(start: 1, deviation: gainDeviation)),
      LayerState(name: "bias", shape: shape, role: .parameter(start: 0)),
    ]
  }

  /// γ(x − mean)/√(variance + ε) + β.
  func apply(
    _ x: Tensor, mean: Tensor, variance: Tensor, epsilon: Double, name: String
  ) -> Tensor {
    let scale = x.graph.state("\(name).weight", shape) / (variance + epsilon).sqrt()
    return (x - mean) * scale + x.graph.state("\(name).bias", shape)
  }

  /// The setting that gives `gainDeviation`.
  static let gainDeviationParameter = Parameter.real(
    "gainDeviation", .nonnegative, default: 0,
    "the standard deviation of γ around 1 at the start, 0.02 in DCGAN")
}
