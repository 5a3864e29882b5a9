import Catalog

extension Notation {
  /// The signs in formulas of losses, penalties and auxiliary terms.
  static let objectives = Notation(
    note:
      "Both players minimize their side; penalties are added to the critic's unless said otherwise, auxiliary terms to the generator's",
    symbols: [
      Symbol(
        "r, f", "the critic's outputs on real samples and on fakes, logits unless said otherwise"),
      Symbol("x, x̃", "real samples and fakes"),
      Symbol("x̂", "the point at which a slope is taken"),
      Symbol("z", "latents"),
      Symbol("D, G", "the critic and the generator", marks: ["D(", "G("]),
      Symbol("E", "the mean over a batch"),
      Symbol("sp(u)", "softplus, ln(1 + eᵘ)", marks: ["sp("]),
      Symbol("S(u)", "the logistic function, 1/(1 + e⁻ᵘ)", marks: ["S("]),
      Symbol("[u]₊", "max(u, 0)", marks: ["]₊"]),
      Symbol("e(x)", "the error of an autoencoding critic on a sample", marks: ["e("]),
      Symbol("h(x)", "what an embedding critic makes of a sample", marks: ["h("]),
      Symbol("k(x, y)", "a kernel", marks: ["k("]),
      Symbol("∇D", "the derivative of the critic's output by the sample", marks: ["∇D"]),
      Symbol(
        "‖·‖", "the Euclidean norm over all of a sample's dimensions, one number per sample",
        marks: ["‖"]),
      Symbol("λ, γ", "the weight, where the entry has no setting of that name"),
    ])
}
