import Engine
import Foundation
import Records
import Testing

@testable import Runner

/// Divergence is an outcome: found at the right step, with a digest that does not depend on NaN payloads.
@Suite struct DivergenceTests {
  /// Settings, and how late they diverge at least.
  static let cases: [(settings: String, after: Int)] = [
    ("optimizer: {name: sgd, rate: 1e30}", 0),
    ("loss: wasserstein, optimizer: {name: sgd, rate: 1}, train.steps: 700", 3),
    (
      "loss: wasserstein, optimizer: {name: sgd, rate: 0.1}, train: {criticSteps: 3, steps: 900}",
      256
    ),
    (
      "loss: wasserstein, generator.average: 0.99, optimizer: {name: sgd, rate: 0.3}, train.steps: 900",
      512
    ),
  ]

  /// The last step after which all is finite, by looking at everything after every step.
  private func searched(_ configuration: RunConfiguration, _ kernels: Kernels) throws -> (
    step: Int, digest: String
  ) {
    let trainer = try configuration.trainer(.fast(kernels))
    var last = (0, trainer.state.digest)
    while trainer.step < configuration.steps {
      let losses = trainer.advance()
      guard losses.isFinite, trainer.state.isFinite else { return last }
      last = (trainer.step, trainer.state.digest)
    }
    return last
  }

  @Test(arguments: cases.indices)
  func lastFiniteStep(_ index: Int) throws {
    let configuration = try TinyPlan.configuration(Self.cases[index].settings)
    var found: [String] = []
    for kernels in availableKernels {
      let expected = try searched(configuration, kernels)
      #expect(expected.step >= Self.cases[index].after && expected.step < configuration.steps)
      let trainer = try configuration.trainer(.fast(kernels))
      var visited: [Int] = []
      let points = [0, 1, configuration.steps / 2, configuration.steps]
      let outcome = try TrainingLoop(trainer: trainer).run(
        TrainingLoop.Visitor(points: points, visit: { visited.append($0) }))
      #expect(!outcome.isFinite)
      #expect(!outcome.isDead)
      #expect(outcome.lastFiniteStep == expected.step)
      #expect(trainer.state.digest == expected.digest)
      #expect(visited == points.filter { $0 <= expected.step })
      #expect(outcome.history.allSatisfy { $0.step <= expected.step })
      #expect(outcome.operations == trainer.operations(steps: expected.step))
      found.append(trainer.state.digest)
    }
    #expect(Set(found).count == 1)
  }

  @Test func recordOfADivergedRun() throws {
    let folder = try TemporaryFolder()
    let (settings, _) = Self.cases[2]
    let plan = try TinyPlan.make([("only", settings)])
    let store = Store(folder.path)
    let runner = JobRunner(plan, store: store, executor: .fast(.best), dataFolder: nil)
    #expect(try runner.perform(arm: 0, seed: 0) == .diverged)
    #expect(try runner.perform(arm: 0, seed: 0) == .diverged)
    let identities = Identities(plan, executor: "fast", dataFolder: nil)
    let result = try #require(
      try Gathering(plan, store: store, identities: identities).records().runs.first)
    let expected = try searched(RunConfiguration(plan.arms[0].configuration), .best)
    #expect(result.state == .diverged)
    #expect(result.steps == expected.step)
    #expect(result.digest == expected.digest)
    #expect(result.metrics == [nil])
  }

  /// How a history ends whose generator's gradient and gap between outputs are these.
  private func isDead(_ gradients: [Double], gaps: [Double]? = nil, isFinite: Bool = true) -> Bool {
    let gaps = gaps ?? Array(repeating: 2, count: gradients.count)
    let history = zip(gradients, gaps).enumerated().map { index, values in
      HistoryRecord(
        step: index + 1, real: values.1 / 2 - 3, fake: -values.1 / 2 - 3, criticGradient: 0,
        generatorGradient: values.0)
    }
    return TrainingOutcome(
      isFinite: isFinite, lastFiniteStep: gradients.count, history: history, operations: 0
    ).isDead
  }

  private let alive = Array(repeating: 2.0, count: 30)

  @Test func deadRuns() {
    #expect(isDead(alive + Array(repeating: 2e-6, count: 10)))
    #expect(isDead(alive + Array(repeating: 0, count: 10)))
    #expect(!isDead(alive + Array(repeating: 2.1e-6, count: 10)))
    #expect(!isDead(alive + Array(repeating: 0, count: 9) + [1]))
    #expect(!isDead(alive + [1] + Array(repeating: 0, count: 9)))
    #expect(!isDead(Array(repeating: 2, count: 29) + Array(repeating: 0, count: 10)))
    #expect(!isDead(alive + Array(repeating: 0, count: 10), isFinite: false))
    // One that has never had a gradient.
    #expect(isDead(Array(repeating: 0, count: 40)))
  }

  /// A generator without a gradient is at rest, and not dead, where the critic gives real samples and fakes the same.
  @Test func restAtAnEquilibrium() {
    let still = alive + Array(repeating: 0, count: 10)
    #expect(!isDead(still, gaps: alive + Array(repeating: -2e-3, count: 10)))
    #expect(isDead(still, gaps: alive + Array(repeating: -2.2e-3, count: 10)))
    #expect(isDead(still, gaps: alive + Array(repeating: 0, count: 9) + [1]))
    #expect(!isDead(still, gaps: Array(repeating: 0, count: 40)))
  }

  /// The same in training: R1 brings the Dirac-GAN to rest; a critic that becomes certain fast leaves the generator of the
  /// minimax game, which moves little, without a gradient.
  @Test func restAndDeathInTraining() throws {
    func outcome(_ loss: String, generator: String, critic: String) throws -> TrainingOutcome {
      let configuration = try TinyPlan.configuration(
        "\(loss), data: dirac, latent.size: 1, train: {steps: 400, batch: 4}, "
          + "generator: {hidden: [64, 64], architecture: point, optimizer: \(generator)}, "
          + "critic: {hidden: [64, 64], architecture: linear, optimizer: \(critic)}")
      return try TrainingLoop(trainer: configuration.trainer(.reference)).run(
        TrainingLoop.Visitor())
    }
    let rest = try outcome(
      "loss: wasserstein, penalty: {preset: r1, weight: 1}",
      generator: "{name: sgd, rate: 0.2}", critic: "{name: sgd, rate: 0.2}")
    let death = try outcome(
      "loss: minimax", generator: "{name: sgd, rate: 0.001}",
      critic: "{name: adam, rate: 0.2, beta1: 0, beta2: 0.5, epsilon: 1e-12}")
    for run in [rest, death] {
      #expect(try #require(run.history.last).generatorGradient < 1e-6)
    }
    #expect(!rest.isDead)
    #expect(death.isDead)
  }
}
