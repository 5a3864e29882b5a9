import Catalog
import Engine

let relativisticLosses: [Entry<Loss>] = [
  Entry(
    EntryDescription(
      "relativistic", "Each real output against the fake one at the same place of its batch",
      formula:
        "critic E φ(r−f), φ(d) = sp(−d) in the logistic form, (d−1)² for least squares, [1−d]₊ for hinge; generator E φ(f−r)",
      source: "1807.00734", parameters: [form]),
    Loss(
      critic: { scores, arguments in
        cost(scores.real - scores.fake, arguments).mean()
      },
      generator: { scores, arguments in
        cost(scores.fake - scores.real, arguments).mean()
      })),
  Entry(
    EntryDescription(
      "relativistic-average",
      "Each output against the mean of the other batch, which is differentiated too",
      formula:
        "critic ½{E φ(r−Ef) + E φ(Er−f)}, φ(d) = sp(−d) in the logistic form, (d−1)² for least squares, [1−d]₊ for hinge; generator ½{E φ(f−Er) + E φ(Ef−r)}",
      source: "1807.00734", parameters: [form]),
    Loss(
      critic: { scores, arguments in
        averageCost(of: scores.real, above: scores.fake, arguments)
      },
      generator: { scores, arguments in
        averageCost(of: scores.fake, above: scores.real, arguments)
      })),
  Entry(
    EntryDescription(
      "r3gan", "R3GAN: the relativistic logistic game with R1 and R2 as parts of the critic's loss",
      formula:
        "critic E sp(f−r) + (γ/2)(E‖∇D(x)‖² + E‖∇D(x̃)‖²), γ the setting 'gamma'; generator E sp(r−f)",
      source: "2501.05441",
      parameters: [.real("gamma", .nonnegative, default: 1, "the weight γ of both penalties")]),
    Loss(
      form: { _ in .score }, usesSlope: true,
      critic: { game, arguments in
        let squares = [(game.onReal, game.real), (game.onFake, game.fake)].map { seen, samples in
          gradients(of: seen.output.sum(), by: [samples])[0].square().sum()
        }
        let count = Double(game.real.shape[0])
        return (game.onFake.output - game.onReal.output).softplus().mean()
          + (arguments.real("gamma") / (2 * count)) * (squares[0] + squares[1])
      },
      generator: { game, _ in (game.onReal.output - game.onFake.output).softplus().mean() })),
]

private let form = Parameter.choice(
  "form", ["logistic", "least-squares", "hinge"], default: "logistic",
  "the cost φ of a difference that ought to be positive")

/// The cost φ of differences that ought to be positive.
private func cost(_ difference: Tensor, _ arguments: Arguments) -> Tensor {
  switch arguments.text("form") {
  case "logistic": return (-difference).softplus()
  case "least-squares": return (difference - 1).square()
  case "hinge": return (1 - difference).relu()
  case let form: preconditionFailure("no relativistic form '\(form)'")
  }
}

/// ½{E φ(winner − E loser) + E φ(E winner − loser)}.
private func averageCost(
  of winner: Tensor, above loser: Tensor, _ arguments: Arguments
) -> Tensor {
  let both =
    cost(winner - loser.mean(), arguments).mean() + cost(winner.mean() - loser, arguments).mean()
  return 0.5 * both
}
