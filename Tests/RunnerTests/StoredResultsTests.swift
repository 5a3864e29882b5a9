import Engine
import Foundation
import Records
import Testing

@testable import Runner

/// What earlier sweeps left, for whoever goes on.
@Suite struct StoredResultsTests {
  @Test func areThoseOfTheReport() async throws {
    let folder = try TemporaryFolder()
    let store = Store(folder.path)
    let plan = try TinyPlan.make(
      [("plain", ""), ("wild", "optimizer: {name: sgd, rate: 1e30}, loss: wasserstein")],
      seeds: "2", metrics: "modes: {goal: max}, frechet: {goal: min, primary: true}")
    let identities = Identities(plan, executor: "fast", dataFolder: nil)
    #expect(try await plan.storedResults(identities, in: store).isEmpty)
    let runner = JobRunner(plan, store: store, executor: .fast(.best), dataFolder: nil)
    for (arm, seed) in [(0, 0), (0, 1), (1, 1)] { try runner.perform(arm: arm, seed: seed) }
    let results = try await plan.storedResults(identities, in: store)
    let expected = try Gathering(plan, store: store, identities: identities).records().runs
      .filter { $0.state != .missing }
    #expect(results.map(\.arm) == [0, 0, 1])
    #expect(results.map(\.state) == [.done, .done, .diverged])
    #expect(results.map(\.state) == expected.map(\.state))
    #expect(results.map(\.primary) == expected.map { $0.metrics[1] })
    #expect(results[0].primary != nil && results[2].primary == nil)
    // What cannot be read is no result, and no error.
    let run = try await identities.runs()[1]
    try Data("damaged".utf8).write(
      to: URL(
        fileURLWithPath: store.folder(.evaluation, run.evaluation) + "/" + EvaluationFiles.values))
    #expect(try await plan.storedResults(identities, in: store)[1].primary == nil)
  }

  /// A summary that no run writes is none.
  @Test(arguments: ["done", "diverged", "failed", "missing", "x"])
  func summariesAreThoseOfEndedRuns(_ state: String) {
    let text =
      #"{"state": "\#(state)", "steps": 1, "isDead": false, "operations": 1, "digest": ""}"#
    let summary = RunSummary(Array(text.utf8))
    #expect(summary?.state.rawValue == (["done", "diverged"].contains(state) ? state : nil))
    #expect(RunSummary(Array(text.utf8.dropLast())) == nil)
  }

  /// Ids that are derived together are those that are derived one by one.
  @Test func idsAreThoseOfSingleRuns() async throws {
    let plan = try TinyPlan.make(
      [("a", ""), ("b", "penalty: r1"), ("c", "evaluate.points: 7"), ("d", "data: grid25")],
      seeds: "[5, 1, 0]")
    let identities = Identities(plan, executor: "fast", dataFolder: nil)
    let runs = try await identities.runs()
    #expect(runs.map(\.arm) == [0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3])
    let other = Identities(plan, executor: "fast", dataFolder: nil)
    for run in runs {
      let arm = plan.arms[run.arm]
      #expect(try run.id == other.run(arm, seed: run.seed).id)
      #expect(try run.evaluation == other.evaluation(arm, seed: run.seed).id)
    }
    // The third arm's training is the first's, and its evaluation is not.
    #expect(runs[0].id == runs[6].id && runs[0].evaluation != runs[6].evaluation)
  }
}
