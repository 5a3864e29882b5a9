import Arrays
import Engine
import Foundation
import Records
import Synchronization
import Testing

@testable import Runner

/// An interrupted run ends with the bytes of one that nothing disturbed.
@Suite struct ResumeTests {
  /// Every optimizer and every piece that keeps something from one step to the next, or counts steps.
  static let cases: [(name: String, settings: String)] = [
    ("adam", "optimizer: {name: adam, rate: 0.01}"),
    ("rmsprop", "optimizer: {name: rmsprop, rate: 0.001}"),
    ("sgd", "optimizer: {name: sgd, rate: 0.01}"),
    ("momentum", "optimizer: {name: sgd, rate: 0.01, momentum: 0.9}"),
    ("own", "critic.optimizer: {name: rmsprop, rate: 0.001}, generator.optimizer: adam"),
    ("schedules", "optimizer.rate: {name: cosine, from: 0.01, to: 0.0001}"),
    ("batch", "generator.normalizer: batch, critic.normalizer: batch"),
    ("spectral", "critic.constraint: spectral, loss: hinge"),
    ("clipping", "critic.constraint: clipping, loss: wasserstein"),
    ("average", "generator.average: 0.9, generator.normalizer: batch"),
    ("dropout", "critic.dropout: 0.3, generator.dropout: 0.1"),
    ("bursts", "train.criticSteps: {name: bursts, steps: 2, burst: 5, first: 3, every: 7}"),
    ("lazy", "penalty: [{preset: r1, every: 3}, {preset: r2, every: 4}], train.criticSteps: 2"),
    ("penalty", "penalty: {preset: dragan, weight: 1}"),
    ("uniform", "latent: {distribution: uniform, size: 3}"),
  ]
  static let fixed = [
    "train.steps=100", "train.batch=8", "evaluate.points=3", "generator.hidden=[4]",
  ]

  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func training(_ plan: Plan, _ executor: Executor = .fast(.best)) throws -> RunTraining {
    let identities = Identities(plan, executor: executor.name, dataFolder: nil)
    let arm = plan.arms[0]
    let configuration = RunConfiguration(arm.configuration)
    return RunTraining(
      arm: arm, seed: 0, identity: try identities.run(arm, seed: 0),
      evaluationID: try identities.evaluation(arm, seed: 0).id,
      dataset: try identities.dataset(arm),
      evaluator: try Evaluator(
        try RealSide(
          try identities.dataset(arm), EvaluationSettings(configuration),
          kernels: executor.kernels),
        metrics: plan.metrics(of: arm)),
      executor: executor)
  }

  /// All that a run leaves.
  private func outcome(_ result: RunTraining.Result) -> [String: [UInt8]] {
    var files = Dictionary(uniqueKeysWithValues: result.files.map { ($0.name, $0.bytes) })
    files["values"] = Array(StepTable.text(["frechet"], result.values).utf8)
    files["samples"] = result.sampler.map { Array("\($0(10).elements)".utf8) }
    return files
  }

  @Test(arguments: cases.map(\.name))
  func everyStepIsAPlaceToGoOnFrom(_ name: String) throws {
    let settings = try #require(Self.cases.first { $0.name == name }).settings
    let training = try training(try TinyPlan.make([("only", settings)], set: Self.fixed))
    var checkpoints: [[UInt8]] = []
    let undisturbed = try training.run(from: nil, RunMonitor(checkpointInterval: 0)) {
      checkpoints.append($0.encoded())
    }
    #expect(checkpoints.count == 99)
    #expect(undisturbed.state == .done)
    let expected = outcome(undisturbed)
    for (index, bytes) in checkpoints.enumerated() {
      let checkpoint = try #require(Checkpoint(decoding: bytes))
      #expect(checkpoint.step == index + 1)
      let resumed = try training.run(from: checkpoint, RunMonitor()) { _ in }
      #expect(resumed.provenance.resumedAt == index + 1)
      #expect(outcome(resumed) == expected, "resumed after step \(index + 1)")
    }
  }

  @Test func theReferenceExecutorGoesOnToo() throws {
    let plan = try TinyPlan.make([("only", "generator.average: 0.5")], set: ["train.steps=8"])
    let training = try training(plan, .reference)
    var checkpoints: [Checkpoint] = []
    let expected = outcome(
      try training.run(from: nil, RunMonitor(checkpointInterval: 0)) { checkpoints.append($0) })
    #expect(checkpoints.count == 7)
    for checkpoint in checkpoints {
      #expect(outcome(try training.run(from: checkpoint, RunMonitor()) { _ in }) == expected)
    }
  }

