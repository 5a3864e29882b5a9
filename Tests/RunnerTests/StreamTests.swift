import Arrays
import Engine
import Testing

@testable import Runner

/// Random numbers are keyed by name: what one arm draws shifts nothing of another arm with the same seed.
@Suite struct StreamTests {
  /// The states, in order, whose values differ. Layers without states renumber those behind them.
  private func differences(_ first: Trainer, _ second: Trainer) -> [String] {
    guard first.state.entries.count == second.state.entries.count else { return ["number"] }
    return zip(first.state.entries, second.state.entries)
      .filter { first.state[$0.name] != second.state[$1.name] }.map { "\($0.name), \($1.name)" }
  }

  /// Dropout that drops nothing draws its numbers all the same.
  private func dropoutPair() throws -> (plain: Trainer, dropping: Trainer) {
    let settings = "critic.dropout: 1e-9, generator.dropout: 1e-9"
    let pair = (
      try TinyPlan.configuration("").trainer(), try TinyPlan.configuration(settings).trainer()
    )
    for player in ["critic", "generator"] {
      let streams = pair.1.training.graph.draws.map(\.stream)
      #expect(streams.contains { $0.hasPrefix("dropout/\(player)") }, "\(streams)")
    }
    return pair
  }

  @Test func dropoutShiftsNoMinibatchesAndLatents() throws {
    let (plain, dropping) = try dropoutPair()
    for (ours, theirs) in zip(plain.state.entries, dropping.state.entries) {
      dropping.state[theirs.name] = plain.state[ours.name]
    }
    for step in 0...30 {
      #expect(differences(plain, dropping) == [], "step \(step)")
      _ = (plain.advance(), dropping.advance())
    }
  }

  @Test func dropoutChangesNoInitialWeights() throws {
    let (plain, dropping) = try dropoutPair()
    #expect(differences(plain, dropping) == [])
  }

  @Test(arguments: ["critic.normalizer: batch", "critic.dropout: 0.5, critic.normalizer: batch"])
  func insertedLayersChangeNoInitialWeights(_ settings: String) throws {
    let plain = try TinyPlan.configuration("critic.constraint: spectral").trainer()
    let inserted = try TinyPlan.configuration("critic.constraint: spectral, \(settings)").trainer()
    func weights(_ trainer: Trainer) -> [[Double]] {
      trainer.training.critic.parts.flatMap(\.network.states).filter { $0.state.weightForm != nil }
        .flatMap { [trainer.state[$0.name], trainer.state["\($0.name)_u"]] }
    }
    #expect(weights(plain) == weights(inserted))
    #expect(weights(plain).count == 4)
  }

  /// A penalty of weight 0 draws its points all the same.
  @Test(arguments: ["wgan-gp", "dragan", "r1", "lp", "zero-gp"])
  func penaltiesShiftNoOtherStream(_ preset: String) throws {
    let plain = try TinyPlan.configuration("").trainer()
    let penalized = try TinyPlan.configuration("penalty: {preset: \(preset), weight: 0}").trainer()
    for step in 0...30 {
      #expect(differences(plain, penalized) == [], "step \(step)")
      _ = (plain.advance(), penalized.advance())
    }
  }

  /// With weights that stay where they are, the critic's mean outputs tell minibatches and latents apart.
  @Test func minibatchesAndLatentsArePaired() throws {
    func outputs(_ settings: String, seed: Int) throws -> [[Double]] {
      let still = "optimizer: {name: sgd, rate: 1e-30}"
      let trainer = try TinyPlan.configuration(
        settings.isEmpty ? still : "\(settings), \(still)"
      ).trainer(seed: seed)
      return (0..<10).map { _ in
        let record = trainer.advanceRecorded().record
        return [record.real, record.fake, record.fakeBefore]
      }
    }
    let expected = try outputs("", seed: 0)
    #expect(Set(expected.flatMap { $0 }).count == 30)
    for settings in [
      "penalty: wgan-gp", "penalty: dragan", "loss: hinge", "loss: wasserstein, penalty: r1",
      "generator.average: 0.9", "labels.real: 0.9",
      "critic.constraint: {name: clipping, bound: 100}",
    ] {
      #expect(try outputs(settings, seed: 0) == expected, "\(settings)")
    }
    #expect(try outputs("", seed: 1) != expected)
  }

  @Test(arguments: ["critic.hidden: [8, 8]", "critic.activation: tanh", "critic.normalizer: batch"])
  func criticDoesNotChangeTheGeneratorsStart(_ settings: String) throws {
    let plain = try TinyPlan.configuration("").trainer()
    let other = try TinyPlan.configuration(settings).trainer()
    let names = plain.state.entries.map(\.name).filter { $0.hasPrefix("generator.") }
    #expect(names.count == 4)
    for name in names { #expect(plain.state[name] == other.state[name], "\(name)") }
  }

  @Test func lossesDoNotShareStreamsByAccident() throws {
    let trainer = try TinyPlan.configuration(
      "penalty: [wgan-gp, dragan], critic.dropout: 0.5"
    ).trainer()
    let streams = trainer.training.graph.draws.map(\.stream)
    #expect(Set(streams).count == streams.count)
    for expected in ["latent/critic", "latent/generator", "penalty/alpha", "penalty.1/alpha"] {
      #expect(streams.contains(expected), "\(streams)")
    }
  }
}
