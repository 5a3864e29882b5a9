import Catalog
import Engine
import Schedules

/// What a loss sees of one step.
public struct Scores {
  /// Critic outputs on the real batch, `[n]`.
  public let real: Tensor
  /// Critic outputs on the fake batch, `[n]`.
  public let fake: Tensor
  /// The label of real samples: 1, or less when smoothed.
  public let realLabel: Coefficient
  /// The label of fake samples: 0, or more when smoothed.
  public let fakeLabel: Coefficient

  /// Collects scores.
  public init(
    real: Tensor, fake: Tensor, realLabel: Coefficient = .constant(1),
    fakeLabel: Coefficient = .constant(0)
  ) {
    self.real = real
    self.fake = fake
    self.realLabel = realLabel
    self.fakeLabel = fakeLabel
  }
}

/// The objectives of both players; each side is minimized.
public struct Loss: Sendable {
  /// Whether labels can be smoothed: whether the critic's output is a logit.
  public let takesLabels: Bool
  /// Whether a bounded slope of the critic is part of the loss's definition.
  public let needsLipschitzCritic: Bool
  /// Whether, with these settings, the generator's side is the critic's negated, but for what the generator has no part
  /// in.
  public let isZeroSum: @Sendable (Arguments) -> Bool
  /// The critic's loss, a scalar.
  public let critic: @Sendable (Scores, Arguments) -> Tensor
  /// The generator's loss, a scalar.
  public let generator: @Sendable (Scores, Arguments) -> Tensor

  /// Joins the two sides of a game that is played with the critic's outputs alone.
  init(
    takesLabels: Bool = false, needsLipschitzCritic: Bool = false,
    isZeroSum: @escaping @Sendable (Arguments) -> Bool = { _ in false },
    critic: @escaping @Sendable (Scores, Arguments) -> Tensor,
    generator: @escaping @Sendable (Scores, Arguments) -> Tensor
  ) {
    self.takesLabels = takesLabels
    self.needsLipschitzCritic = needsLipschitzCritic
    self.isZeroSum = isZeroSum
    self.critic = critic
    self.generator = generator
  }
}
