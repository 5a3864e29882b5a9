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

/// The penalties that an experiment file can name; `preset` chooses one, and a map without it is a gradient penalty
/// by its factors.
public let penaltyTable = Table<Penalty>(
  "penalty", selector: "preset", fallback: "gradient",
  [
    Entry(
      EntryDescription(
        "gradient",
        "A penalty on the critic's slope: where it is taken × its target × the norm",
        formula:
          "weight·scale·E t(‖∇D(x̂)‖), t(s) = (s−1)² for target one, [s−1]₊² for at-most-one, s² for zero",
        source: "1704.00028",
        parameters: gradientParameters(
          place: "line", target: "one", weight: 10, scale: 1)),
      gradientPenalty),
    preset(
      "wgan-gp", "Slope one on lines between real and fake, two-sided",
      "λE(‖∇D(x̂)‖₂ − 1)², x̂ = αx + (1−α)x̃, one α per sample", "1704.00028",
      place: "line", target: "one", weight: 10, scale: 1),
    preset(
      "lp", "Slope at most one on lines between real and fake, one-sided",
      "λE[‖∇D(x̂)‖₂ − 1]₊², x̂ = αx + (1−α)x̃, one α per sample", "1709.08894",
      place: "line", target: "at-most-one", weight: 10, scale: 1),
    preset(
      "r1", "Slope zero on real samples", "(γ/2)E‖∇D(x)‖₂², γ the weight", "1801.04406",
      place: "real", target: "zero", weight: 10, scale: 0.5),
    preset(
      "r2", "Slope zero on fake samples", "(γ/2)E‖∇D(x̃)‖₂², γ the weight", "1801.04406",
      place: "fake", target: "zero", weight: 10, scale: 0.5),
    preset(
      "dragan", "Slope one around real samples",
      "λE(‖∇D(x̂)‖₂ − 1)², x̂ = x + α·½·s·U, U ∈ [0,1] per element, α per sample, s one standard deviation of the whole batch",
      "1705.07215", place: "around-real", target: "one", weight: 10, scale: 1),
    preset(
      "zero-gp", "Slope zero on lines between real and fake",
      "λE‖∇D(x̂)‖₂², x̂ = αx + (1−α)x̃, one α per sample", "1902.03984",
      place: "line", target: "zero", weight: 10, scale: 1),
  ])

private func gradientParameters(
  place: String, target: String, weight: Double, scale: Double
) -> [Parameter] {
  [
    .choice(
      "where", ["line", "real", "fake", "around-real"], default: place,
      "where the slope is taken: on lines between real and fake, at real or fake samples, around real ones"
    ),
    .choice(
      "target", ["one", "at-most-one", "zero"], default: target,
      "what the slope is drawn to: one from both sides, one from above, zero"),
    .choice(
      "norm", ["l2", "l1", "linf"], default: "l2",
      "the norm of the slope, over all of a sample's dimensions"),
    .coefficient("weight", .nonnegative, default: weight, "the weight"),
    .real("scale", .positive, default: scale, "a factor of the definition, ½ in R1 and R2"),
    .integer(
      "every", 1...1_000_000, default: 1,
      "critic steps from one application to the next; the weight is multiplied by it"),
    .real(
      "epsilon", .nonnegative, default: 1e-12,
      "the number added under the root of the Euclidean norm"),
  ]
}

private func preset(
  _ name: String, _ summary: String, _ formula: String, _ source: String, place: String,
  target: String, weight: Double, scale: Double
) -> Entry<Penalty> {
  Entry(
    EntryDescription(
      name, summary, formula: formula, source: source,
      parameters: gradientParameters(place: place, target: target, weight: weight, scale: scale),
      presetOf: "gradient"),
    gradientPenalty)
}

private let gradientPenalty = Penalty(.slope) { inputs, arguments in
  let point = slopePoint(inputs, arguments.text("where"))
  let slope = gradients(of: inputs.critic(point).sum(), by: [point])[0]
  let target = arguments.text("target")
  let term: Tensor
  if target == "zero" {
    term = squaredNorm(slope, arguments.text("norm"))
  } else {
    let excess = norm(slope, arguments.text("norm"), epsilon: arguments.real("epsilon")) - 1
    term = (target == "one" ? excess : excess.relu()).square()
  }
  return arguments.real("scale") * term.mean()
}

/// The points at which the slope is taken.
private func slopePoint(_ inputs: PenaltyInputs, _ place: String) -> Tensor {
  let real = inputs.real
  let fake = inputs.fake
  let graph = real.graph
  let perSample = [real.shape[0]] + Array(repeating: 1, count: real.rank - 1)
  switch place {
  case "real": return real
  case "fake": return fake
  case "line":
    let alpha = graph.draw("\(inputs.stream)/alpha", .uniform, perSample)
    return alpha * real + (1 - alpha) * fake
  case "around-real":
    let alpha = graph.draw("\(inputs.stream)/alpha", .uniform, perSample)
    let direction = graph.draw("\(inputs.stream)/direction", .uniform, real.shape)
    let deviation = (real - real.mean()).square().mean().sqrt()
    return real + alpha * (0.5 * deviation * direction)
  default: preconditionFailure("no place '\(place)' for a slope")
  }
}

/// The norm of each sample's slope, `[n]`; `epsilon` is added under the Euclidean root.
private func norm(_ slope: Tensor, _ name: String, epsilon: Double) -> Tensor {
  let flat = slope.reshaped([slope.shape[0], slope.count / slope.shape[0]])
  switch name {
  case "l2": return (flat.square().sum(over: [1]) + epsilon).sqrt()
  case "l1": return flat.abs().sum(over: [1])
  case "linf": return flat.abs().max(over: [1])
  default: preconditionFailure("no norm '\(name)'")
  }
}

/// The squared norm of each sample's slope, `[n]`, without a root for the Euclidean one.
private func squaredNorm(_ slope: Tensor, _ name: String) -> Tensor {
  guard name == "l2" else { return norm(slope, name, epsilon: 0).square() }
  return slope.reshaped([slope.shape[0], slope.count / slope.shape[0]]).square().sum(over: [1])
}
