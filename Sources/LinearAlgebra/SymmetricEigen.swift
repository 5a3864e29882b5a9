import Arrays
import CGSL

/// The eigenvalues and orthonormal eigenvectors of a real symmetric matrix, A = VᵀΛV with
/// eigenvectors as rows of V.
///
/// Computed by the GNU Scientific Library (Householder tridiagonalization, then implicit QR).
/// Eigenvalues are accurate to a few ulps of the largest one. Cost: about 10 d³ operations.
public struct SymmetricEigen: Sendable {
  /// The eigenvalues, largest first.
  public let values: [Double]
  /// The eigenvectors in the same order, one per row, shape `[d, d]`. The first of the coordinates
  /// of largest magnitude is positive, which fixes the sign.
  public let vectors: HostArray<Double>

  /// Decomposes a symmetric matrix of shape `[d, d]`, of which the lower triangle is read.
  public init(_ matrix: HostArray<Double>) throws(LinearAlgebraError) {
    let size = matrix.rows
    precondition(matrix.shape == [size, size] && size > 0, "\(matrix.shape) is not square")
    guard matrix.firstRowNotFinite == nil else {
      throw .notFinite(operation: "eigen-decomposition")
    }
    let (unordered, columns) = try Self.decomposition(matrix.elements, size)
    let order = unordered.indices.sorted {
      (unordered[$1], $0) < (unordered[$0], $1)
    }
    values = order.map { unordered[$0] }
    var rows: [Double] = []
    rows.reserveCapacity(size * size)
    for column in order {
      let vector = (0..<size).map { columns[$0 * size + column] }
      rows += Self.signFixed(vector)
    }
    vectors = HostArray(shape: [size, size], elements: rows)
  }

  /// Unordered eigenvalues, and eigenvectors as columns.
  private static func decomposition(
    _ elements: [Double], _ size: Int
  ) throws(LinearAlgebraError) -> (values: [Double], columns: [Double]) {
    let operation = "eigen-decomposition"
    let workspace = try GSL.allocate(operation, size: size) { gsl_eigen_symmv_alloc(size) }
    defer { gsl_eigen_symmv_free(workspace) }
    var matrix = elements
    var values = [Double](repeating: 0, count: size)
    var columns = [Double](repeating: 0, count: size * size)
    try GSL.call(operation) {
      matrix.withUnsafeMutableBufferPointer { matrix in
        values.withUnsafeMutableBufferPointer { values in
          columns.withUnsafeMutableBufferPointer { columns in
            var a = gsl_matrix_view_array(matrix.baseAddress, size, size)
            var w = gsl_vector_view_array(values.baseAddress, size)
            var v = gsl_matrix_view_array(columns.baseAddress, size, size)
            return gsl_eigen_symmv(&a.matrix, &w.vector, &v.matrix, workspace)
          }
        }
      }
    }
    return (values, columns)
  }

  /// The vector or its opposite, so that the first coordinate of largest magnitude is positive.
  private static func signFixed(_ vector: [Double]) -> [Double] {
    var largest = 0.0
    for coordinate in vector where abs(coordinate) > abs(largest) { largest = coordinate }
    return largest < 0 ? vector.map { -$0 } : vector
  }
}
