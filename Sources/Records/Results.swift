import Catalog

/// How a run ended, or that it has not.
public enum RunState: String, Codable, Sendable, CaseIterable {
  /// Finished every step with finite numbers.
  case done
  /// Stopped at the first step whose loss or weights were not finite: a result, not an error.
  case diverged
  /// Ended by a crash, a kill or a time-out: no result.
  case failed
  /// Not trained yet.
  case missing
}

/// What the report needs of one finished run: one row of `runs.csv`.
public struct RunResult: Hashable, Sendable {
  /// The index of the arm in `Plan.arms`.
  public let arm: Int
  /// The seed.
  public let seed: Int
  /// The run's id in the store, 64 hexadecimal digits.
  public let id: String
  /// How it ended.
  public let state: RunState
  /// The last finite generator step.
  public let steps: Int
  /// Whether the run was finite but dead: critic certain and generator gradient vanished, for long.
  public let isDead: Bool
  /// Counted floating-point operations of training.
  public let operations: Int
  /// SHA-256 of the state table at the last finite step.
  public let digest: String
  /// The final value of each metric in the order of `Plan.metrics`; nil where there is none.
  public let metrics: [Double?]

  /// Collects a row.
  public init(
    arm: Int, seed: Int, id: String, state: RunState, steps: Int, isDead: Bool, operations: Int,
    digest: String, metrics: [Double?]
  ) {
    self.arm = arm
    self.seed = seed
    self.id = id
    self.state = state
    self.steps = steps
    self.isDead = isDead
    self.operations = operations
    self.digest = digest
    self.metrics = metrics
  }
}

/// A table of numbers over training: one row per (arm, seed, step), columns with names.
public struct HistoryTable: Hashable, Sendable {
  /// One moment of one run.
  public struct Row: Hashable, Sendable {
    /// The index of the arm in `Plan.arms`.
    public let arm: Int
    /// The seed.
    public let seed: Int
    /// The generator step after which the values were taken; 0 is initialization.
    public let step: Int
    /// One value per column; nil where there is none or it was not finite.
    public let values: [Double?]

    /// Collects a row.
    public init(arm: Int, seed: Int, step: Int, values: [Double?]) {
      self.arm = arm
      self.seed = seed
      self.step = step
      self.values = values
    }
  }

  /// The names of the columns.
  public let columns: [String]
  /// Rows sorted by arm, seed, step.
  public let rows: [Row]

  /// Collects a table.
  public init(columns: [String], rows: [Row]) {
    self.columns = columns
    self.rows = rows
  }
}

/// Points to draw: the samples of one arm at the end of its first seed.
public struct SampleCloud: Hashable, Sendable {
  /// The index of the arm in `Plan.arms`.
  public let arm: Int
  /// The seed.
  public let seed: Int
  /// Points in the plane.
  public let points: [SIMD2<Float>]

  /// Collects a cloud.
  public init(arm: Int, seed: Int, points: [SIMD2<Float>]) {
    self.arm = arm
    self.seed = seed
    self.points = points
  }
}

/// What a problem's data look like and how real data score: the floor that no arm can be expected
/// to pass.
public struct ProblemReference: Hashable, Sendable {
  /// The canonical data setting that this belongs to, as JSON.
  public let data: String
  /// The canonical evaluation settings that this belongs to, as JSON; arms with the same data and evaluation share it.
  public let evaluation: String
  /// One sentence on the data and the evaluation protocol: split, number of samples, feature space,
  /// constants.
  public let protocolText: String
  /// Real against held-out real for each metric in the order of `Plan.metrics`.
  public let realAgainstReal: [Double?]
  /// Real points of a planar data set, for the scatter's background; empty otherwise.
  public let realPoints: [SIMD2<Float>]
  /// The centres of a planar mixture's modes; empty otherwise.
  public let modes: [SIMD2<Float>]

  /// Collects a reference.
  public init(
    data: String, evaluation: String = "", protocolText: String, realAgainstReal: [Double?],
    realPoints: [SIMD2<Float>],
    modes: [SIMD2<Float>]
  ) {
    self.data = data
    self.evaluation = evaluation
    self.protocolText = protocolText
    self.realAgainstReal = realAgainstReal
    self.realPoints = realPoints
    self.modes = modes
  }
}

/// All that a report is made from: it is a pure function of this and of the plan, so anyone with a
/// clone can make it again without training.
public struct CompactRecords: Hashable, Sendable {
  /// One row per run of the plan, sorted by arm, then seed; missing and failed runs included.
  public var runs: [RunResult]
  /// Losses, critic outputs and gradient norms, thinned.
  public var training: HistoryTable
  /// Metrics at the evaluation points; its columns are the names of `Plan.metrics`.
  public var evaluation: HistoryTable
  /// Planar samples.
  public var clouds: [SampleCloud]
  /// Pictures of samples.
  public var grids: [SampleGrid]
  /// How near samples of images are to real ones.
  public var neighbours: [NeighbourCheck]
  /// One per data setting in the plan.
  public var references: [ProblemReference]

  /// Collects records.
  public init(
    runs: [RunResult], training: HistoryTable, evaluation: HistoryTable, clouds: [SampleCloud],
    grids: [SampleGrid], neighbours: [NeighbourCheck] = [], references: [ProblemReference]
  ) {
    self.runs = runs
    self.training = training
    self.evaluation = evaluation
    self.clouds = clouds
    self.grids = grids
    self.neighbours = neighbours
    self.references = references
  }
}
