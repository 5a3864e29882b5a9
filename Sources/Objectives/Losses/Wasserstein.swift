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
      generator: { scores, _ in -scores.fake.mean() })),
  Entry(
    EntryDescription(
      "gan-qp",
      "The quadratic potential: each real sample against the fake one at the same place of its batch, with a price that stands in for a bounded slope",
      formula:
        "critic E[−Δ + Δ²/(2λd)], Δ = r − f and d = mean|x − x̃| + 1e−12 per pair, λ the setting 'lambda'; generator E Δ",
      source: "1811.07296",
      parameters: [.real("lambda", .positive, default: 10, "the scale λ of the potential")]),
    Loss(
      form: { _ in .score },
      critic: { game, arguments in
        let gap = game.onReal.output - game.onFake.output
        let distance = (game.real - game.fake).vectors.abs().mean(over: [1]).stopGradient() + 1e-12
        return (gap.square() / (2 * arguments.real("lambda") * distance) - gap).mean()
      },
      generator: { game, _ in (game.onReal.output - game.onFake.output).mean() })),
]
