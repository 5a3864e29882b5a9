import Catalog
import Engine

/// Penalties on a network's weights, biases and the scales of normalizers left out.
let weightPenalties: [Entry<Penalty>] = [
  Entry(
    EntryDescription(
      "l2", "Squared weights, as weight decay adds them to the loss", formula: "weight·Σ½‖W‖²",
      source: "Krogh and Hertz, NIPS 1991", parameters: penaltyParameters(weight: 1e-4)),
    Penalty(.weights) { inputs, _ in
      sum(inputs.weights.map { 0.5 * $0.square().sum() }, in: inputs)
    }),
  Entry(
    EntryDescription(
      "orthogonal",
      "Orthogonal regularization: weights of different outputs at right angles, whatever their lengths",
      formula: "β·Σ‖WWᵀ⊙(1 − I)‖²_F, W with a row per output, β the weight", source: "1809.11096",
      parameters: penaltyParameters(weight: 1e-4)),
    Penalty(.weights) { inputs, _ in
      let terms = inputs.weights.map { weight in
        let others = 1 - weight.graph.identity(weight.shape[0])
        return (weight.matmul(weight.transposed) * others).square().sum()
      }
      return sum(terms, in: inputs)
    }),
]

private func sum(_ terms: [Tensor], in inputs: PenaltyInputs) -> Tensor {
  terms.reduce(inputs.real.graph.constant(0), +)
}
