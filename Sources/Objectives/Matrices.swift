import Engine

extension Tensor {
  /// The diagonal of a square matrix, `[n]`.
  var diagonal: Tensor {
    let count = shape[0]
    return reshaped([count * count]).sliced(axis: 0, 0..<count * count, step: count + 1)
  }

  /// The batch as vectors, `[n, dimensions]`.
  var vectors: Tensor { reshaped([shape[0], count / shape[0]]) }

  /// ln Σ exp over an axis that disappears, by the largest of its elements.
  func logSumExp(over axis: Int) -> Tensor {
    let largest = max(over: [axis], keepingAxes: true).stopGradient()
    let sum = (self - largest).exp().sum(over: [axis])
    return sum.log() + largest.reshaped(sum.shape)
  }
}

extension Graph {
  /// The identity matrix, `[n, n]`.
  func identity(_ count: Int) -> Tensor {
    // A column of ones, each with n zeros behind it, is the matrix row by row with zeros left over.
    let column = constant(1, [count, 1]).padded(axis: 1, low: 0, high: count)
    return column.reshaped([count * (count + 1)]).sliced(axis: 0, 0..<count * count)
      .reshaped([count, count])
  }

  /// The matrix that turns the order of n numbers around, `[n, n]`, n at least 2.
  func reversal(_ count: Int) -> Tensor {
    let spaced = constant(1, [count, 1]).padded(axis: 1, low: 0, high: count - 2)
    return spaced.reshaped([count * (count - 1)]).padded(axis: 0, low: count - 1, high: 1)
      .reshaped([count, count])
  }
}
