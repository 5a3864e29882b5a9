import Engine

/// Batch normalization of each feature over the batch, of each channel over the batch and all pixels.
///
/// Training: y = γ(x − μ)/√(σ² + ε) + β with the batch's mean and biased variance, both differentiated; the running
/// statistics take `momentum` of the batch's mean and unbiased variance, as in PyTorch. They change only in the
/// step of the network that the layer belongs to. Evaluation uses the running statistics. Source: 1502.03167.
struct BatchNorm: Layer {
  let isInserted = true
  let isNormalizer = true
  let features: Int
  let momentum: Double
  let epsilon: Double
  let affine: Affine

  /// Declares the layer.
  init(_ features: Int, momentum: Double, epsilon: Double, gainDeviation: Double = 0) {
    self.features = features
    self.momentum = momentum
    self.epsilon = epsilon
    affine = Affine(shape: [features], gainDeviation: gainDeviation)
  }

  var states: [LayerState] {
    affine.states + [
      LayerState(name: "running_mean", shape: [features], role: .statistic(start: 0)),
      LayerState(name: "running_var", shape: [features], role: .statistic(start: 1)),
    ]
  }

  func apply(_ x: Tensor, name: String, _ pass: ForwardPass) -> Tensor {
    let (mean, variance): (Tensor, Tensor)
    switch pass.mode {
    case .training:
      let axes = Array(0..<x.rank - 1)
      mean = x.mean(over: axes)
      variance = (x - mean).square().mean(over: axes)
      if let pending = pass.pending {
        let count = Double(x.count / features)
        let unbiased = variance * (count / max(count - 1, 1))
        record(mean, "\(name).running_mean", pending)
        record(unbiased, "\(name).running_var", pending)
      }
    case .evaluation:
      mean = x.graph.state("\(name).running_mean", [features])
      variance = x.graph.state("\(name).running_var", [features])
    }
    return affine.apply(x, mean: mean, variance: variance, epsilon: epsilon, name: name)
  }

  private func record(_ statistic: Tensor, _ state: String, _ pending: PendingUpdates) {
    let old = pending[state] ?? statistic.graph.state(state, [features])
    pending[state] = (1 - momentum) * old + momentum * statistic.stopGradient()
  }
}
