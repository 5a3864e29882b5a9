import Catalog
import Records

/// The results of an experiment that somebody has read and accepted, so that later ones can be compared with them.
///
/// Fresh records are put into the same form: the regression check compares what `accept` would write now with what it
/// wrote then.
public struct Baseline: Sendable {
  /// What the numbers are a function of besides arms and seeds.
  public struct Conditions: Hashable, Sendable {
    /// The version of the numerics of training.
    public let numericsVersion: Int
    /// The version of metrics and features.
    public let evaluationVersion: Int
    /// The executor's name.
    public let executor: String
    /// What the metrics depend on of a machine; nil where it is not known or not one for all runs.
    public let fingerprint: String?

    /// Collects conditions.
    public init(
      numericsVersion: Int, evaluationVersion: Int, executor: String, fingerprint: String?
    ) {
      self.numericsVersion = numericsVersion
      self.evaluationVersion = evaluationVersion
      self.executor = executor
      self.fingerprint = fingerprint
    }
  }

  /// A metric of the experiment.
  struct Metric: Sendable {
    /// The column's name.
    let name: String
    /// Which direction is better.
    let goal: MetricRequest.Goal
    /// Whether verdicts rest on it.
    let isPrimary: Bool
    /// The metric's entry without defaults.
    let settings: Value
  }

  /// One cell of the grid.
  struct ArmRecord: Sendable {
    /// The arm's name: its labels.
    let name: String
    /// The canonical configuration of training.
    let settings: Value
    /// The settings of evaluation without defaults.
    let evaluation: Value
    /// The names of the metrics that are asked of it, in the order of `Baseline.metrics`.
    let asked: [String]
    /// One per seed, in ascending order.
    let runs: [Run]
    /// Moments of training of the run with the trace's seed.
    let trace: [Moment]
  }

  /// What one run came to.
  struct Run: Hashable, Sendable {
    let seed: Int
    /// The run's id in the store.
    let id: String
    /// How it ended.
    let state: RunState
    /// The last finite generator step.
    let steps: Int
    /// Whether it was finite but dead.
    let isDead: Bool
    /// SHA-256 of the states at the last finite step; empty without a result.
    let digest: String
    /// Counted floating-point operations.
    let operations: Int
    /// Final values in the order of `Baseline.metrics`; nil where there is none.
    let metrics: [Double?]
  }

  /// What training was like after a step.
  struct Moment: Hashable, Sendable {
    /// Generator steps taken.
    let step: Int
    /// One value per column of the trace; nil where there is none.
    let values: [Double?]
  }

  /// What was found of a claim.
  struct ClaimRecord: Hashable, Sendable {
    /// The claim's name.
    let id: String
    /// What is claimed, in words.
    let statement: String
    /// `true`, `false` or `undecided`.
    let verdict: String
  }

  /// The experiment's name.
  public let experiment: String
  /// Versions, executor and machine.
  public let conditions: Conditions
  /// The metrics in the order of the file.
  let metrics: [Metric]
  /// The arms in the order of the plan.
  let arms: [ArmRecord]
  /// The claims in the order of the file.
  let claims: [ClaimRecord]
  /// The seed of the runs whose moments of training are kept.
  public let traceSeed: Int
  /// The columns of a moment, in the order in which a step computes them.
  let traceColumns: [String]
}

extension Baseline.Run {
  /// Whether there is something to compare.
  var hasResult: Bool { state == .done || state == .diverged }
}
