import Catalog
import Engine
import Schedules

let logisticLosses: [Entry<Loss>] = [
  Entry(
    EntryDescription(
      "nonsaturating", "The logistic game with the generator's non-saturating loss",
      formula:
        "critic E sp(−r) + E sp(f); generator E sp(−f). With labels a, b the critic's is E[a·sp(−r) + (1−a)·sp(r)] + E[b·sp(−f) + (1−b)·sp(f)]",
      source: "1406.2661"),
    Loss(
      takesLabels: true, critic: logisticCritic,
      generator: { scores, _ in (-scores.fake).softplus().mean() })),
  Entry(
    EntryDescription(
      "minimax",
      "The logistic game of zero sum, whose generator learns little while the critic is certain; the critic's least loss is log 4 − 2·JS",
      formula:
        "critic E sp(−r) + E sp(f); generator −E sp(f). With labels a, b the critic's is E[a·sp(−r) + (1−a)·sp(r)] + E[b·sp(−f) + (1−b)·sp(f)]",
      source: "1406.2661"),
    Loss(
      takesLabels: true, isZeroSum: { _ in true }, critic: logisticCritic,
      generator: { scores, _ in -scores.fake.softplus().mean() })),
]

/// The cross-entropy of both batches with their labels.
private let logisticCritic: @Sendable (Scores, Arguments) -> Tensor = { scores, _ in
  logistic(scores.real, label: scores.realLabel) + logistic(scores.fake, label: scores.fakeLabel)
}

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
