import Catalog
import Engine
import Records
import Testing

@testable import Runner

/// Operations counted without training are those that training counts.
@Suite struct RunCostTests {
  /// Settings that reach the graph in different ways.
  static let settings = [
    "", "loss: wasserstein", "loss: hinge", "labels: {real: 0.9, fake: 0.1}", "penalty: r1",
    "loss: wasserstein, penalty: {preset: wgan-gp}, train.criticSteps: 5",
    "penalty: {preset: r1, weight: 0.25, every: 4}", "penalty: {preset: r1, weight: 0}",
    "penalty: [{preset: r1, every: 3}, {preset: r2, every: 7}, dragan, {preset: lp, every: 2}]",
    "penalty: {preset: gradient, norm: linf, target: at-most-one}",
    "train.criticSteps: {name: bursts, steps: 2, burst: 5, first: 3, every: 7}, penalty: {preset: r1, every: 4}",
    "critic.constraint: spectral", "critic.constraint: {name: clipping, bound: 0.1}",
    "critic.dropout: 0.3, generator.dropout: 0.1", "generator.normalizer: batch",
    "generator.average: 0.99", "latent: {size: 5, distribution: uniform}", "data: swiss-roll",
    "generator: {hidden: []}, critic: {hidden: [4, 4, 4]}", "generator.output: tanh",
    "optimizer: {name: sgd, momentum: 0.5}", "optimizer: {name: sgd}", "optimizer: rmsprop",
    "optimizer: {name: adam, beta1: 0, rate: {name: cosine, from: 0.1, to: 0}}",
    "generator.optimizer: {name: sgd, rate: 0.1}", "critic.initializer: orthogonal",
    "train.batch: 1", "train.steps: 1", "generator.activation: {name: leaky-relu, slope: 0}",
    "train.play: simultaneous, penalty: [{preset: r1, every: 2}, {preset: consensus, every: 3}]",
    "train.play: extragradient, penalty: {preset: zcr, every: 4}, train.lookahead.every: 7",
    "train.lookahead.every: 5, generator.penalty: {preset: l2, every: 3}, penalty: {preset: r2, every: 2}",
    "loss: moment-matching", "loss: {name: cramer, dimensions: 4}", "train.noise: 0.1",
    "train.unroll: 1", "train.unroll: 3, penalty: {preset: r1, every: 4}, train.criticSteps: 2",
  ]

  /// Adds up the operations of the programs that run.
  private final class Counter: StepObserver {
    var operations = 0

    func observed(_ program: Program, of training: TrainingGraph) -> Program { program }
    func willRun(_ execution: any Execution) {}
    func didRun(_ execution: any Execution) { operations += execution.program.operations }
  }

  @Test func isWhatTrainingDoes() async throws {
    let plan = try TinyPlan.make(Self.settings.enumerated().map { ("arm\($0)", $1) })
    let identities = Identities(plan, executor: "fast", dataFolder: nil)
    let costs = try await RunCosts(plan, identities)
    #expect(costs.isExact)
    for arm in plan.arms {
      let configuration = RunConfiguration(arm.configuration)
      let counter = Counter()
      let trainer = try Trainer(
        configuration, seed: 0, dataset: try configuration.dataset(), executor: .fast(.best),
        observer: counter)
      while trainer.step < configuration.steps { _ = trainer.advance() }
      #expect(costs.operations[arm.index] == counter.operations, "\(Self.settings[arm.index])")
      #expect(trainer.operations(steps: configuration.steps) == counter.operations)
    }
    #expect(Set(costs.operations).count > 20)
  }

  /// What the keys of graphs leave out: the trainer counts the same whatever it is.
  @Test(arguments: [
    ("optimizer.rate: 0.5", "optimizer.rate: {name: linear, from: 1, to: 0}"),
    ("critic.optimizer: {name: sgd, rate: 1}", "critic.optimizer: {name: sgd, rate: 2}"),
    ("generator.initializer: {name: normal, deviation: 1}", ""),
    ("critic.initializer: xavier", "critic.initializer: lecun"),
    ("data: grid25", "data: {name: ring, modes: 3}"),
  ])
  func keysLeaveOutWhatReachesNoGraph(_ one: String, _ other: String) throws {
    func key(_ settings: String) throws -> GraphKey {
      // A setting besides, so that no group is empty.
      let settings = settings + (settings.isEmpty ? "" : ", ") + "critic.dropout: 0.5, "
      return GraphKey(
        try TinyPlan.make([("arm", settings + "generator.dropout: 0.5")]).arms[0].canonical,
        sampleShape: [2])
    }
    #expect(try key(one) == key(other))
    let counts = try [one, other].map {
      try TinyPlan.configuration($0).trainer().operations(steps: 30)
    }
    #expect(counts[0] == counts[1])
  }

  /// More arms than graphs are built for: values that make a term disappear are still told apart.
  @Test func manyArmsShareCounts() async throws {
    let weights = (0...RunCosts.graphLimit).map { "\(Double($0) / 100)" }
    let arms = weights.map { ("w\($0)", "penalty: {preset: r1, weight: \($0)}") }
    let plan = try TinyPlan.make(arms, set: ["train.batch=4"])
    let identities = Identities(plan, executor: "fast", dataFolder: nil)
    let costs = try await RunCosts(plan, identities)
    #expect(!costs.isExact)
    for index in [0, 1, 50, 99, 100, 101, 200, 400] {
      let configuration = RunConfiguration(plan.arms[index].configuration)
      let expected = try configuration.trainer().operations(steps: configuration.steps)
      #expect(costs.operations[index] == expected, "weight \(weights[index])")
    }
    // A factor of 1 disappears.
    #expect(costs.operations[100] < costs.operations[101])
  }

  /// Absurd settings of a file are counted, not an overflow.
  @Test func hugeCountsEndAtTheLargest() async throws {
    let hidden = Array(repeating: "16384", count: 64).joined(separator: ", ")
    let plan = try TinyPlan.make([
      (
        "huge",
        "critic.hidden: [\(hidden)], train: {steps: 100000000, batch: 65536, criticSteps: 10000}"
      )
    ])
    let identities = Identities(plan, executor: "fast", dataFolder: nil)
    #expect(try await RunCosts(plan, identities).operations == [.max])
  }

  /// All pairs of a batch in all of their features: a plan refuses what no memory holds, before a run is lost to it.
  @Test func stepsThatNoMemoryHolds() async throws {
    let plan = try TinyPlan.make([("small", ""), ("huge", "loss: mmd, train.batch: 65536")])
    let identities = Identities(plan, executor: "fast", dataFolder: nil)
    do {
      _ = try await RunCosts(plan, identities)
      Issue.record("a tensor of 65536² · 16 numbers was planned")
    } catch RunnerError.tooLarge(let arm, let numbers) {
      #expect(arm == "huge" && numbers == 1 << 36)
    }
  }
}
