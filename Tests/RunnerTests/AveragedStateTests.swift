import Testing

@testable import Engine
@testable import Runner

/// What the moving average of a generator holds beside weights.
@Suite struct AveragedStateTests {
  private func trained(_ settings: String) throws -> Trainer {
    let trainer = try TinyPlan.configuration(settings).trainer()
    for _ in 0..<10 { _ = trainer.advance() }
    return trainer
  }

  /// Running statistics are averages already: averaged again from 0 and 1 they would lag far behind the weights.
  @Test func runningStatisticsAreTakenOver() throws {
    let state = try trained("generator.average: 0.99, generator.normalizer: batch").state
    for name in ["generator.1.running_mean", "generator.1.running_var"] {
      #expect(state["average.\(name)"] == state[name])
    }
    for name in ["generator.0.weight", "generator.1.weight"] {
      #expect(state["average.\(name)"] != state[name])
    }
  }

  /// The vector of a power iteration belongs to the weights as they are now; one that lags underestimates σ.
  @Test func powerIterationVectorsAreTakenOver() throws {
    let state = try trained("generator.average: 0.99, generator.constraint: spectral").state
    #expect(state["average.generator.0.weight_u"] == state["generator.0.weight_u"])
    #expect(state["average.generator.0.weight"] != state["generator.0.weight"])
  }

  /// Equal settings have other numbers than before, so their runs have another version.
  @Test func onlyTheirRunsHaveAnotherVersion() throws {
    func version(_ settings: String) throws -> Int {
      try TinyPlan.configuration(settings).numericsVersion
    }
    #expect(
      try version("generator.average: 0.9, generator.normalizer: batch") == numericsVersion + 1)
    #expect(try version("generator.average: 0.9, critic.normalizer: batch") == numericsVersion)
    #expect(try version("generator.normalizer: batch") == numericsVersion)
  }
}
