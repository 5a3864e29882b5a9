import Arrays
import Foundation
import Records
import Testing

@testable import Datasets
@testable import Runner

/// What real data cost a worker: nothing is drawn, fitted or measured twice.
@Suite struct RealSideTests {
  /// Counts the draws of evaluation samples.
  private final class Counter: @unchecked Sendable {
    private let lock = NSLock()
    private var counts: [Split: Int] = [:]

    func note(_ split: Split) { lock.withLock { counts[split, default: 0] += 1 } }

    subscript(split: Split) -> Int { lock.withLock { counts[split, default: 0] } }
  }

  /// A data set whose draws are counted.
  private static func counted(_ dataset: Dataset, _ counter: Counter) -> Dataset {
    Dataset(
      name: dataset.name, sampleShape: dataset.sampleShape, mixture: dataset.mixture,
      classes: dataset.classes, digest: dataset.digest, trainingCount: dataset.trainingCount,
      draws: Dataset.Draws(
        batches: dataset.draws.batches,
        evaluation: { streams, count, split in
          counter.note(split)
          return dataset.draws.evaluation(streams, count, split)
        }, labels: dataset.draws.labels, training: dataset.draws.training))
  }

  private static let arms = [("one", "data: glyphs"), ("two", "data: glyphs, train.batch: 8")]

  /// The evaluators of two arms with different metrics, and of the reference, on one real side.
  private func evaluators(
    features: String
  ) throws -> (plan: Plan, evaluators: [Evaluator], counter: Counter) {
    let plan = try TinyPlan.make(
      Self.arms, metrics: "frechet: {primary: true}, mmd2: {when: {arm: one}}, classes: {}",
      set: ["evaluate.features=\(features)"])
    let counter = Counter()
    let configuration = RunConfiguration(plan.arms[0].configuration)
    let real = try RealSide(
      Self.counted(try configuration.dataset(), counter), EvaluationSettings(configuration),
      kernels: .best)
    let requests = [plan.metrics(of: plan.arms[0]), plan.metrics(of: plan.arms[1]), plan.metrics]
    return (plan, try requests.map { try Evaluator(real, metrics: $0) }, counter)
  }

  @Test func realSamplesAreDrawnOnceForAllArms() throws {
    let (_, evaluators, counter) = try evaluators(features: "classifier")
    for evaluator in evaluators { _ = try evaluator.realAgainstReal() }
    #expect(counter[.train] == 1)
    #expect(counter[.heldOut] == evaluators.count)
  }

  /// Of features that are not the classifier's the images are needed once more, for the classes.
  @Test func realSamplesAreDrawnOnceMoreForTheClassifier() throws {
    let (_, _, counter) = try evaluators(features: "raw")
    #expect(counter[.train] == 2)
  }

  @Test(arguments: ["classifier", "raw"])
  func whatIsSharedHasTheSameValues(_ features: String) throws {
    let (plan, evaluators, _) = try evaluators(features: features)
    let configuration = RunConfiguration(plan.arms[0].configuration)
    let (one, two) = (try evaluators[0].realAgainstReal(), try evaluators[1].realAgainstReal())
    #expect(one.count == 3 && one.allSatisfy { $0 != nil })
    #expect(two == [one[0], one[2]])
    for request in plan.metrics {
      let alone = try Evaluator(
        try RealSide(
          try configuration.dataset(), EvaluationSettings(configuration), kernels: .best),
        metrics: [request])
      let column = try #require(plan.metrics.firstIndex(of: request))
      #expect(try alone.realAgainstReal() == [one[column]])
    }
  }

  @Test func signsOfLifeAreNowAndThen() {
    let cadence = Cadence(every: .milliseconds(100))
    let start = ContinuousClock.now
    let moments = [0, 1, 99, 100, 101, 199, 350, 449, 450]
    let due = moments.filter { cadence.isDue(now: start + .milliseconds($0)) }
    #expect(due == [0, 100, 350, 450])
  }
}
