import Networks

/// What can go wrong between a plan and its records.
public enum RunnerError: Error, CustomStringConvertible {
  /// An environment variable with a value that cannot be used.
  case environment(variable: String, message: String)
  /// A record whose text is not what this program writes.
  case damagedRecord(path: String)
  /// A plan and a worker that do not agree on what a run is.
  case changedPlan(arm: String)
  /// A network that cannot be built for the data.
  case network(Player, NetworkError)
  /// An arm with a tensor of so many numbers in a training step.
  case tooLarge(arm: String, numbers: Int)
  /// Real data that the experiment's metrics cannot measure, and why.
  case unmeasurable(String)
  /// A store that a worker cannot use, and why.
  case store(String)
  /// A benchmark whose process gave no result, and why.
  case benchmark(name: String, reason: String)
  /// A worker process that could not be started or spoken to.
  case worker(path: String, reason: String)

  /// Whether no run of the plan can be made, rather than one.
  var concernsAll: Bool {
    if case .changedPlan = self { true } else { false }
  }

  /// One line that says what to do.
  public var description: String {
    switch self {
    case .environment(let variable, let message): "\(variable): \(message)"
    case .damagedRecord(let path):
      "\(path): the record cannot be read; remove it, and the next sweep makes it again"
    case .changedPlan(let arm):
      "the experiment changed while it was being run (arm \(arm)); start the sweep again"
    case .network(let player, let error): "\(player.rawValue).\(error.keyPath): \(error)"
    case .tooLarge(let arm, let numbers):
      "arm '\(arm)': a training step would need \(numbers >> 28) GiB for one of its tensors alone; choose a "
        + "smaller batch or smaller networks"
    case .unmeasurable(let reason): "real data cannot be measured: \(reason)"
    case .store(let reason): reason
    case .benchmark(let name, let reason): "\(name): not measured: \(reason)"
    case .worker(let path, let reason): "\(path): cannot work as a worker process: \(reason)"
    }
  }
}
