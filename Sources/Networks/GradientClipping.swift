import Catalog
import Engine

/// A bound on the gradients of a network's loss, between derivatives and optimizer.
public struct GradientClipping: Sendable {
  /// From the derivatives by all of a network's trained parameters to those that the optimizer sees, in the same order
  /// and of the same shapes.
  public let clip: @Sendable ([Tensor], Arguments) -> [Tensor]
}

/// The kinds of gradient clipping that an experiment file can name, for each network separately.
public let gradientClippingTable = Table<GradientClipping>(
  "gradient clipping",
  [
    Entry(
      EntryDescription("none", "Gradients as they are"),
      GradientClipping(clip: { gradients, _ in gradients })),
    Entry(
      EntryDescription(
        "norm",
        "All of a network's gradients by one factor, so that their norm has a bound, as in PyTorch",
        formula: "g ← g·min(1, bound/(‖g‖ + 10⁻⁶)), ‖g‖ over all parameters", source: "1211.5063",
        parameters: [
          .real("bound", .positive, default: 1, "the largest norm of all gradients together")
        ]), GradientClipping(clip: clipNorm)),
    Entry(
      EntryDescription(
        "value", "Each number of a gradient by itself", formula: "g ← clip(g, −bound, bound)",
        parameters: [
          .real("bound", .positive, default: 1, "the largest absolute value of each number")
        ]),
      GradientClipping(clip: { gradients, arguments in
        let bound = arguments.real("bound")
        return gradients.map { $0.clamped(-bound, bound) }
      })),
  ])

private let clipNorm: @Sendable ([Tensor], Arguments) -> [Tensor] = { gradients, arguments in
  guard let graph = gradients.first?.graph else { return [] }
  let squares = gradients.reduce(graph.constant(0)) { $0 + $1.square().sum() }
  let factor = arguments.real("bound") / (squares.differentiableRoot() + 1e-6)
  let limited = factor.minimum(with: graph.constant(1))
  return gradients.map { $0 * limited }
}
