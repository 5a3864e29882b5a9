import Engine

/// Each pixel as a square of `factor` × `factor` equal ones.
struct Upsample: Layer {
  let factor: Int

  func outputShape(of input: [Int]) -> [Int] { [input[0] * factor, input[1] * factor, input[2]] }

  func apply(_ x: Tensor, name: String, _ pass: ForwardPass) -> Tensor { x.upsampled(factor) }
}

/// One number per window and channel: the mean or the maximum.
struct Pool: Layer {
  /// What is taken of a window.
  enum Kind: Sendable {
    /// The mean; padding counts as zeros.
    case average
    /// The maximum; padding is never it.
    case maximum
  }

  let kind: Kind
  let size: Int
  let stride: Int
  let padding: Int

  /// Declares the layer; windows lie side by side unless a stride is given.
  init(_ kind: Kind, _ size: Int, stride: Int? = nil, padding: Int = 0) {
    self.kind = kind
    self.size = size
    self.stride = stride ?? size
    self.padding = padding
  }

  func outputShape(of input: [Int]) -> [Int] {
    input[..<2].map { ($0 + 2 * padding - size) / stride + 1 } + [input[2]]
  }

  func apply(_ x: Tensor, name: String, _ pass: ForwardPass) -> Tensor {
    switch kind {
    case .average: x.averagePooled(size, stride: stride, padding: padding)
    case .maximum: x.maxPooled(size, stride: stride, padding: padding)
    }
  }
}

/// One number per channel: the sum or the mean over all pixels.
struct GlobalPool: Layer {
  /// Whether the sum is divided by the number of pixels.
  let isMean: Bool

  func outputShape(of input: [Int]) -> [Int] { [input[2]] }

  func apply(_ x: Tensor, name: String, _ pass: ForwardPass) -> Tensor {
    isMean ? x.mean(over: [1, 2]) : x.sum(over: [1, 2])
  }
}
