import Catalog
import Engine

/// Penalties that keep a balance of the whole game.
let gamePenalties: [Entry<Penalty>] = [
  Entry(
    EntryDescription(
      "consensus",
      "Consensus optimization: both players also lessen the length of the gradient field, with second derivatives by products with the Hessian",
      formula:
        "both + γR, R = ½‖v‖², v = (∇_θ L_G, ∇_ψ L_D) without penalties, γ the weight; each player by its own weights",
      source: "1705.10461", parameters: penaltyParameters(weight: 10)),
    Penalty(
      .game, terms: [Penalty.Term(fieldEnergy)], otherTerms: [Penalty.Term(fieldEnergy)])),
  Entry(
    EntryDescription(
      "sobolev",
      "Sobolev GAN: the mean squared slope of the critic is held at one by an augmented Lagrangian. Its multiplier Λ is a state",
      formula:
        "weight·(Λc + (ρ/2)c²), c = ½E‖∇D(x)‖² + ½E‖∇D(x̃)‖² − 1; Λ ← Λ + ρc after the step, from 0; ρ the setting 'rho'",
      source: "1711.04894",
      parameters: penaltyParameters(weight: 1) + [
        .real("rho", .positive, default: 1e-6, "the rate ρ of the multiplier")
      ]),
    Penalty(.slope, memory: [Remembered("multiplier", start: 0)]) { inputs, arguments in
      let squares = [inputs.real, inputs.fake].map { inputs.slope(at: $0).square().sum() }
      let excess = (squares[0] + squares[1]) * (0.5 / Double(inputs.real.shape[0])) - 1
      return lagrangian(of: excess, inputs, arguments)
    }),
  Entry(
    EntryDescription(
      "fisher",
      "Fisher GAN: the second moment of the critic's scores is held at one by an augmented Lagrangian; published with the wasserstein loss. Its multiplier Λ is a state",
      formula:
        "weight·(Λc + (ρ/2)c²), c = ½E r² + ½E f² − 1; Λ ← Λ + ρc after the step, from 0; ρ the setting 'rho'",
      source: "1705.09675",
      parameters: penaltyParameters(weight: 1) + [
        .real("rho", .positive, default: 1e-6, "the rate ρ of the multiplier")
      ]),
    Penalty(.outputs, memory: [Remembered("multiplier", start: 0)]) { inputs, arguments in
      let (real, fake) = (inputs.game.onReal.output, inputs.game.onFake.output)
      let excess = 0.5 * (real.square().mean() + fake.square().mean()) - 1
      return lagrangian(of: excess, inputs, arguments)
    }),
]

/// Λc + (ρ/2)c² with the remembered multiplier Λ, which becomes Λ + ρc.
private func lagrangian(
  of excess: Tensor, _ inputs: PenaltyInputs, _ arguments: Arguments
) -> Tensor {
  let (multiplier, rho) = (inputs.memory["multiplier"], arguments.real("rho"))
  inputs.memory["multiplier"] = multiplier + rho * excess.stopGradient()
  return multiplier * excess + (rho / 2) * excess.square()
}

/// ½‖v‖².
private let fieldEnergy: @Sendable (PenaltyInputs, Arguments) -> Tensor = { inputs, _ in
  let squares = inputs.field().map { $0.square().sum() }
  return 0.5 * squares.reduce(inputs.real.graph.constant(0), +)
}
