import Engine

extension Tensor {
  /// Each sample as a vector. Feature maps are read channel by channel, in PyTorch's order, so that the weights behind
  /// mean the same there.
  var flattenedSamples: Tensor {
    let isOneMap = rank == 4 && (shape[3] == 1 || shape[1] * shape[2] == 1)
    let ordered = rank == 4 && !isOneMap ? permuted([0, 3, 1, 2]) : self
    return ordered.reshaped([shape[0], count / shape[0]])
  }

  /// Each sample under another shape of as many elements; vectors and feature maps are read in PyTorch's order.
  func samples(shaped sample: [Int]) -> Tensor {
    if Array(shape.dropFirst()) == sample { return self }
    let flat = flattenedSamples
    guard sample.count == 3, sample[2] > 1, sample[0] * sample[1] > 1 else {
      return flat.reshaped([shape[0]] + sample)
    }
    return flat.reshaped([shape[0], sample[2], sample[0], sample[1]]).permuted([0, 2, 3, 1])
  }

  /// Feature maps as they are, and vectors as maps of one pixel.
  var asMaps: Tensor { rank == 2 ? reshaped([shape[0], 1, 1, shape[1]]) : self }
}

/// The same elements under another shape, in the order of PyTorch, where maps are `[channels, height, width]`.
struct Reshape: Layer {
  let shape: [Int]

  func outputShape(of input: [Int]) -> [Int] { shape }

  func apply(_ x: Tensor, name: String, _ pass: ForwardPass) -> Tensor { x.samples(shaped: shape) }
}

/// The middle rows and columns of feature maps; of an odd surplus the larger half is taken off below and at the right.
struct Crop: Layer {
  let height: Int
  let width: Int

  func outputShape(of input: [Int]) -> [Int] { [height, width, input[2]] }

  func apply(_ x: Tensor, name: String, _ pass: ForwardPass) -> Tensor {
    let (top, left) = ((x.shape[1] - height) / 2, (x.shape[2] - width) / 2)
    return x.sliced(axis: 1, top..<top + height).sliced(axis: 2, left..<left + width)
  }
}
