import Engine
import Records

/// How many counted operations of training one process does in a second on a machine of this kind: with the same
/// fingerprint, kernels and number of threads.
public struct TrainingRate: Sendable {
  /// Where a rate comes from.
  public enum Source: Sendable {
    /// The times that this many finished runs have kept, which are those of training and measuring.
    case records(Int)
    /// A short measurement of training alone.
    case measurement
  }

  /// Floating-point operations per second.
  public let operationsPerSecond: Double
  /// Where the number comes from.
  public let source: Source
}

extension TrainingRate {
  /// The most records that are opened.
  private static let mostRecords = 200

  /// The rate of finished runs, of a few hundred at most; nil where none was made on a machine of this kind and has kept
  /// its time.
  ///
  /// - Parameter executor: what runs are computed with now.
  public init?(of runs: [PlannedRun], in store: Store, _ executor: Executor) {
    let current = Provenance(executor)
    let stride = max(1, runs.count / Self.mostRecords)
    let kept = Swift.stride(from: 0, to: runs.count, by: stride).compactMap { index in
      store.unverified(.run, runs[index].id, Provenance.fileName).flatMap(Provenance.init)
    }.filter(current.hasConditions).compactMap { record -> (seconds: Double, operations: Int)? in
      guard let seconds = record.seconds, let operations = record.operations, seconds > 0,
        operations > 0
      else { return nil }
      return (seconds, operations)
    }
    let seconds = kept.reduce(0) { $0 + $1.seconds }
    guard seconds > 0, seconds.isFinite else { return nil }
    operationsPerSecond = kept.reduce(0) { $0 + Double($1.operations) } / seconds
    source = .records(kept.count)
  }

  /// Measures some training steps, for about a fifth of a second.
  ///
  /// - Parameters:
  ///   - candidates: the arms that are to be trained; the first of them with steps short enough is measured.
  ///   - costs: the plan's counts.
  /// - Returns: nil where every step is too long to be tried.
  public init?(
    measuring candidates: [Arm], _ costs: RunCosts, _ identities: Identities, _ executor: Executor
  ) throws {
    let most = executor.precision == .float32 ? 2e9 : 1e7
    let cheap = candidates.first { arm in
      let steps = RunConfiguration(arm.configuration).steps
      return Double(costs.operations[arm.index]) / Double(steps) < most
    }
    guard let cheap else { return nil }
    let trainer = try Trainer(
      RunConfiguration(cheap.configuration), seed: 0, dataset: try identities.dataset(cheap),
      executor: executor)
    _ = trainer.advance()
    let (clock, first) = (ContinuousClock(), trainer.step)
    let start = clock.now
    while clock.now - start < .seconds(0.15) { _ = trainer.advance() }
    let seconds = (clock.now - start) / .seconds(1)
    let operations = trainer.operations(steps: trainer.step) - trainer.operations(steps: first)
    operationsPerSecond = Double(operations) / seconds
    source = .measurement
  }
}
