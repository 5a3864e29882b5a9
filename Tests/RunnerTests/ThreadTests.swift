import Engine
import Testing

@testable import Runner

/// The number of threads reaches no bit of a run.
@Suite struct ThreadTests {
  /// Settings whose steps are large enough to be shared.
  static let cases: [(name: String, settings: String)] = [
    ("mlp", "generator.hidden: [256, 200], critic.hidden: [300, 256], train.batch: 200"),
    (
      "penalty",
      "generator.hidden: [150], critic.hidden: [256, 130], train.batch: 130, "
        + "loss: wasserstein, penalty: wgan-gp, train.criticSteps: 2"
    ),
    ("batch-norm", networks("dcgan", critic: "normalizer: batch")),
    ("spectral", networks("dcgan", critic: "constraint: spectral")),
    ("convolutional-penalty", networks("sndcgan", critic: "normalizer: none") + ", penalty: r1"),
    ("resnet", networks("resnet", critic: "normalizer: none")),
    (
      "dropout",
      "generator.hidden: [256], critic.hidden: [256, 256], critic.dropout: 0.3, "
        + "generator.normalizer: batch, train.batch: 200, auxiliary: mmd"
    ),
  ]

  /// Both networks of an architecture on drawn symbols of 16×16 pixels.
  private static func networks(_ name: String, critic: String) -> String {
    let architecture = "hidden: [64, 64], architecture: {name: \(name), width: 10}"
    return "data: {name: glyphs, size: 16}, train.batch: 20, "
      + "generator: {\(architecture), normalizer: batch}, critic: {\(architecture), \(critic)}"
  }

  private func digest(_ settings: String, threads: Int) throws -> String {
    let executor = Executor.fast(Kernels.best.shared(by: threads))
    let trainer = try TinyPlan.configuration(settings).trainer(executor)
    for _ in 0..<4 { _ = trainer.advance() }
    _ = trainer.advanceRecorded()
    #expect(trainer.state.isFinite, "\(settings)")
    return trainer.state.digest
  }

  @Test(arguments: cases.map(\.name))
  func digestsAreEqual(_ name: String) throws {
    let settings = try #require(Self.cases.first { $0.name == name }).settings
    let alone = try digest(settings, threads: 1)
    for threads in [2, 3, 5] {
      #expect(try digest(settings, threads: threads) == alone, "\(threads) threads")
    }
  }

  @Test func fewRunsGetMoreThreads() {
    #expect(RunThreads.automatic.count(runs: 1, workers: 4) == 4)
    #expect(RunThreads.automatic.count(runs: 3, workers: 7) == 2)
    #expect(RunThreads.automatic.count(runs: 100, workers: 4) == 1)
    #expect(RunThreads.automatic.count(runs: 1, workers: 100) == RunThreads.mostUnasked)
    #expect(RunThreads.automatic.count(runs: 0, workers: 4) == 1)
    #expect(RunThreads.fixed(5).count(runs: 100, workers: 2) == 5)
  }

  @Test func provenanceTellsTheNumber() {
    let alone = Provenance(.fast(.best))
    let shared = Provenance(.fast(Kernels.best.shared(by: 2)))
    #expect(alone.threads == nil)
    #expect(shared.threads == 2)
    // Times of the one say nothing of the other.
    #expect(!shared.hasConditions(of: alone))
    #expect(Provenance(Executor.reference.shared(by: 2)).threads == nil)
    #expect(Executor.fast(Kernels.best.shared(by: 2)).name == Executor.fast(.best).name)
  }
}
