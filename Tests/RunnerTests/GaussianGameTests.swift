import Arrays
import LinearAlgebra
import Testing

@testable import Runner

/// The game of a generator az + b and a critic w₁x + w₂x² on normal data, whose gradient field depends on the batches by
/// their moments alone.
@Suite struct GaussianGameTests {
  private static let batch = 64
  private static let weight = 0.5

  private static func trainer() throws -> Trainer {
    try TinyPlan.configuration(
      "loss: wasserstein, penalty: {preset: r1, weight: \(weight)}, "
        + "data: {name: gaussian, mean: [1.5], deviation: [0.5]}, latent.size: 1, "
        + "train.batch: \(batch), "
        + "generator: {hidden: [64, 64], architecture: affine}, "
        + "critic: {hidden: [64, 64], architecture: quadratic}"
    ).trainer(.reference)
  }

  /// E x and E x² of a batch.
  private struct Moments {
    let first: Double
    let second: Double

    init(_ numbers: [Float]) {
      let values = numbers.map(Double.init)
      first = values.reduce(0, +) / Double(values.count)
      second = values.reduce(0) { $0 + $1 * $1 } / Double(values.count)
    }

    init(latent stream: String) {
      self.init(RandomStream(seed: 0, name: stream).normal(GaussianGameTests.batch))
    }

    var deviation: Double { (second - first * first).squareRoot() }
  }

  private static func realMoments(_ trainer: Trainer) -> Moments {
    var samples = [Float](repeating: 0, count: batch)
    samples.withUnsafeMutableBufferPointer {
      trainer.dataset.batches(seed: 0, batch: batch).fill($0, step: 0)
    }
    return Moments(samples)
  }

  @Test func startsAreThoseOfTheSettings() throws {
    let trainer = try TinyPlan.configuration(
      "data: {name: gaussian, mean: [1, 2]}, "
        + "generator: {hidden: [64, 64], architecture: {name: affine, scale: [3, 4], shift: [5]}}, "
        + "critic: {hidden: [64, 64], architecture: {name: quadratic, linear: [6], square: [7, 8]}}"
    ).trainer(.reference)
    #expect(trainer.state["generator.0.weight"] == [3, 4])
    #expect(trainer.state["generator.0.bias"] == [5, 5])
    #expect(trainer.state["critic.1.weight"] == [6, 6, 7, 8])
  }

  /// Where the generator has the real batch's mean and deviation and the critic is 0, the field vanishes; that is near
  /// the data's μ and σ.
  @Test func equilibrium() throws {
    let trainer = try Self.trainer()
    let (real, latent) = (Self.realMoments(trainer), Moments(latent: "latent/critic"))
    let scale = real.deviation / latent.deviation
    let shift = real.first - scale * latent.first
    #expect(abs(scale - 0.5) < 0.2 && abs(shift - 1.5) < 0.3)
    trainer.state["generator.0.weight"] = [scale]
    trainer.state["generator.0.bias"] = [shift]
    #expect(LocalDynamics(trainer, seed: 0).field.norm < 1e-13)
  }

  /// With v_b = E u, v_a = E zu for u = w₁ + 2w₂(az + b), v_w = (E x − E x̃, E x² − E x̃²) − γ(w₁ + 2w₂E x,
  /// 2w₁E x + 4w₂E x²), the Jacobian by hand at any point.
  @Test func jacobian() throws {
    let trainer = try Self.trainer()
    let (a, b, w1, w2) = (0.75, 0.25, 0.5, -0.375)
    trainer.state["generator.0.weight"] = [a]
    trainer.state["generator.0.bias"] = [b]
    trainer.state["critic.1.weight"] = [w1, w2]
    let field = LocalDynamics(trainer, seed: 0).field
    #expect(
      field.states.map(\.name) == ["generator.0.weight", "generator.0.bias", "critic.1.weight"])
    let real = Self.realMoments(trainer)
    let (z, own) = (Moments(latent: "latent/generator"), Moments(latent: "latent/critic"))
    let gamma = Self.weight
    let fake = (
      first: a * own.first + b, second: a * a * own.second + 2 * a * b * own.first + b * b
    )
    let velocity = [
      w1 * z.first + 2 * w2 * (a * z.second + b * z.first),
      w1 + 2 * w2 * (a * z.first + b),
      real.first - fake.first - gamma * (w1 + 2 * w2 * real.first),
      real.second - fake.second - gamma * (2 * w1 * real.first + 4 * w2 * real.second),
    ]
    let rows = [
      [2 * w2 * z.second, 2 * w2 * z.first, z.first, 2 * (a * z.second + b * z.first)],
      [2 * w2 * z.first, 2 * w2, 1, 2 * (a * z.first + b)],
      [-own.first, -1, -gamma, -2 * gamma * real.first],
      [
        -2 * a * own.second - 2 * b * own.first, -2 * a * own.first - 2 * b,
        -2 * gamma * real.first, -4 * gamma * real.second,
      ],
    ]
    for (found, wanted) in zip(field.velocity, velocity) { #expect(abs(found - wanted) < 1e-13) }
    for (found, wanted) in zip(field.jacobian.elements, rows.flatMap { $0 }) {
      #expect(abs(found - wanted) < 1e-12)
    }
    let expected = try eigenvalues(HostArray(shape: [4, 4], elements: rows.flatMap { $0 }))
    for (found, wanted) in zip(try field.spectrum().eigenvalues, expected) {
      #expect(abs(found.real - wanted.real) < 1e-10)
      #expect(abs(found.imaginary - wanted.imaginary) < 1e-10)
    }
  }
}
