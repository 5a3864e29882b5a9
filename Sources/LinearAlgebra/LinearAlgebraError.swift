import CGSL

/// What can go wrong with a matrix that comes from outside.
public enum LinearAlgebraError: Error, Hashable, Sendable {
  /// The matrix holds a NaN or an infinity, on which iterations need not end.
  case notFinite(operation: String)
  /// The GNU Scientific Library returned this status, for example because an iteration did not
  /// converge.
  case failed(operation: String, status: Int32)
  /// There is no memory for a workspace of this size.
  case noMemory(operation: String, size: Int)
}

extension LinearAlgebraError: CustomStringConvertible {
  /// One sentence that says where it went wrong and why.
  public var description: String {
    switch self {
    case .notFinite(let operation):
      "\(operation): the matrix holds a NaN or an infinity; check the samples that it was made from"
    case .failed(let operation, let status):
      "\(operation): the GNU Scientific Library says: \(String(cString: gsl_strerror(status)))"
    case .noMemory(let operation, let size):
      "\(operation): no memory for a \(size) × \(size) problem; use fewer dimensions or samples"
    }
  }
}
