import Arrays

/// The upper triangular R of X = QR, so that RᵀR = XᵀX without XᵀX having been formed: small
/// singular values keep their accuracy, which a covariance matrix would square away.
///
/// Householder reflections, 256 rows at a time against the triangle of the rows before (Golub and
/// Van Loan, Matrix Computations, §5.2). Cost: 2 n d² operations for `[n, d]`.
public func triangularFactor(_ matrix: HostArray<Double>) -> HostArray<Double> {
  let size = matrix.rowCount
  var triangle = [Double](repeating: 0, count: size * size)
  for start in stride(from: 0, to: matrix.rows, by: RowBlock.capacity) {
    let end = min(start + RowBlock.capacity, matrix.rows)
    var block = RowBlock(matrix, rows: start..<end)
    block.eliminate(into: &triangle)
  }
  return HostArray(shape: [size, size], elements: triangle)
}

/// Some rows of a matrix by columns: column j is `lanes` consecutive quadruples, zero where there
/// is no row.
private struct RowBlock {
  static let capacity = 256
  private let columns: Int
  private let lanes: Int
  private var elements: [SIMD4<Double>]

  init(_ matrix: HostArray<Double>, rows: Range<Int>) {
    columns = matrix.rowCount
    // Even, because inner products run two quadruples at a time.
    lanes = (rows.count + 7) / 8 * 2
    elements = [SIMD4<Double>](repeating: .zero, count: columns * lanes)
    for (index, row) in rows.enumerated() {
      for column in 0..<columns {
        elements[column * lanes + index / 4][index % 4] =
          matrix.elements[row * columns + column]
      }
    }
  }

  /// Reflects the block away into the row-major upper triangle, one column at a time.
  mutating func eliminate(into triangle: inout [Double]) {
    let (columns, lanes) = (columns, lanes)
    elements.withUnsafeMutableBufferPointer { elements in
      triangle.withUnsafeMutableBufferPointer { triangle in
        for pivot in 0..<columns {
          let vector = UnsafeMutableBufferPointer(
            rebasing: elements[pivot * lanes..<(pivot + 1) * lanes])
          let below = innerProduct(vector, vector)
          if below == 0 { continue }
          let head = triangle[pivot * columns + pivot]
          let length = (head * head + below).squareRoot()
          let reflected = head > 0 ? -length : length
          let factor = (reflected - head) / reflected
          let scale = 1 / (head - reflected)
          for index in 0..<lanes { vector[index] *= scale }
          triangle[pivot * columns + pivot] = reflected
          for column in pivot + 1..<max(columns, pivot + 1) {
            let target = UnsafeMutableBufferPointer(
              rebasing: elements[column * lanes..<(column + 1) * lanes])
            let top = triangle[pivot * columns + column]
            let amount = factor * (top + innerProduct(vector, target))
            triangle[pivot * columns + column] = top - amount
            for index in 0..<lanes { target[index] -= amount * vector[index] }
          }
        }
      }
    }
  }
}

/// ⟨x, y⟩ as eight chains, added pairwise at the end.
@inline(__always)
private func innerProduct(
  _ x: UnsafeMutableBufferPointer<SIMD4<Double>>, _ y: UnsafeMutableBufferPointer<SIMD4<Double>>
) -> Double {
  var even = SIMD4<Double>.zero
  var odd = SIMD4<Double>.zero
  var index = 0
  while index < x.count {
    even += x[index] * y[index]
    odd += x[index + 1] * y[index + 1]
    index += 2
  }
  let sum = even + odd
  return (sum[0] + sum[1]) + (sum[2] + sum[3])
}