  /// The last finite step is found from any checkpoint before it.
  @Test func aDivergingRunGoesOn() throws {
    let plan = try TinyPlan.make(
      [
        (
          "only",
          "optimizer: {name: sgd, rate: {name: linear, from: 0.001, to: 40}}, loss: wasserstein"
        )
      ], set: ["train.steps=200"])
    let training = try training(plan)
    var checkpoints: [Checkpoint] = []
    let undisturbed = try training.run(from: nil, RunMonitor(checkpointInterval: 0)) {
      checkpoints.append($0)
    }
    #expect(undisturbed.state == .diverged)
    #expect(checkpoints.count > 3)
    for checkpoint in checkpoints {
      let resumed = try training.run(from: checkpoint, RunMonitor()) { _ in }
      #expect(outcome(resumed) == outcome(undisturbed), "resumed after step \(checkpoint.step)")
    }
  }

  // MARK: By way of the store

  private func runner(_ plan: Plan, _ store: String) -> JobRunner {
    JobRunner(
      plan, store: Store("\(folder.path)/\(store)"), executor: .fast(.best), dataFolder: nil)
  }

  /// The step at which a run began.
  private final class Start: Sendable { let step = Mutex(0) }

  /// A monitor that asks to stop after a step, and the step at which its run began.
  private func interruption(at step: Int, resumedAt start: Start) -> RunMonitor {
    let stop = StopRequest()
    return RunMonitor(stop: stop) { event in
      switch event {
      case .resumed(let step): start.step.withLock { $0 = step }
      case .stepped(step): stop.make()
      default: break
      }
    }
  }

