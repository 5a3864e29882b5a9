import Records

/// How far a run of a plan is.
public enum RunStatus: String, Sendable, CaseIterable {
  /// Trained to the end with finite numbers, and measured.
  case done
  /// Trained until its numbers were not finite any more, and measured: a result.
  case diverged
  /// Trained, but not measured as the experiment asks now.
  case unmeasured
  /// Its last attempt gave no result.
  case failed
  /// Interrupted; the next sweep goes on from its checkpoint.
  case partial
  /// Not begun.
  case missing
}

/// How far the runs of a plan are, by what lies in a store. Nothing is verified.
public struct PlanStatus: Sendable {
  /// A run and how far it is.
  public struct Entry: Sendable {
    /// The run.
    public let run: PlannedRun
    /// How far it is.
    public let status: RunStatus
  }

  /// All runs: those of an arm together, in the order of the plan's seeds.
  public let entries: [Entry]

  /// Looks for each run.
  ///
  /// - Parameters:
  ///   - runs: all runs of the plan.
  ///   - tellsDiverged: whether records are opened to tell diverged runs from done ones; else both are `done`.
  public init(
    _ runs: [PlannedRun], in contents: StoreContents, of store: Store, tellsDiverged: Bool
  ) async {
    entries = await concurrentMap(runs) { run in
      let status = Self.status(of: run, contents)
      let isDiverged =
        tellsDiverged && status == .done
        && store.unverified(.run, run.id, RunFiles.summary).flatMap(RunSummary.init)?.state
          == .diverged
      return Entry(run: run, status: isDiverged ? .diverged : status)
    }
  }

  private static func status(of run: PlannedRun, _ contents: StoreContents) -> RunStatus {
    let isTrained = contents.runs.contains(run.id)
    if isTrained, contents.evaluations.contains(run.evaluation) { return .done }
    if contents.failures.contains(run.id) { return .failed }
    if isTrained { return .unmeasured }
    return contents.checkpoints.contains(run.id) ? .partial : .missing
  }

  /// How many runs are that far.
  public func count(_ status: RunStatus) -> Int { entries.count { $0.status == status } }

  /// The runs whose training is not done: missing, partial, and failed ones.
  public var untrained: [PlannedRun] {
    entries.filter { [.missing, .partial, .failed].contains($0.status) }.map(\.run)
  }
}
