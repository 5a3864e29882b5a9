import Catalog
import Engine

// Games in which each player draws the critic's outputs, as they are and not as logits, to numbers.

let leastDeviationLosses: [Entry<Loss>] = [
  Entry(
    EntryDescription(
      "lsgan",
      "Least squares on the critic's outputs; with a −1, b 1, c 0 the generator meets half of χ²(p + q ‖ 2q), p the data's density and q its own",
      formula: "critic ½E(r−b)² + ½E(f−a)²; generator ½E(f−c)²", source: "1611.04076",
      parameters: [
        .real("a", .any, default: 0, "what the critic draws fakes to"),
        .real("b", .any, default: 1, "what the critic draws real samples to"),
        .real("c", .any, default: 1, "what the generator draws its samples to"),
      ],
      check: { arguments in
        let (a, b) = (arguments.real("a"), arguments.real("b"))
        return a == b ? "'a' and 'b' must differ, or the critic need not tell the two apart" : nil
      }),
    Loss(
      critic: { scores, arguments in
        halfSquare(scores.real - arguments.real("b"))
          + halfSquare(scores.fake - arguments.real("a"))
      },
      generator: { scores, arguments in halfSquare(scores.fake - arguments.real("c")) })),
  Entry(
    EntryDescription(
      "absolute-deviation", "Absolute deviations of the critic's outputs from 1 and 0",
      formula: "critic E|r−1| + E|f|; generator E|f−1|", source: "1901.08753"),
    Loss(
      critic: { scores, _ in (scores.real - 1).abs().mean() + scores.fake.abs().mean() },
      generator: { scores, _ in (scores.fake - 1).abs().mean() })),
]

/// ½E x².
private func halfSquare(_ x: Tensor) -> Tensor { 0.5 * x.square().mean() }
