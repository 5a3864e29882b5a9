import Catalog
import Engine
import Schedules

/// The scores that a loss of logits sees of one step.
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
  /// One player's side: a scalar.
  public typealias Side = @Sendable (Game, Arguments) -> Tensor
  /// The critic as a function to one number per sample, `[n]`, of samples and what the critic gives for them.
  public typealias Witness = @Sendable (Game, Game.Seen, Arguments) -> Tensor

  /// What the loss needs the critic to give for a sample.
  public let form: @Sendable (Arguments) -> CriticForm
  /// Whether labels can be smoothed: whether the critic's output is a logit.
  public let takesLabels: Bool
  /// Whether a bounded slope of the critic is part of the loss's definition.
  public let needsLipschitzCritic: Bool
  /// Whether the generator's side is the critic's negated, but for what the generator has no part in.
  public let isZeroSum: @Sendable (Arguments) -> Bool
  /// Whether the loss itself contains the critic's slope, which must then be defined for each sample alone.
  public let usesSlope: Bool
  /// How many samples a batch needs at least.
  public let minimumBatch: Int
  /// What the critic's side keeps from step to step.
  public let memory: [Remembered]
  /// The critic's loss.
  public let critic: Side
  /// The generator's loss.
  public let generator: Side
  /// The function of a sample whose slope gradient penalties see.
  public let witness: Witness

  /// A loss of any kind.
  public init(
    form: @escaping @Sendable (Arguments) -> CriticForm, takesLabels: Bool = false,
    needsLipschitzCritic: Bool = false, usesSlope: Bool = false,
    isZeroSum: @escaping @Sendable (Arguments) -> Bool = { _ in false }, minimumBatch: Int = 1,
    memory: [Remembered] = [], critic: @escaping Side, generator: @escaping Side,
    witness: @escaping Witness = { _, seen, _ in seen.response.output }
  ) {
    self.form = form
    self.takesLabels = takesLabels
    self.needsLipschitzCritic = needsLipschitzCritic
    self.isZeroSum = isZeroSum
    self.usesSlope = usesSlope
    self.minimumBatch = minimumBatch
    self.memory = memory
    self.critic = critic
    self.generator = generator
    self.witness = witness
  }

  /// A loss of the critic's scores alone.
  init(
    takesLabels: Bool = false, needsLipschitzCritic: Bool = false,
    isZeroSum: @escaping @Sendable (Arguments) -> Bool = { _ in false },
    critic: @escaping @Sendable (Scores, Arguments) -> Tensor,
    generator: @escaping @Sendable (Scores, Arguments) -> Tensor
  ) {
    self.init(
      form: { _ in .score }, takesLabels: takesLabels, needsLipschitzCritic: needsLipschitzCritic,
      isZeroSum: isZeroSum, critic: { critic($0.scores, $1) },
      generator: { generator($0.scores, $1) })
  }
}
