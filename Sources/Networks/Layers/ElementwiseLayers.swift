import Engine
import Schedules

/// A function of each element.
struct ActivationLayer: Layer {
  /// The function as PyTorch writes it.
  let module: String
  let function: @Sendable (Tensor) -> Tensor

  func apply(_ x: Tensor, name: String, _ pass: ForwardPass) -> Tensor { function(x) }
}

/// Dropout: in training each element, or each channel, is kept with probability 1 − rate and divided by it.
///
/// The stream `dropout/<layer>/<pass>` gives one uniform number u per element or channel, which is kept where u > rate.
/// Source: 1207.0580; of channels 1411.4280.
struct Dropout: Layer {
  let isInserted = true
  let rate: Coefficient
  let ofChannels: Bool

  /// Declares the layer with the probability of dropping an element.
  ///
  /// - Parameter ofChannels: whether the pixels of a channel are dropped together; features of a vector are always
  ///   dropped one by one.
  init(rate: Coefficient, ofChannels: Bool = false) {
    self.rate = rate
    self.ofChannels = ofChannels
  }

  func apply(_ x: Tensor, name: String, _ pass: ForwardPass) -> Tensor {
    guard pass.mode == .training else { return x }
    let shape = ofChannels && x.rank == 4 ? [x.shape[0], 1, 1, x.shape[3]] : x.shape
    let uniform = x.graph.draw("dropout/\(name)/\(pass.name)", .uniform, shape)
    let kept = Tensor.combine(.greater, uniform, rate.tensor(in: x.graph))
    return x * (kept * rate.complement(in: x.graph).reciprocal())
  }
}
