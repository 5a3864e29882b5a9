import Records

/// How a finished run ended.
public struct StoredResult: Sendable {
  /// The index of the arm in `Plan.arms`.
  public let arm: Int
  /// `done` or `diverged`.
  public let state: RunState
  /// The final value of the primary metric; nil where there is none.
  public let primary: Double?
}

extension Plan {
  /// The results that a store has of the plan's runs, read on all cores and not verified: what cannot be read is left out.
  ///
  /// - Throws: `RecordsError.inputOutput` when the store cannot be listed; `DatasetError` when the data are missing.
  public func storedResults(
    _ identities: Identities, in store: Store
  ) async throws -> [StoredResult] {
    let contents = try store.contents()
    guard !contents.runs.isEmpty else { return [] }
    let status = await PlanStatus(
      try await identities.runs(), in: contents, of: store, tellsDiverged: true)
    let finished = status.entries.filter { $0.status == .done || $0.status == .diverged }
    return await concurrentMap(finished) { entry in
      let isDone = entry.status == .done
      return StoredResult(
        arm: entry.run.arm, state: isDone ? .done : .diverged,
        primary: isDone ? finalPrimary(entry.run, store) : nil)
    }
  }

  private func finalPrimary(_ run: PlannedRun, _ store: Store) -> Double? {
    store.unverified(.evaluation, run.evaluation, EvaluationFiles.values)
      .flatMap { EvaluationFiles.finalValue($0, metrics[primaryMetric]) }
  }
}
