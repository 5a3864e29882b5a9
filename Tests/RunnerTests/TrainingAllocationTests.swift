import CAllocations
import Testing

@testable import Runner

/// Training steps ask for no memory, however many they are.
@Suite(
  .enabled(
    if: allocation_count() >= 0, "allocations cannot be counted with this C library or sanitizer")
)
struct TrainingAllocationTests {
  @Test(arguments: [
    "", "penalty: wgan-gp, train.criticSteps: 5",
    "critic.dropout: 0.5, generator.normalizer: batch",
    "optimizer: {name: adam, rate: {name: cosine, from: 0.001, to: 0}}, critic.constraint: spectral",
    "penalty: {preset: r1, every: 4}, generator.average: 0.9, data: grid25",
    "data: stacked-glyphs, auxiliary: mmd, "
      + "generator: {hidden: [64, 64], architecture: {name: dcgan, width: 4}, normalizer: batch}, "
      + "critic: {hidden: [64, 64], architecture: {name: dcgan, width: 4}, normalizer: layer}",
    "train.criticSteps: {name: bursts, first: 3, every: 10, burst: 7}, data: swiss-roll",
    "train: {play: simultaneous, lookahead.every: 3}, penalty: [{preset: consensus, every: 2}, lecam]",
    "train: {play: extragradient, noise: {name: linear, from: 0.1, to: 0}}, optimizer: optimistic-adam, "
      + "critic.gradientClipping: norm, penalty: [sobolev, zcr]",
    "loss: {name: cramer, dimensions: 4}, penalty: wgan-gp, generator.penalty: orthogonal",
    "loss: {name: began, code: 3}", "loss: {name: infomax, dimensions: 4}, penalty: bcr",
    "loss: moment-matching", "loss: {name: scaled-mmd, dimensions: 2}",
    "train: {unroll: 5, criticSteps: {name: bursts, first: 3, every: 10, burst: 7}}, "
      + "critic.dropout: 0.5, penalty: {preset: wgan-gp, every: 2}, "
      + "optimizer: {name: adam, rate: {name: cosine, from: 0.001, to: 0}}",
  ])
  func stepsAllocateNothing(_ settings: String) throws {
    let trainer = try TinyPlan.configuration(settings).trainer()
    _ = trainer.advance()
    let before = allocation_count()
    for _ in 0..<29 { _ = trainer.advance() }
    #expect(allocation_count() - before == 0)
  }
}
