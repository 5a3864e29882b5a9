import Records

/// What happens during a sweep, for whoever shows it.
public enum SweepEvent: Sendable {
  /// It is known what is missing.
  case began(SweepExtent)
  /// A worker has begun a run; without a seed it measures real data.
  case started(arm: Int, seed: Int?, worker: Int)
  /// A worker goes on with a run that was interrupted after this many generator steps.
  case resumed(worker: Int, step: Int)
  /// A worker has taken this many generator steps of its run.
  case stepped(worker: Int, step: Int)
  /// A run, or without a seed the measuring of real data, has ended; `primary` is the final value of the primary
  /// metric, nil where there is none.
  case finished(arm: Int, seed: Int?, worker: Int, state: RunState, primary: Double?)
  /// A run has given no result; its log is kept at `log`, nil where a stored run was to be trained again.
  case failed(arm: Int, seed: Int, worker: Int, message: String, log: String?)
  /// A run was interrupted on request after this many generator steps, from which the next sweep goes on.
  case stopped(arm: Int, seed: Int?, worker: Int, step: Int)
  /// A stored run was trained again; the files of its records that came out otherwise are named.
  case verified(arm: Int, seed: Int, worker: Int, differing: [String])
}

/// How much a sweep has to do.
public struct SweepExtent: Sendable {
  /// The runs of the plan.
  public var total = 0
  /// Runs whose records are in the store.
  public var done = 0
  /// Runs that failed earlier and are not tried again.
  public var failed = 0
  /// Records that were damaged and are in quarantine now.
  public var damaged = 0
  /// Runs without a record.
  public var toTrain = 0
  /// Trained runs that this experiment's evaluation has not measured yet.
  public var toMeasure = 0
  /// Data sets whose real samples are to be measured.
  public var references = 0
  /// Counted floating-point operations that training one run of each arm takes, by the arm's index; 0 for arms that
  /// have no run to train.
  public var operations: [Int] = []
  /// The number of worker processes.
  public var workers = 0
  /// The number of threads that share each run.
  public var threads = 1

  /// Nothing, of nothing.
  public init() {}
}
