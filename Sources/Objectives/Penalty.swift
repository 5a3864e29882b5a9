import Catalog
import Engine
import Schedules

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
  "penalty", selector: "preset", fallback: "gradient", notation: .objectives,
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

private let gradientPenalty = Penalty(isPerSample: true) { inputs, arguments in
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
