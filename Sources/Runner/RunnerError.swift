/// What can go wrong between a plan and its records.
public enum RunnerError: Error, CustomStringConvertible {
  /// An environment variable with a value that cannot be used.
  case environment(variable: String, message: String)
  /// A record whose text is not what this program writes.
  case damagedRecord(path: String)
  /// A plan and a worker that do not agree on what a run is.
  case changedPlan(arm: String)

  /// One line that says what to do.
  public var description: String {
    switch self {
    case .environment(let variable, let message): "\(variable): \(message)"
    case .damagedRecord(let path):
      "\(path): the record cannot be read; remove it, and the next sweep makes it again"
    case .changedPlan(let arm):
      "the experiment changed while it was being run (arm \(arm)); start the sweep again"
    }
  }
}
