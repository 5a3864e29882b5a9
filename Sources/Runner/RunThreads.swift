import Engine

/// The number of threads that share each run. It changes no result.
public enum RunThreads: Sendable {
  /// One, but where there are fewer runs than workers, as many as there are workers for each run; `mostUnasked` at most.
  case automatic
  /// As many as the user says.
  case fixed(Int)

  /// The most threads that a run gets by itself: small steps gain nothing from more.
  public static let mostUnasked = 8

  /// The threads of each of `runs` runs on a machine that has room for `workers` workers.
  public func count(runs: Int, workers: Int) -> Int {
    switch self {
    case .automatic: runs > 0 ? min(max(workers / runs, 1), Self.mostUnasked) : 1
    case .fixed(let count): count
    }
  }
}
