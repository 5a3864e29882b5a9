import Catalog
import Engine
import Schedules

/// Penalties on the critic's slope: the entry with all factors, and its presets.
let gradientPenalties: [Entry<Penalty>] = [
  Entry(
    EntryDescription(
      "gradient",
      "A penalty on the critic's slope: where it is taken × its target × the norm × the power",
      formula:
        "weight·scale·E t(‖∇D(x̂)‖), t(s) = |s−1|^power for target one, [s−1]₊^power for at-most-one, s^power for zero; over max: the largest in the place of E",
      source: "1704.00028", parameters: Factors(place: "line", target: "one").parameters),
    gradientPenalty),
  preset(
    "wgan-gp", "Slope one on lines between real and fake, two-sided",
    "λE(‖∇D(x̂)‖₂ − 1)², x̂ = αx + (1−α)x̃, one α per sample", "1704.00028",
    Factors(place: "line", target: "one")),
  preset(
    "lp", "Slope at most one on lines between real and fake, one-sided",
    "λE[‖∇D(x̂)‖₂ − 1]₊², x̂ = αx + (1−α)x̃, one α per sample", "1709.08894",
    Factors(place: "line", target: "at-most-one")),
  preset(
    "r1", "Slope zero on real samples", "(γ/2)E‖∇D(x)‖₂², γ the weight", "1801.04406",
    Factors(place: "real", target: "zero", scale: 0.5)),
  preset(
    "r2", "Slope zero on fake samples", "(γ/2)E‖∇D(x̃)‖₂², γ the weight", "1801.04406",
    Factors(place: "fake", target: "zero", scale: 0.5)),
  preset(
    "dragan", "Slope one around real samples",
    "λE(‖∇D(x̂)‖₂ − 1)², x̂ = x + α·½·s·U, U ∈ [0,1] per element, α per sample, s one standard deviation of the whole batch",
    "1705.07215", Factors(place: "around-real", target: "one")),
  preset(
    "zero-gp", "Slope zero on lines between real and fake",
    "λE‖∇D(x̂)‖₂², x̂ = αx + (1−α)x̃, one α per sample", "1902.03984",
    Factors(place: "line", target: "zero")),
  preset(
    "max-gp", "Slope zero where it is largest on lines between real and fake",
    "λ·maxᵢ‖∇D(x̂ᵢ)‖₂², x̂ = αx + (1−α)x̃, one α per sample", "1902.05687",
    Factors(place: "line", target: "zero", over: "max", weight: 0.1)),
  preset(
    "wgan-div", "The Wasserstein divergence: a high power of the slope on real and on fake samples",
    "(k/2)(E‖∇D(x)‖₂^p + E‖∇D(x̃)‖₂^p), k the weight, p the power", "1712.01026",
    Factors(place: "real-and-fake", target: "zero", power: 6, weight: 2, scale: 0.5)),
  preset(
    "l1-margin",
    "Slope at most one in the norm that is dual to ℓ1, for the margin in which samples differ by ℓ1",
    "λE[‖∇D(x̂)‖_∞ − 1]₊, x̂ = αx + (1−α)x̃, one α per sample", "1910.06922",
    Factors(place: "line", target: "at-most-one", norm: "linf", power: 1, weight: 20)),
  preset(
    "linf-margin",
    "Slope at most one in the norm that is dual to ℓ∞, for the margin in which samples differ by ℓ∞",
    "λE[‖∇D(x̂)‖₁ − 1]₊, x̂ = αx + (1−α)x̃, one α per sample", "1910.06922",
    Factors(place: "line", target: "at-most-one", norm: "l1", power: 1, weight: 20)),
  preset(
    "witness",
    "Slope one of the witness function on lines between real and fake, for losses that compare features by a kernel; under others it is wgan-gp with weight 1",
    "λE(‖∇w(x̂)‖₂ − 1)², w(x̂) = E k(h(x̂),h(x)) − E k(h(x̂),h(x̃)), x̂ = αx + (1−α)x̃, one α per sample",
    "1801.01401", Factors(place: "line", target: "one", weight: 1)),
]

/// The settings in which gradient penalties differ, as their entries have them by default.
private struct Factors {
  var place: String
  var target: String
  var norm = "l2"
  var power = 2
  var over = "mean"
  var weight = 10.0
  var scale = 1.0

