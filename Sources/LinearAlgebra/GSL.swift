import CGSL

/// The one way into the GNU Scientific Library: errors come back as statuses, and each is checked.
enum GSL {
  /// The library's default handler ends the process; touching this constant replaces it, once.
  private static let returnsStatuses: Void = { _ = gsl_set_error_handler_off() }()

  /// Calls a function of the library and throws when its status is not success.
  static func call(_ operation: String, _ body: () -> Int32) throws(LinearAlgebraError) {
    returnsStatuses
    let status = body()
    if status != 0 { throw .failed(operation: operation, status: status) }
  }

  /// Calls a function that allocates a workspace and throws when there is no memory for it.
  static func allocate<T>(
    _ operation: String, size: Int, _ body: () -> UnsafeMutablePointer<T>?
  ) throws(LinearAlgebraError) -> UnsafeMutablePointer<T> {
    returnsStatuses
    guard let workspace = body() else { throw .noMemory(operation: operation, size: size) }
    return workspace
  }
}
