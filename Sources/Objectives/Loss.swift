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
  /// Whether the generator's side is the critic's negated, but for what the generator has no part in.
  public let isZeroSum: Bool
  /// The critic's loss, a scalar.
  public let critic: @Sendable (Scores, Arguments) -> Tensor
  /// The generator's loss, a scalar.
  public let generator: @Sendable (Scores, Arguments) -> Tensor
}

/// The losses that an experiment file can name.
public let lossTable = Table<Loss>(
  "loss", notation: .objectives,
  [
    Entry(
      EntryDescription(
        "nonsaturating", "The logistic game with the generator's non-saturating loss",
        formula:
          "critic E sp(−r) + E sp(f); generator E sp(−f); with labels a of real samples and b of fakes the critic's is E[a·sp(−r) + (1−a)·sp(r)] + E[b·sp(−f) + (1−b)·sp(f)]",
        source: "1406.2661"),
      Loss(
        takesLabels: true, needsLipschitzCritic: false, isZeroSum: false,
        critic: { scores, _ in
          logistic(scores.real, label: scores.realLabel)
            + logistic(scores.fake, label: scores.fakeLabel)
        },
        generator: { scores, _ in (-scores.fake).softplus().mean() })),
    Entry(
      EntryDescription(
        "hinge", "The hinge game", formula: "critic E[1−r]₊ + E[1+f]₊; generator −E f",
        source: "1705.02894"),
      Loss(
        takesLabels: false, needsLipschitzCritic: false, isZeroSum: false,
        critic: { scores, _ in
          (1 - scores.real).relu().mean() + (1 + scores.fake).relu().mean()
        },
        generator: { scores, _ in -scores.fake.mean() })),
    Entry(
      EntryDescription(
        "wasserstein", "The dual of the Wasserstein-1 distance, for critics of bounded slope",
        formula: "critic E f − E r; generator −E f", source: "1701.07875"),
      Loss(
        takesLabels: false, needsLipschitzCritic: true, isZeroSum: true,
        critic: { scores, _ in scores.fake.mean() - scores.real.mean() },
        generator: { scores, _ in -scores.fake.mean() })),
  ])

/// The mean cross-entropy of logits with one label: E[label·sp(−x) + (1 − label)·sp(x)].
private func logistic(_ logits: Tensor, label: Coefficient) -> Tensor {
  switch label {
  case .constant(1): return (-logits).softplus().mean()
  case .constant(0): return logits.softplus().mean()
  default:
    let isReal = label * (-logits).softplus()
    return (isReal + label.complement(in: logits.graph) * logits.softplus()).mean()
  }
}
