import Engine

/// Virtual batch normalization: each sample is normalized with the moments of a fixed reference batch, in which it takes
/// part as one sample more.
///
/// With R samples in the reference batch and a = 1/(R + 1), μ = a·μₓ + (1 − a)·μᵣ and likewise for the mean of squares,
/// from which σ² follows; μₓ is the sample's own mean over its pixels, μᵣ that of the reference batch, and both are
/// differentiated. The reference batch itself is normalized with its own moments. A sample's output does not depend
/// on others of its batch, in training and evaluation alike. Source: 1606.03498.
struct VirtualBatchNorm: Layer {
  let isInserted = true
  let isNormalizer = true
  let samples: Int
  let epsilon: Double
  let affine: Affine

  var states: [LayerState] { affine.states }

  var referenceCount: Int? { samples }

  func apply(_ x: Tensor, name: String, _ pass: ForwardPass) -> Tensor {
    guard let reference = pass.reference else {
      let (mean, variance) = Self.moments(x, over: Array(0..<x.rank - 1))
      return affine.apply(x, mean: mean, variance: variance, epsilon: epsilon, name: name)
    }
    let known = Self.moments(reference, over: Array(0..<reference.rank - 1))
    let own = Self.moments(x, over: Array(1..<x.rank - 1))
    let share = 1 / Double(samples + 1)
    let mean = share * own.mean + (1 - share) * known.mean
    // The variance of the mixture without the difference of squares, in which digits would cancel.
    let between = share * (1 - share) * (own.mean - known.mean).square()
    let variance = share * own.variance + (1 - share) * known.variance + between
    return affine.apply(x, mean: mean, variance: variance, epsilon: epsilon, name: name)
  }

  /// Mean and biased variance over some axes, which stay with extent 1.
  private static func moments(_ x: Tensor, over axes: [Int]) -> (mean: Tensor, variance: Tensor) {
    if axes.isEmpty { return (x, x.graph.constant(0, x.shape)) }
    let mean = x.mean(over: axes, keepingAxes: true)
    return (mean, (x - mean).square().mean(over: axes, keepingAxes: true))
  }
}
