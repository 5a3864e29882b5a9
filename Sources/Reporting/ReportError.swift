/// Why a report could not be made.
public enum ReportError: Error, Hashable, Sendable {
  /// There is no program called `gnuplot` in the search path.
  case gnuplotMissing
  /// gnuplot refused a script: the figure's name and what it said.
  case gnuplotFailed(figure: String, message: String)
  /// A temporary folder or a file in it could not be used: its path and the system's reason.
  case fileSystem(path: String, reason: String)
  /// The records are not records of this plan: what disagrees.
  case recordsDoNotFit(String)
}

extension ReportError: CustomStringConvertible {
  /// What went wrong and what to do about it.
  public var description: String {
    switch self {
    case .gnuplotMissing:
      "gnuplot was not found: install it (Debian, Ubuntu: apt-get install gnuplot-nox; "
        + "macOS: brew install gnuplot) and see that it is in PATH"
    case .gnuplotFailed(let figure, let message):
      "gnuplot could not draw figure '\(figure)': \(message)"
    case .fileSystem(let path, let reason):
      "\(path): \(reason)"
    case .recordsDoNotFit(let what):
      "the records do not belong to this plan: \(what); collect them again"
    }
  }
}
