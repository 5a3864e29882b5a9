import Foundation
import Records
import Testing

@testable import Runner

/// Reading an experiment is quick even where its grid is large.
@Suite struct PlanningSpeedTests {
  /// A grid of 5 losses and networks × 20 regularizers × a random search, as a file of a researcher would have it.
  private static func experiment(trials: Int, seeds: Int) -> String {
    """
    question: Which settings work?
    fixed: {data: ring8, train: {steps: 1000, batch: 128}, optimizer: {name: adam, beta1: 0.5}}
    axes:
      recipe:
        small: {loss: nonsaturating, generator.hidden: [32, 32], critic.hidden: [32, 32]}
        large: {loss: nonsaturating, generator.hidden: [128, 128], critic.normalizer: none}
        hinge: {loss: hinge, generator.average: 0.99}
        critics: {loss: wasserstein, train.criticSteps: 5}
        smooth: {loss: nonsaturating, labels.real: {name: linear, from: 0.7, to: 1}}
      regularizer:
        none: {}
        r1: {penalty: {preset: r1, weight: {each: [0.01, 0.1, 1, 10, 100]}}}
        gp: {penalty: {preset: wgan-gp, weight: {each: [0.1, 1, 10]}, every: {each: [1, 2, 4]}}}
        lp: {penalty: [{preset: lp, weight: {each: [1, 3, 10, 30]}}, r2]}
        spectral: {critic.constraint: spectral}
      optimizer.rate: {sample: {logUniform: [1e-5, 1e-2]}, count: \(trials)}
    exclude: [{when: {recipe: critics, regularizer: none}, why: has no minimum}]
    baseline: [{regularizer: none}, {regularizer: spectral}]
    seeds: \(seeds)
    metrics: {frechet: {primary: true}, modes: {}}
    """
  }

  @Test(.timeLimit(.minutes(1)), arguments: [(10, 10, 990), (100, 1, 9900)])
  func largeGridsArePlannedQuickly(_ trials: Int, _ seeds: Int, _ arms: Int) throws {
    let source = SourceFile(
      name: "large.yaml", text: Self.experiment(trials: trials, seeds: seeds))
    var count = 0
    let time = try ContinuousClock().measure {
      count = try Plan(source, schema: RunSchema.experiment).arms.count
    }
    #expect(count == arms)
    print("planned \(arms) arms in \(time)")
    // Many times what it takes, because other tests run at the same time.
    #if !DEBUG
      #expect(time < .seconds(10))
    #else
      #expect(time < .seconds(30))
    #endif
  }
}
