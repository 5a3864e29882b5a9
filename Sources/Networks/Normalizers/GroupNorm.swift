import Engine

/// Normalization of each sample by itself: over all pixels and the channels of one group, in training and evaluation alike.
///
/// y = γ(x − μ)/√(σ² + ε) + β with the group's mean and biased variance. One group is layer normalization, as many groups
/// as channels are instance normalization. Source: 1803.08494.
struct GroupNorm: Layer {
  let isInserted = true
  let isNormalizer = true
  let groups: Int
  let epsilon: Double
  /// γ and β; nil for none.
  let affine: Affine?

  var states: [LayerState] { affine?.states ?? [] }

  func apply(_ x: Tensor, name: String, _ pass: ForwardPass) -> Tensor {
    let channels = x.shape[x.rank - 1]
    let pixels = x.count / (x.shape[0] * channels)
    let grouped = x.reshaped([x.shape[0], pixels, groups, channels / groups])
    let centred = grouped - grouped.mean(over: [1, 3], keepingAxes: true)
    let variance = centred.square().mean(over: [1, 3], keepingAxes: true)
    let normalized = (centred / (variance + epsilon).sqrt()).reshaped(x.shape)
    guard let affine else { return normalized }
    let scaled = normalized * x.graph.state("\(name).weight", affine.shape)
    return scaled + x.graph.state("\(name).bias", affine.shape)
  }
}
