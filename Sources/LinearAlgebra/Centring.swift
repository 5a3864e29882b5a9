import Arrays

extension HostArray<Double> {
  /// The mean of each column, axes after the first flattened: shape `[rowCount]`, summed in the
  /// order of the rows.
  public var columnMeans: [Double] {
    var sums = [Double](repeating: 0, count: rowCount)
    for row in 0..<rows {
      for column in 0..<rowCount { sums[column] += elements[row * rowCount + column] }
    }
    let scale = Double(rows)
    return sums.map { $0 / scale }
  }

  /// The matrix with `means` subtracted from every row and every element divided by `divisor`.
  public func centred(at means: [Double], dividedBy divisor: Double = 1) -> HostArray<Double> {
    precondition(means.count == rowCount, "\(means.count) means for \(rowCount) columns")
    var result = self
    result.elements.withUnsafeMutableBufferPointer { buffer in
      for row in 0..<rows {
        for column in 0..<rowCount {
          let index = row * rowCount + column
          buffer[index] = (buffer[index] - means[column]) / divisor
        }
      }
    }
    return result
  }

  /// The index of the first row that holds a NaN or an infinity; nil when all elements are finite.
  public var firstRowNotFinite: Int? {
    elements.firstIndex { !$0.isFinite }.map { $0 / Swift.max(rowCount, 1) }
  }
}

/// The covariance matrix of the rows of `samples` about `means`: Σ (x−μ)(x−μ)ᵀ / (n−1).
///
/// - Returns: shape `[d, d]`.
public func covariance(of samples: HostArray<Double>, about means: [Double]) -> HostArray<Double> {
  precondition(samples.rows > 1, "a covariance needs two rows, not \(samples.rows)")
  var result = gramMatrix(Panels(columnsOf: samples.centred(at: means)))
  let scale = Double(samples.rows - 1)
  for index in result.elements.indices { result.elements[index] /= scale }
  return result
}