  /// Interrupts the run of a plan at a step; returns the step at which it began.
  @discardableResult
  private func interrupt(_ plan: Plan, _ store: String, at step: Int) throws -> Int {
    let start = Start()
    let monitor = interruption(at: step, resumedAt: start)
    let error = #expect(throws: RunInterrupted.self) {
      try runner(plan, store).perform(arm: 0, seed: 0, monitor: monitor)
    }
    #expect(error?.step == step)
    return start.step.withLock { $0 }
  }

  @Test func aRunCanBeInterruptedAgainAndAgain() throws {
    let plan = try TinyPlan.make([("only", "generator.average: 0.9")])
    try runner(plan, "whole").perform(arm: 0, seed: 0)
    let starts = try [3, 4, 11, 29].map { try interrupt(plan, "broken", at: $0) }
    #expect(starts == [0, 3, 4, 11])
    #expect(try Store("\(folder.path)/broken").checkpointedRuns().count == 1)
    try runner(plan, "broken").perform(arm: 0, seed: 0)
    #expect(try folder.contents("broken") == folder.contents("whole"))
    #expect(try Store("\(folder.path)/broken").checkpointedRuns() == [])
  }

  /// The values measured before belong to another experiment; the kept weights give those of this one.
  @Test(arguments: [1, 6, 17, 29])
  func anotherExperimentGoesOnWithTheRun(_ step: Int) throws {
    let plan = try TinyPlan.make([("only", "")])
    let other = try TinyPlan.make(
      [("only", "")], metrics: "modes: {goal: max}, frechet: {goal: min}",
      set: ["evaluate.samples=50"])
    try runner(other, "whole").perform(arm: 0, seed: 0)
    try interrupt(plan, "shared", at: step)
    let start = Start()
    let monitor = interruption(at: 0, resumedAt: start)
    try runner(other, "shared").perform(arm: 0, seed: 0, monitor: monitor)
    #expect(start.step.withLock { $0 } == step)
    #expect(try folder.contents("shared") == folder.contents("whole"))
  }

  /// Evaluation at moments whose weights were not kept cannot be made up for.
  @Test func aRunWhoseMomentsAreGoneBeginsAnew() throws {
    let plan = try TinyPlan.make([("only", "")])
    let other = try TinyPlan.make([("only", "")], set: ["evaluate.points=7"])
    try runner(other, "whole").perform(arm: 0, seed: 0)
    try interrupt(plan, "shared", at: 20)
    #expect(try interrupt(other, "shared", at: 25) == 0)
    try runner(other, "shared").perform(arm: 0, seed: 0)
    #expect(try folder.contents("shared") == folder.contents("whole"))
  }

  @Test func damagedCheckpointsArePassedOver() throws {
    let plan = try TinyPlan.make([("only", "")])
    try runner(plan, "whole").perform(arm: 0, seed: 0)
    for step in [5, 9, 14] { try interrupt(plan, "broken", at: step) }
    let root = "\(folder.path)/broken/checkpoints"
    func files() throws -> [String] {
      try FileManager.default.subpathsOfDirectory(atPath: root).filter { $0.contains("/") }
    }
    func steps() throws -> [Int] {
      try files().compactMap { Int($0.split(separator: "/")[1].prefix { $0 != "-" }) }.sorted()
    }
    func damage(_ step: Int) throws {
      let file = try #require(try files().first { $0.contains("/\(step)-") })
      var bytes = try Data(contentsOf: URL(fileURLWithPath: "\(root)/\(file)"))
      bytes[bytes.count / 2] ^= 1
      try bytes.write(to: URL(fileURLWithPath: "\(root)/\(file)"))
    }
    #expect(try steps() == [9, 14])
    try damage(14)
    #expect(try interrupt(plan, "broken", at: 13) == 9)
    #expect(try steps() == [9, 13])
    try damage(13)
    try damage(9)
    #expect(try interrupt(plan, "broken", at: 2) == 0)
    #expect(try steps() == [2])
    try runner(plan, "broken").perform(arm: 0, seed: 0)
    #expect(try folder.contents("broken") == folder.contents("whole"))
  }

  @Test func nothingIsKeptOfARunThatHasNotBegun() throws {
    let plan = try TinyPlan.make([("only", "")])
    let stop = StopRequest()
    stop.make()
    let error = #expect(throws: RunInterrupted.self) {
      try runner(plan, "none").perform(arm: 0, seed: 0, monitor: RunMonitor(stop: stop))
    }
    #expect(error?.step == 0)
    #expect(try Store("\(folder.path)/none").checkpointedRuns() == [])
  }

  // MARK: Files

  /// Whatever lies in the store, a run is made: from a checkpoint that fits, or from its beginning.
  @Test func checkpointsThatDoNotFitArePassedOver() throws {
    let plan = try TinyPlan.make([("only", "")])
    let other = try TinyPlan.make([("only", "generator.hidden: [9]")])
    let training = try training(plan)
    var kept: [Checkpoint] = []
    let expected = outcome(
      try training.run(from: nil, RunMonitor(checkpointInterval: 0)) { kept.append($0) })
    var foreign: Checkpoint?
    _ = try self.training(other).run(from: nil, RunMonitor(checkpointInterval: 0)) { foreign = $0 }
    var cases = [try #require(foreign)]
    for step in [-1, 31, .max, .min] {
      var checkpoint = kept[9]
      checkpoint.step = step
      cases.append(checkpoint)
    }
    // Equal in form, and of another seed.
    var stranger = kept[9]
    stranger.run = String(repeating: "0", count: 64)
    cases.append(stranger)
    var broken = kept[9]
    broken.states[0] = Safetensors.Entry(
      broken.states[0].name,
      .float32(
        HostArray(
          shape: broken.states[0].array.shape,
          elements: Array(repeating: .nan, count: broken.states[0].array.doubles.elements.count))))
    cases.append(broken)
    for checkpoint in cases {
      let result = try training.run(from: checkpoint, RunMonitor()) { _ in }
      #expect(result.provenance.resumedAt == nil)
      #expect(outcome(result) == expected)
    }
    // A table whose steps are no steps.
    for bad in [Double.nan, .infinity, 1e300, 0.5] {
      let file = try Safetensors(decoding: kept[9].encoded(), file: "checkpoint")
      let entries = file.entries.map { entry in
        guard entry.name == "values", case .float64(let table) = entry.array else { return entry }
        var elements = table.elements
        elements[0] = bad
        return Safetensors.Entry(
          entry.name, .float64(HostArray(shape: table.shape, elements: elements)))
      }
      #expect(
        Checkpoint(decoding: Safetensors(entries, metadata: file.metadata).encoded()) == nil)
    }
  }

  @Test func everyTruncationIsRefused() throws {
    let training = try training(try TinyPlan.make([("only", "")], set: ["train.steps=2"]))
    var kept: Checkpoint?
    _ = try training.run(from: nil, RunMonitor(checkpointInterval: 0)) { kept = $0 }
    let bytes = try #require(kept).encoded()
    #expect(Checkpoint(decoding: bytes)?.encoded() == bytes)
    for count in 0..<bytes.count { #expect(Checkpoint(decoding: Array(bytes[..<count])) == nil) }
  }
}
