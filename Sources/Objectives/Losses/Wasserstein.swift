import Catalog
import Engine

let wassersteinLosses: [Entry<Loss>] = [
  Entry(
    EntryDescription(
      "wasserstein", "The dual of the Wasserstein-1 distance, for critics of bounded slope",
      formula: "critic E f − E r; generator −E f", source: "1701.07875"),
    Loss(
      needsLipschitzCritic: true, isZeroSum: { _ in true },
      critic: { scores, _ in scores.fake.mean() - scores.real.mean() },
      generator: { scores, _ in -scores.fake.mean() }))
]
