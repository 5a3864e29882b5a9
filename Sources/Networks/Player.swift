/// A side of the game; the raw value prefixes the names of its states and is the key of its settings.
public enum Player: String, Sendable, CaseIterable {
  /// The network that makes samples from latents.
  case generator
  /// The discriminator, whatever its output means.
  case critic
}