  var parameters: [Parameter] {
    [
      .choice(
        "where", ["line", "real", "fake", "around-real", "real-and-fake"], default: place,
        "where the slope is taken: on lines between real and fake, at real or fake samples, around real ones, or at real and at fake samples with the sum of both terms"
      ),
      .choice(
        "target", ["one", "at-most-one", "zero"], default: target,
        "what the slope is drawn to: one from both sides, one from above, zero"),
      .choice(
        "norm", ["l2", "l1", "linf"], default: norm,
        "the norm of the slope, over all of a sample's dimensions"),
      .integer("power", 1...16, default: power, "the power of the distance from the target"),
      .choice(
        "over", ["mean", "max"], default: over,
        "whether all samples of the batch count, by their mean, or the worst alone"),
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
}

private func preset(
  _ name: String, _ summary: String, _ formula: String, _ source: String, _ factors: Factors
) -> Entry<Penalty> {
  Entry(
    EntryDescription(
      name, summary, formula: formula, source: source, parameters: factors.parameters,
      presetOf: "gradient"),
    gradientPenalty)
}

private let gradientPenalty = Penalty(.slope) { inputs, arguments in
  let terms = slopePoints(inputs, arguments.text("where")).map { point in
    let costs = cost(of: inputs.slope(at: point), arguments)
    return arguments.text("over") == "max" ? costs.max() : costs.mean()
  }
  return arguments.real("scale") * terms.dropFirst().reduce(terms[0], +)
}

/// What each sample's slope costs, `[n]`.
private func cost(of slope: Tensor, _ arguments: Arguments) -> Tensor {
  let power = arguments.integer("power")
  let name = arguments.text("norm")
  let size = { norm(slope, name, epsilon: arguments.real("epsilon")) }
  switch arguments.text("target") {
  case "one":
    let excess = size() - 1
    return raised(power.isMultiple(of: 2) ? excess : excess.abs(), to: power)
  case "at-most-one": return raised((size() - 1).relu(), to: power)
  case "zero" where power.isMultiple(of: 2):
    // Even powers need no root of the Euclidean norm, and so no number under it.
    return raised(squaredNorm(slope, name), to: power / 2)
  case "zero": return raised(size(), to: power)
  case let target: preconditionFailure("no target '\(target)' of a slope")
  }
}

/// The batches of points at which the slope is taken.
private func slopePoints(_ inputs: PenaltyInputs, _ place: String) -> [Tensor] {
  let real = inputs.real
  let fake = inputs.fake
  let graph = real.graph
  let perSample = [real.shape[0]] + Array(repeating: 1, count: real.rank - 1)
  switch place {
  case "real": return [real]
  case "fake": return [fake]
  case "real-and-fake": return [real, fake]
  case "line":
    let alpha = graph.draw("\(inputs.stream)/alpha", .uniform, perSample)
    return [alpha * real + (1 - alpha) * fake]
  case "around-real":
    let alpha = graph.draw("\(inputs.stream)/alpha", .uniform, perSample)
    let direction = graph.draw("\(inputs.stream)/direction", .uniform, real.shape)
    let deviation = (real - real.mean()).square().mean().sqrt()
    return [real + alpha * (0.5 * deviation * direction)]
  default: preconditionFailure("no place '\(place)' for a slope")
  }
}

/// The norm of each sample's slope, `[n]`; `epsilon` is added under the Euclidean root.
private func norm(_ slope: Tensor, _ name: String, epsilon: Double) -> Tensor {
  switch name {
  case "l2": return (squaredNorm(slope, name) + epsilon).sqrt()
  case "l1": return vectors(slope).abs().sum(over: [1])
  case "linf": return vectors(slope).abs().max(over: [1])
  default: preconditionFailure("no norm '\(name)'")
  }
}

/// The squared norm of each sample's slope, `[n]`, without a root for the Euclidean one.
private func squaredNorm(_ slope: Tensor, _ name: String) -> Tensor {
  guard name == "l2" else { return norm(slope, name, epsilon: 0).square() }
  return vectors(slope).square().sum(over: [1])
}

/// All of a sample's dimensions along one axis, `[n, dimensions]`.
private func vectors(_ slope: Tensor) -> Tensor {
  slope.reshaped([slope.shape[0], slope.count / slope.shape[0]])
}

/// x to a power of at least 1, by products.
private func raised(_ x: Tensor, to power: Int) -> Tensor {
  if power == 1 { return x }
  return power.isMultiple(of: 2)
    ? raised(x.square(), to: power / 2) : x * raised(x, to: power - 1)
}
