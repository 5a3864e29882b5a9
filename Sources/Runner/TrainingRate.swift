import Engine
import Foundation
import Records

/// How many counted operations this machine trains with in a second, in one process.
public struct TrainingRate: Sendable {
  /// Where a rate comes from.
  public enum Source: Sendable {
    /// The times that this many finished runs have kept.
    case records(Int)
    /// A short measurement.
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

  /// What a run's record keeps of its time.
  private struct Provenance: Decodable {
    let seconds: Double
    let operations: Double
  }

  /// The rate of finished runs, of a few hundred at most; nil where none has kept its time.
  public init?(of runs: [PlannedRun], in store: Store) {
    let stride = max(1, runs.count / Self.mostRecords)
    let kept = Swift.stride(from: 0, to: runs.count, by: stride).compactMap { index in
      let path = "\(store.folder(.run, runs[index].id))/provenance.json"
      return FileManager.default.contents(atPath: path)
        .flatMap { try? JSONDecoder().decode(Provenance.self, from: $0) }
    }.filter { $0.seconds > 0 && $0.operations > 0 }
    let seconds = kept.reduce(0) { $0 + $1.seconds }
    guard seconds > 0, seconds.isFinite else { return nil }
    operationsPerSecond = kept.reduce(0) { $0 + $1.operations } / seconds
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
    let trainer = Trainer(
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
