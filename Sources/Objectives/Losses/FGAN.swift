import Catalog
import Engine

let fGANLosses: [Entry<Loss>] = [
  Entry(
    EntryDescription(
      "f-gan",
      "The dual of an f-divergence of the data's density p from the generator's q: the critic's least loss is −D_f = −E_q f(p/q). Under gan and jensen-shannon, which differ by a constant, training is the same, and that of minimax",
      formula:
        "critic −E g(r) + E f*(g(f)); generator −E f*(g(f)) or, nonsaturating, −E g(f); f(u) = "
        + Divergence.all.map { "\($0.formula) for \($0.name)" }.joined(separator: "; "),
      source: "1606.00709",
      parameters: [
        .choice(
          "divergence", Divergence.all.map(\.name), default: "jensen-shannon", "the divergence"),
        .real(
          "share", .open(0, 1), default: 0.5,
          "the share π of the data in the mixture of weighted-jensen-shannon"),
        .real("alpha", .any, default: 0.5, "the order α of the divergence alpha, neither 0 nor 1"),
        .choice(
          "generator", ["minimax", "nonsaturating"], default: "minimax",
          "what the generator minimizes: the critic's loss negated, or −E g(f)"),
      ],
      check: checkDivergence),
    Loss(
      // Of the total variation, g and f*(g) are the same.
      isZeroSum: {
        $0.text("generator") == "minimax" || $0.text("divergence") == "total-variation"
      },
      critic: { scores, arguments in
        let divergence = Divergence.named(arguments.text("divergence"))
        return divergence.conjugate(scores.fake, arguments).mean()
          - divergence.activation(scores.real, arguments).mean()
      },
      generator: { scores, arguments in
        let divergence = Divergence.named(arguments.text("divergence"))
        let isMinimax = arguments.text("generator") == "minimax"
        let rule = isMinimax ? divergence.conjugate : divergence.activation
        return -rule(scores.fake, arguments).mean()
      }))
]

/// Refuses the limits of α, and a number that belongs to another divergence and would change nothing.
private let checkDivergence: @Sendable (Arguments) -> String? = { arguments in
  let divergence = arguments.text("divergence")
  if [0, 1].contains(arguments.real("alpha")) {
    return "'alpha' cannot be 0 or 1, where the divergence is reverse-kl or kl: name these"
  }
  if arguments.real("alpha") != 0.5, divergence != "alpha" {
    return "'alpha' is a setting of the divergence alpha, not of \(divergence)"
  }
  if arguments.real("share") != 0.5, divergence != "weighted-jensen-shannon" {
    return "'share' is a setting of the divergence weighted-jensen-shannon, not of \(divergence)"
  }
  return nil
}
