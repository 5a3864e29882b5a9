import Catalog
import Engine

let softmaxLosses: [Entry<Loss>] = [
  Entry(
    EntryDescription(
      "softmax",
      "One softmax over real and fake samples together: the critic wants real samples to share it, the generator all of them",
      formula:
        "critic −E r + Z; generator −½(E r + E f) + Z, Z = ln(Σ e^r + Σ e^f). The outputs are −D of the paper, whose D is an energy",
      source: "1704.06191"),
    Loss(
      critic: { scores, _ in logPartition(scores) - scores.real.mean() },
      generator: { scores, _ in
        logPartition(scores) - 0.5 * (scores.real.mean() + scores.fake.mean())
      })),
  Entry(
    EntryDescription(
      "dual-contrastive",
      "Each real sample has to be told from all fakes of the batch, and each fake from all real samples; the generator's goal is the opposite",
      formula:
        "critic −E ln[e^r/(e^r + Σ e^f)] − E ln[e^−f/(e^−f + Σ e^−r)]; generator the critic's, negated",
      source: "2103.16748"),
    Loss(
      isZeroSum: { _ in true }, critic: { scores, _ in dualContrast(scores) },
      generator: { scores, _ in -dualContrast(scores) })),
]

/// E sp(ln Σ e^f − r) + E sp(ln Σ e^−r + f).
private func dualContrast(_ scores: Scores) -> Tensor {
  (scores.fake.logSumExp(over: 0) - scores.real).softplus().mean()
    + ((-scores.real).logSumExp(over: 0) + scores.fake).softplus().mean()
}

/// ln(Σ e^r + Σ e^f).
private func logPartition(_ scores: Scores) -> Tensor {
  // The largest output, taken off and added again, keeps exponentials at most 1.
  let largest = maximum(scores.real.max(), scores.fake.max()).stopGradient()
  let sum = (scores.real - largest).exp().sum() + (scores.fake - largest).exp().sum()
  return sum.log() + largest
}
