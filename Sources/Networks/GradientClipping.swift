import Catalog
import Engine

/// A bound on a player's gradients, before its optimizer sees them.
public struct GradientClipping: Sendable {
  /// The clipped gradients, from those by all of the player's parameters.
  public let clip: @Sendable ([Tensor], Arguments) -> [Tensor]
}

/// The bounds on gradients that an experiment file can name, for each network separately.
public let gradientClippingTable = Table<GradientClipping>(
  "gradient clipping",
  [
    Entry(
      EntryDescription("none", "Gradients as they are"),
      GradientClipping { gradients, _ in gradients })
  ])
