import Foundation
import Records
import Testing

@testable import Runner

/// What a store tells of the way to its results and of the machine that measured them.
@Suite struct TraceTests {
  /// A store with the runs of a plan.
  private func stored(_ plan: Plan, _ folder: TemporaryFolder) throws -> (Store, Gathering) {
    let store = Store("\(folder.path)/store")
    let jobs = JobRunner(plan, store: store, executor: .fast(.best), dataFolder: nil)
    for arm in plan.arms.indices {
      for seed in plan.seeds { try jobs.perform(arm: arm, seed: seed) }
    }
    let identities = Identities(plan, executor: "fast", dataFolder: nil)
    return (store, Gathering(plan, store: store, identities: identities))
  }

  /// The first step is recorded however long training is, and moments lie ever wider apart.
  @Test func momentsOfTraining() throws {
    let folder = try TemporaryFolder()
    let plan = try TinyPlan.make(
      [("one", ""), ("two", "loss: hinge")], seeds: "2", set: ["train.steps=900"])
    let (_, gathering) = try stored(plan, folder)
    let traces = try gathering.traces(seed: 1)
    for arm in 0..<2 {
      let steps = traces.rows.filter { $0.arm == arm }.map(\.step)
      // Of 900 steps every 4.5th is recorded, and the first.
      #expect(steps == [1, 5, 14, 32, 68, 140, 284, 572, 900])
    }
    #expect(traces.rows.allSatisfy { $0.seed == 1 && $0.values.count == traces.columns.count })
    #expect(try gathering.traces(seed: 7).rows.isEmpty)
  }

  @Test func fingerprintOfEvaluations() throws {
    let folder = try TemporaryFolder()
    let plan = try TinyPlan.make([("one", "")], seeds: "2")
    let (store, gathering) = try stored(plan, folder)
    #expect(try gathering.fingerprint() == .current)
    let id = try Identities(plan, executor: "fast", dataFolder: nil)
      .evaluation(plan.arms[0], seed: 1).id
    let path = "\(store.folder(.evaluation, id))/provenance.json"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    #expect(text.contains(Fingerprint.current.rawValue))
    // What does not match its sum is not believed, and the result stays what it is.
    try text.replacing("GSL", with: "BLAS").write(toFile: path, atomically: false, encoding: .utf8)
    #expect(try gathering.fingerprint() == nil)
    #expect(try gathering.records().runs.allSatisfy { $0.state == .done })
  }

  @Test func fingerprintIsReadable() {
    let text = Fingerprint.current.rawValue
    #expect(
      text.wholeMatch(of: /[^,\n]+ (Linux|macOS), [a-z]+ [0-9.]+, GSL [0-9.]+, [a-z0-9]+/) != nil)
  }
}
