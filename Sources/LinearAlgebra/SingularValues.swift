import Arrays
import CGSL

/// The singular values of a matrix, largest first; `min(rows, columns)` of them.
///
/// Householder bidiagonalization by the GNU Scientific Library, then bisection on the Golub–Kahan
/// tridiagonal form, which keeps every singular value of the bidiagonal matrix to high relative
/// accuracy (Demmel and Kahan, SIAM J. Sci. Stat. Comput. 11, 1990). Singular values are accurate
/// to a few ulps of the largest one; no vectors are computed, and nothing is squared, so a
/// rank-deficient matrix is as accurate as any other.
public func singularValues(_ matrix: HostArray<Double>) throws(LinearAlgebraError) -> [Double] {
  guard matrix.firstRowNotFinite == nil else { throw .notFinite(operation: "singular values") }
  let (rows, columns) = (matrix.rows, matrix.rowCount)
  guard rows > 0, columns > 0 else { return [] }
  let tall = rows >= columns ? matrix.elements : transposed(matrix.elements, rows, columns)
  let (diagonal, superdiagonal) = try bidiagonal(
    tall, rows: max(rows, columns), columns: min(rows, columns))
  return GolubKahan(diagonal: diagonal, superdiagonal: superdiagonal).singularValues()
}

/// The sum of the singular values of a matrix.
public func nuclearNorm(_ matrix: HostArray<Double>) throws(LinearAlgebraError) -> Double {
  try singularValues(matrix).reversed().reduce(0, +)
}

private func transposed(_ elements: [Double], _ rows: Int, _ columns: Int) -> [Double] {
  [Double](unsafeUninitializedCapacity: elements.count) { buffer, initialized in
    for row in 0..<rows {
      for column in 0..<columns { buffer[column * rows + row] = elements[row * columns + column] }
    }
    initialized = elements.count
  }
}

/// The diagonals of the upper bidiagonal B in A = UBVᵀ, for a matrix with at least as many rows as
/// columns.
private func bidiagonal(
  _ elements: [Double], rows: Int, columns: Int
) throws(LinearAlgebraError) -> (diagonal: [Double], superdiagonal: [Double]) {
  guard columns > 1 else { return ([norm(elements)], []) }
  var packed = elements
  var left = [Double](repeating: 0, count: columns)
  var right = [Double](repeating: 0, count: columns - 1)
  try GSL.call("bidiagonalization") {
    packed.withUnsafeMutableBufferPointer { packed in
      left.withUnsafeMutableBufferPointer { left in
        right.withUnsafeMutableBufferPointer { right in
          var a = gsl_matrix_view_array(packed.baseAddress, rows, columns)
          var u = gsl_vector_view_array(left.baseAddress, columns)
          var v = gsl_vector_view_array(right.baseAddress, columns - 1)
          return gsl_linalg_bidiag_decomp(&a.matrix, &u.vector, &v.vector)
        }
      }
    }
  }
  let diagonal = (0..<columns).map { packed[$0 * columns + $0] }
  let superdiagonal = (0..<columns - 1).map { packed[$0 * columns + $0 + 1] }
  return (diagonal, superdiagonal)
}

/// ‖x‖₂, scaled so that no square overflows.
private func norm(_ vector: [Double]) -> Double {
  let largest = vector.reduce(0) { max($0, abs($1)) }
  guard largest > 0 else { return 0 }
  return largest * vector.reduce(0) { $0 + ($1 / largest) * ($1 / largest) }.squareRoot()
}
