import Arrays
import Engine
import Foundation
import Records
import Synchronization
import Testing

@testable import Runner

/// What is measured later from stored generator weights is what would have been measured while training.
@Suite struct SnapshotTests {
  static let metrics = "frechet: {goal: min, primary: true}"
  static let moreMetrics =
    "mmd2: {goal: min, primary: true}, modes: {goal: max}, frechet: {goal: min}"
  static let settings = [
    "train.steps: 40", "train.steps: 40, generator.normalizer: batch, generator.average: 0.9",
    "train.steps: 40, latent.distribution: uniform, generator.dropout: 0.5",
    "train.steps: 900, loss: wasserstein, optimizer: {name: sgd, rate: 0.3}",
  ]

  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Does all runs of a plan and returns how many generator steps were taken.
  @discardableResult
  private func perform(_ plan: Plan, in store: String, executor: Executor = .fast(.best)) throws
    -> Int
  {
    let runner = JobRunner(
      plan, store: Store("\(folder.path)/\(store)"), executor: executor, dataFolder: nil)
    var steps = 0
    for arm in plan.arms {
      for seed in plan.seeds {
        let last = Mutex(0)
        let monitor = RunMonitor { event in
          if case .stepped(let step) = event { last.withLock { $0 = step } }
        }
        try runner.perform(arm: arm.index, seed: seed, monitor: monitor)
        steps += last.withLock { $0 }
      }
    }
    return steps
  }

  private func plan(_ settings: String, metrics: String = metrics, set: [String] = []) throws
    -> Plan
  {
    try TinyPlan.make([("only", settings)], seeds: "2", metrics: metrics, set: set)
  }

  @Test(arguments: settings)
  func measuringLaterGivesTheSameBytes(_ settings: String) throws {
    let plan = try plan(settings)
    #expect(try perform(plan, in: "store") > 0)
    let evaluations = try folder.contents("store/evaluations")
    #expect(!evaluations.isEmpty)
    try FileManager.default.removeItem(atPath: "\(folder.path)/store/evaluations")
    #expect(try perform(plan, in: "store") == 0)
    #expect(try folder.contents("store/evaluations") == evaluations)
  }

  @Test(arguments: settings)
  func newMetricsDoNotTrain(_ settings: String) throws {
    try perform(try plan(settings), in: "store")
    let more = try plan(settings, metrics: Self.moreMetrics)
    #expect(try perform(more, in: "store") == 0)
    #expect(try perform(more, in: "fresh") > 0)
    let (old, fresh) = (try folder.contents("store"), try folder.contents("fresh"))
    for (name, bytes) in fresh { #expect(old[name] == bytes, "\(name)") }
    #expect(old.count > fresh.count)
  }

  @Test(arguments: [1, 2, 5, 10])
  func pointsAtSnapshotsDoNotTrain(_ points: Int) throws {
    try perform(try plan("train.steps: 40"), in: "store")
    let other = try plan("train.steps: 40", set: ["evaluate.points=\(points)"])
    #expect(try perform(other, in: "store") == 0)
    #expect(try perform(other, in: "fresh") > 0)
    let (old, fresh) = (try folder.contents("store"), try folder.contents("fresh"))
    for (name, bytes) in fresh { #expect(old[name] == bytes, "\(name)") }
  }

  @Test func otherPointsTrainAgainAndKeepTheRun() throws {
    try perform(try plan("train.steps: 40"), in: "store")
    let runs = try folder.contents("store/runs")
    #expect(try perform(try plan("train.steps: 40", set: ["evaluate.points=40"]), in: "store") > 0)
    #expect(try folder.contents("store/runs") == runs)
  }

  @Test func moreSamplesDoNotTrain() throws {
    try perform(try plan("train.steps: 40"), in: "store")
    #expect(
      try perform(try plan("train.steps: 40", set: ["evaluate.samples=1000"]), in: "store") == 0)
  }

  @Test func doneRunsAreLeftAlone() throws {
    let plan = try plan("train.steps: 40")
    try perform(plan, in: "store")
    let before = try folder.contents("store")
    #expect(try perform(plan, in: "store") == 0)
    #expect(try folder.contents("store") == before)
  }

  @Test func convolutionalGeneratorsKeepWhatFits() {
    func kept(_ weights: Int, _ isConvolutional: Bool) -> [Int] {
      Snapshots.points(weights: weights, isConvolutional: isConvolutional)
        .map { Snapshots.moments(of: 100, points: $0) } ?? [100]
    }
    let all = Array(stride(from: 0, through: 100, by: 10))
    #expect(kept(190_650, false) == all && kept(190_651, false) == [100])
    #expect(kept(381_300, true) == all)
    #expect(kept(381_301, true) == [0, 20, 40, 60, 80, 100])
    #expect(kept(1_000_000, true) == [0, 50, 100])
    #expect(kept(2_000_000, true) == [0, 100])
    #expect(kept(4_000_000, true) == [100])
    #expect(Snapshots.moments(of: 3) == [0, 1, 2, 3])
  }

  @Test func referenceExecutorHasRecordsOfItsOwn() throws {
    let plan = try plan("train.steps: 4")
    #expect(try perform(plan, in: "store") > 0)
    #expect(try perform(plan, in: "store", executor: .reference) > 0)
    #expect(try perform(plan, in: "store", executor: .reference) == 0)
  }

  @Test func aDamagedRecordIsMadeAgain() throws {
    let plan = try plan("train.steps: 40")
    try perform(plan, in: "store")
    let before = try folder.contents("store")
    let name = try #require(before.keys.filter { $0.hasSuffix("weights.safetensors") }.min())
    var bytes = try #require(before[name])
    bytes[bytes.count / 2] ^= 1
    try Data(bytes).write(to: URL(fileURLWithPath: "\(folder.path)/store/\(name)"))
    #expect(try perform(plan, in: "store") > 0)
    let after = try folder.contents("store").filter { !$0.key.hasPrefix("quarantine/") }
    #expect(after == before)
  }

  /// Weights of other networks, in a record whose sums fit, are not put into these.
  @Test func weightsOfOtherShapesAreNotMeasured() throws {
    let plan = try plan("train.steps: 40")
    try perform(plan, in: "store")
    let evaluations = try folder.contents("store/evaluations")
    let store = Store("\(folder.path)/store")
    let id = try #require(try store.ids(.run).first)
    let record = try #require(try store.read(.run, id))
    let kept = try Safetensors(
      decoding: try #require(record[RunFiles.snapshots]), file: "snapshots")
    let others = kept.entries.map { entry in
      Safetensors.Entry(entry.name, .float32(HostArray(shape: [1], elements: [0])))
    }
    let files = record.files.map { file -> Store.File in
      file.name == RunFiles.snapshots ? (file.name, Safetensors(others).encoded()) : file
    }
    try FileManager.default.removeItem(atPath: record.path)
    try store.write(.run, id, files: files)
    try FileManager.default.removeItem(atPath: "\(folder.path)/store/evaluations")
    #expect(try perform(plan, in: "store") > 0)
    #expect(try folder.contents("store/evaluations") == evaluations)
  }

  @Test func anotherPlanIsNoticed() throws {
    let runner = JobRunner(
      try plan(""), store: Store("\(folder.path)/store"), executor: .fast(.best), dataFolder: nil)
    #expect {
      try runner.perform(arm: 0, seed: 0, expected: (String(repeating: "0", count: 64), ""))
    } throws: { "\($0)".contains("the experiment changed while it was being run (arm only)") }
  }
}
