import Arrays
import Engine
import Foundation
import Records
import Testing

@testable import Runner

/// Results are a function of configuration and seed: not of order, process, recording, or interruption.
@Suite struct DeterminismTests {
  static let arms: [(name: String, settings: String)] = [
    ("none", ""), ("dropout", "critic.dropout: 0.5"),
    ("wgan-gp", "penalty: {preset: wgan-gp, weight: 0.1}"),
    ("bursts", "train.criticSteps: {name: bursts, steps: 2, burst: 5, first: 3, every: 7}"),
    ("averaged", "generator.average: 0.9, generator.normalizer: batch"),
    ("unrolled", "train.unroll: 3, critic.dropout: 0.5"),
  ]

  @Test func orderOfRunsDoesNotMatter() throws {
    let folder = try TemporaryFolder()
    let plan = try TinyPlan.make(Self.arms, seeds: "2")
    let jobs = plan.arms.indices.flatMap { arm in plan.seeds.map { (arm, $0) } }
    func runner(_ store: String) -> JobRunner {
      JobRunner(
        plan, store: Store("\(folder.path)/\(store)"), executor: .fast(.best), dataFolder: nil)
    }
    let forwards = runner("forwards")
    for (arm, seed) in jobs { try forwards.perform(arm: arm, seed: seed) }
    let backwards = runner("backwards")
    for (arm, seed) in jobs.reversed() { try backwards.perform(arm: arm, seed: seed) }
    let (even, odd) = (runner("shared"), runner("shared"))
    for (index, job) in jobs.enumerated() {
      try (index.isMultiple(of: 2) ? odd : even).perform(arm: job.0, seed: job.1)
    }
    let expected = try folder.contents("forwards")
    #expect(expected.count >= 10 * jobs.count)
    #expect(try folder.contents("backwards") == expected)
    #expect(try folder.contents("shared") == expected)
  }

  @Test func seedsGiveOtherRuns() throws {
    let configuration = try TinyPlan.configuration("")
    let digests = try [0, 1, 2, -1, .max].map { seed in
      let trainer = try configuration.trainer(seed: seed)
      let start = trainer.state.digest
      _ = trainer.advance()
      return [start, trainer.state.digest]
    }
    #expect(Set(digests.flatMap { $0 }).count == 10)
  }

  @Test(arguments: arms.map(\.name))
  func recordingChangesNothing(_ name: String) throws {
    let settings = try #require(Self.arms.first { $0.name == name }).settings
    let configuration = try TinyPlan.configuration(settings)
    let (lean, recorded) = (try configuration.trainer(), try configuration.trainer())
    for step in 1...30 {
      let losses = lean.advance()
      let result = recorded.advanceRecorded()
      #expect(lean.state.digest == recorded.state.digest, "step \(step)")
      #expect(losses.critic == result.losses.critic && losses.generator == result.losses.generator)
      #expect(result.record.step == step)
    }
  }

  @Test(arguments: [
    "", "train.criticSteps: {name: bursts, steps: 2, burst: 5, first: 3, every: 7}",
    "penalty: {preset: r1, every: 3}, train.criticSteps: 2, critic.dropout: 0.5",
    "critic.constraint: spectral, generator.average: 0.5, optimizer: {name: adam, rate: {name: cosine, from: 0.01, to: 0}}",
    "generator.normalizer: batch, critic.normalizer: batch, optimizer: rmsprop",
    "train: {unroll: 2, criticSteps: {name: bursts, steps: 2, burst: 5, first: 3, every: 7}}, penalty: {preset: r1, every: 3}",
  ])
  func anyStepCanBeTakenUp(_ settings: String) throws {
    let configuration = try TinyPlan.configuration(settings)
    let trainer = try configuration.trainer()
    var saved: [StateTable] = []
    for _ in 0..<30 {
      let copy = StateTable(of: trainer.training.graph, precision: .float32)
      copy.copy(from: trainer.state)
      saved.append(copy)
      _ = trainer.advance()
    }
    let expected = trainer.state.digest
    for (step, state) in saved.enumerated() {
      let other = try configuration.trainer()
      other.restore(step: step, from: state)
      while other.step < 30 { _ = other.advance() }
      #expect(other.state.digest == expected, "taken up at step \(step)")
    }
  }

  @Test func prefixOfALongerRunIsTheShorterRun() throws {
    let (short, long) = (
      try TinyPlan.configuration("", set: ["train.steps=10"]).trainer(),
      try TinyPlan.configuration("", set: ["train.steps=1000"]).trainer()
    )
    for _ in 0..<10 { _ = (short.advance(), long.advance()) }
    #expect(short.state.digest == long.state.digest)
  }
}
