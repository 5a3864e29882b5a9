import Catalog
import Engine
import Schedules

/// What a penalty sees of one step.
public struct PenaltyInputs {
  /// The step of the game.
  public let game: Game
  /// The critic as a function of a batch to one number per sample, `[n]`: its score, or what its loss compares.
  public let critic: (Tensor) -> Tensor
  /// The weights of the network that is penalized as matrices `[outputs, inputs]`.
  public let weights: [Tensor]
  /// The gradients of both players' losses without penalties, the generator's by its parameters and the critic's by its
  /// own, at the step's batch.
  public let field: () -> [Tensor]
  /// The prefix of the penalty's random streams and passes.
  public let stream: String
  /// The numbers that the penalty keeps from step to step.
  public let memory: Memory

  /// Collects inputs.
  public init(
    game: Game, stream: String, critic: @escaping (Tensor) -> Tensor, weights: [Tensor],
    field: @escaping () -> [Tensor], memory: Memory
  ) {
    self.game = game
    self.stream = stream
    self.critic = critic
    self.weights = weights
    self.field = field
    self.memory = memory
  }

  /// The real batch, `[n, …]`.
  public var real: Tensor { game.real }
  /// The fake batch, `[n, …]`. A critic step gives it without its derivative.
  public var fake: Tensor { game.fake }

  /// The critic's slope at each point of a batch, in the batch's shape.
  ///
  /// It is that of a function of the point alone: where the loss compares it with the step's batches, these stay where they
  /// are, also if they are the points.
  func slope(at points: Tensor) -> Tensor {
    let place = points.graph.input("\(stream)/place", points.shape)
    let slope = gradients(of: critic(place).sum(), by: [place])
    return GraphFunction(slope, of: [place])([points])[0]
  }
}

/// Terms added to the players' losses.
public struct Penalty: Sendable {
  /// One term with the setting that is its weight.
  public struct Term: Sendable {
    /// The name of the setting that is the term's weight.
    public let weight: String
    /// The term without its weight: a scalar.
    public let value: @Sendable (PenaltyInputs, Arguments) -> Tensor

    /// A term of this weight.
    public init(
      weight: String = "weight", _ value: @escaping @Sendable (PenaltyInputs, Arguments) -> Tensor
    ) {
      self.weight = weight
      self.value = value
    }
  }

  /// What a penalty is about, which says where it can stand and what it needs.
  public enum Subject: Hashable, Sendable {
    /// The critic's slope, which must be defined for each sample alone.
    case slope
    /// The critic's outputs.
    case outputs
    /// A network's weights: of either player.
    case weights
    /// The losses of both players.
    case game
  }

  /// What the penalty is about.
  public let subject: Subject
  /// The terms of the player that the penalty is given to, added together.
  public let terms: [Term]
  /// The terms that it brings the other player, added together.
  public let otherTerms: [Term]
  /// What it keeps from step to step.
  public let memory: [Remembered]

  /// A penalty of several terms.
  public init(
    _ subject: Subject, terms: [Term], otherTerms: [Term] = [], memory: [Remembered] = []
  ) {
    self.subject = subject
    self.terms = terms
    self.otherTerms = otherTerms
    self.memory = memory
  }

  /// A penalty of one term whose weight is the setting `weight`.
  public init(
    _ subject: Subject, memory: [Remembered] = [],
    _ value: @escaping @Sendable (PenaltyInputs, Arguments) -> Tensor
  ) {
    self.init(subject, terms: [Term(value)], memory: memory)
  }
}

/// The penalties that an experiment file can name, by families: a new one is an entry in the file of its family. `preset`
/// chooses one, and a map without it is a gradient penalty by its factors.
public let penaltyTable = Table<Penalty>(
  "penalty", selector: "preset", fallback: "gradient", notation: .objectives,
  gradientPenalties + outputPenalties + weightPenalties + gamePenalties)
