import Records

/// Why a baseline cannot be used.
public enum BaselineError: Error, Hashable, Sendable {
  /// There is none: its path, and the command that writes it, as one types it.
  case missing(path: String, acceptCommand: String)
  /// The file is not what `accept` writes: where and why.
  case damaged(Place, String)
}

extension BaselineError: CustomStringConvertible {
  /// What is wrong and what to do.
  public var description: String {
    switch self {
    case .missing(let path, let acceptCommand):
      "\(path): no baseline; one of the report's records is written by: \(acceptCommand)"
    case .damaged(let place, let reason):
      "\(place): \(reason); restore the file, or write it again with 'saddle accept'"
    }
  }
}
