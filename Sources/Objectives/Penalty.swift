import Catalog
import Engine

/// What a penalty sees of one critic step.
public struct PenaltyInputs {
  /// The real batch, `[n, …]`.
  public let real: Tensor
  /// The fake batch, `[n, …]`. A critic step gives it without its derivative.
  public let fake: Tensor
  /// The critic as a function: a batch to one number per sample, `[n]`.
  public let critic: (Tensor) -> Tensor
  /// The prefix of the penalty's random streams.
  public let stream: String

  /// Collects inputs.
  public init(
    real: Tensor, fake: Tensor, stream: String, critic: @escaping (Tensor) -> Tensor
  ) {
    self.real = real
    self.fake = fake
    self.stream = stream
    self.critic = critic
  }
}

/// A term added to the critic's loss, without its weight: a scalar.
public struct Penalty: Sendable {
  /// Whether the penalty needs the critic's output on one sample not to depend on the others.
  public let isPerSample: Bool
  /// The term.
  public let term: @Sendable (PenaltyInputs, Arguments) -> Tensor
}

/// The penalties that an experiment file can name; `preset` chooses one, and a map without it is a gradient penalty
/// by its factors.
public let penaltyTable = Table<Penalty>(
  "penalty", selector: "preset", fallback: "gradient", gradientPenalties)
