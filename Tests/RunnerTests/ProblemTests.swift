import Catalog
import Foundation
import Records
import Testing

@testable import Runner

/// An axis that switches the data, and metrics that are asked on one side of it alone.
@Suite struct ProblemTests {
  private static let arms = [
    ("rings", "data: ring8"), ("roll", "data: swiss-roll"),
    ("projected", "data: ring8, evaluate.features: {name: pca, components: 1}"),
  ]

  private static func plan(_ modes: String) throws -> Plan {
    try TinyPlan.make(arms, metrics: "frechet: {primary: true}, modes: \(modes)")
  }

  /// A metric of some arms changes the evaluation's id of these alone.
  @Test func metricsOfOtherArmsAreNoPartOfAnEvaluation() throws {
    let plain = try TinyPlan.make(Self.arms, metrics: "frechet: {primary: true}")
    let more = try Self.plan("{when: {arm: rings}}")
    func ids(_ plan: Plan) throws -> [String] {
      let identities = Identities(plan, executor: "fast", dataFolder: nil)
      return try plan.arms.map { try identities.evaluation($0, seed: 0).id }
    }
    let (old, new) = (try ids(plain), try ids(more))
    #expect(old[0] != new[0])
    #expect(Array(old[1...]) == Array(new[1...]))
    #expect(more.metrics(of: more.arms[0]).map(\.name) == ["frechet", "modes"])
    #expect(more.metrics(of: more.arms[1]).map(\.name) == ["frechet"])
    #expect(more.metrics.map(\.goal) == [.min, .max])
  }

  @Test func dataAreCheckedForTheMetricsThatAreAsked() throws {
    func check(_ modes: String) throws {
      let plan = try Self.plan(modes)
      try plan.checkData(Identities(plan, executor: "fast", dataFolder: nil))
    }
    try check("{when: {arm: rings}}")
    #expect {
      try check("{}")
    } throws: { error in
      "\(error)" == """
        tiny.yaml:8:12: metric 'modes' needs the true modes, and the data set swiss-roll has none; \
        'when' can ask it of other arms alone (in arm 'roll')
        tiny.yaml:9:30: metric 'modes' needs the true modes, and pca features are another space \
        than theirs; 'when' can ask it of other arms alone (in arm 'projected')
        """
    }
  }

  @Test func featuresNeedAsManyDimensions() throws {
    let plan = try TinyPlan.make([
      ("wide", "evaluate.features: {name: pca, components: 3}")
    ])
    #expect {
      try plan.checkData(Identities(plan, executor: "fast", dataFolder: nil))
    } throws: { error in
      "\(error)" == "tiny.yaml:7:12: 3 components of data of 2 dimensions; ask for at most 2 "
        + "(in arm 'wide')"
    }
  }

  /// Values are there where they are asked for, and references are told apart by how they are measured.
  @Test func recordsOfSeveralProblems() throws {
    let folder = try TemporaryFolder()
    let plan = try Self.plan("{when: {arm: [rings]}}")
    let store = Store(folder.path)
    try store.prepare()
    let runner = JobRunner(plan, store: store, executor: .fast(.best), dataFolder: nil)
    for arm in plan.arms {
      try runner.performReference(arm: arm.index)
      _ = try runner.perform(arm: arm.index, seed: 0)
    }
    let identities = Identities(plan, executor: "fast", dataFolder: nil)
    let records = try Gathering(plan, store: store, identities: identities).records()
    #expect(records.runs.map { $0.metrics[0] != nil } == [true, true, true])
    #expect(records.runs.map { $0.metrics[1] != nil } == [true, false, false])
    #expect(records.references.map { $0.realAgainstReal[1] != nil } == [true, false, false])
    #expect(records.references[0].data == records.references[2].data)
    #expect(records.references[0].evaluation != records.references[2].evaluation)
    try records.write(to: folder.path + "/report", plan: plan)
    let read = try CompactRecords(reading: folder.path + "/report", plan: plan)
    #expect(read.references.map(\.evaluation) == records.references.map(\.evaluation))
  }
}
