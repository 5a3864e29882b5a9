import Records

/// What a run tells while it is under way.
public enum RunEvent: Sendable {
  /// It goes on after this many generator steps of an earlier process.
  case resumed(step: Int)
  /// It has taken this many generator steps.
  case stepped(Int)
  /// A moment of training with the values of `recordedColumns`.
  case recorded(step: Int, values: [Double])
  /// Samples were measured; one value per metric that is asked of the arm, nil where there is none.
  case measured(step: Int, values: [Double?])

  /// What the values of a recorded moment are.
  public static let recordedColumns = HistoryRecord.columns
}

/// How a run is watched and interrupted; nothing of it changes a result.
public struct RunMonitor: Sendable {
  /// Seconds of training between checkpoints.
  public let checkpointInterval: Double
  /// Ends the run after the step that it is in.
  public let stop: StopRequest
  /// Sees what happens, a sign of life every second of training among it.
  public let report: @Sendable (RunEvent) -> Void

  /// - Parameter checkpointInterval: at least 0; 0 for a checkpoint after each step.
  public init(
    checkpointInterval: Double = 60, stop: StopRequest = StopRequest(),
    report: @escaping @Sendable (RunEvent) -> Void = { _ in }
  ) {
    self.checkpointInterval = checkpointInterval
    self.stop = stop
    self.report = report
  }
}
