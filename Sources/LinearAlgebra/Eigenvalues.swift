import Arrays
import CGSL

/// A complex number.
public struct Complex: Hashable, Sendable {
  /// The real part.
  public let real: Double
  /// The imaginary part.
  public let imaginary: Double

  /// Joins the parts.
  public init(_ real: Double, _ imaginary: Double) {
    self.real = real
    self.imaginary = imaginary
  }

  /// The absolute value, without overflow or underflow on the way.
  public var magnitude: Double {
    let (large, small) = (max(abs(real), abs(imaginary)), min(abs(real), abs(imaginary)))
    guard large > 0 else { return 0 }
    let ratio = small / large
    return large * (1 + ratio * ratio).squareRoot()
  }
}

/// The eigenvalues of a real matrix of shape `[d, d]`, by rising real and then imaginary part.
///
/// Computed by the GNU Scientific Library (balancing, Hessenberg form, the QR iteration of Francis). Those that are not
/// real come as exact conjugates. A simple eigenvalue is accurate to a few ulps of the matrix's norm times its condition,
/// one of multiplicity m to the m-th root of that only. Cost: about 10 d³ operations.
public func eigenvalues(_ matrix: HostArray<Double>) throws(LinearAlgebraError) -> [Complex] {
  let size = matrix.rows
  let operation = "eigenvalues"
  precondition(matrix.shape == [size, size] && size > 0, "\(matrix.shape) is not square")
  guard matrix.firstRowNotFinite == nil else { throw .notFinite(operation: operation) }
  let workspace = try GSL.allocate(operation, size: size) { gsl_eigen_nonsymm_alloc(size) }
  defer { gsl_eigen_nonsymm_free(workspace) }
  gsl_eigen_nonsymm_params(0, 1, workspace)
  var elements = matrix.elements
  var parts = [Double](repeating: 0, count: 2 * size)
  try GSL.call(operation) {
    elements.withUnsafeMutableBufferPointer { elements in
      parts.withUnsafeMutableBufferPointer { parts in
        var a = gsl_matrix_view_array(elements.baseAddress, size, size)
        var values = gsl_vector_complex_view_array(parts.baseAddress, size)
        return gsl_eigen_nonsymm(&a.matrix, &values.vector, workspace)
      }
    }
  }
  let values = (0..<size).map { Complex(parts[2 * $0], parts[2 * $0 + 1]) }
  return values.sorted { ($0.real, $0.imaginary) < ($1.real, $1.imaginary) }
}
