import Catalog
import Engine

let hingeLosses: [Entry<Loss>] = [
  Entry(
    EntryDescription(
      "hinge", "The hinge game", formula: "critic E[1−r]₊ + E[1+f]₊; generator −E f",
      source: "1705.02894"),
    Loss(
      critic: { scores, _ in (1 - scores.real).relu().mean() + (1 + scores.fake).relu().mean() },
      generator: { scores, _ in -scores.fake.mean() })),
  Entry(
    EntryDescription(
      "kl-wgan",
      "The hinge game with fakes weighted by the density ratio that the critic's outputs say they have",
      formula: "critic E[1−r]₊ + E[1+w·f]₊, w = n·softmax(f) over the batch of n; generator −E w·f",
      source: "1910.09779"),
    Loss(
      critic: { scores, _ in
        (1 - scores.real).relu().mean()
          + (1 + densityRatios(scores.fake) * scores.fake).relu().mean()
      },
      generator: { scores, _ in -(densityRatios(scores.fake) * scores.fake).mean() })),
]

/// n·softmax(outputs), whose mean is 1.
private func densityRatios(_ outputs: Tensor) -> Tensor {
  // A number added to all outputs changes nothing: the largest one, taken off, keeps exponentials at most 1.
  let exponentials = (outputs - outputs.max().stopGradient()).exp()
  return exponentials / exponentials.mean()
}
