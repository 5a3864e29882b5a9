/// A network that cannot be built from its settings: layers whose shapes do not fit, most of all.
public struct NetworkError: Error, Hashable, CustomStringConvertible {
  /// The key below the player's own that is wrong, for example `architecture.layers.2`.
  public let keyPath: String
  /// What is wrong and what to do, without a final full stop.
  public let message: String

  /// Describes a mistake.
  public init(_ message: String, at keyPath: String = "architecture") {
    self.message = message
    self.keyPath = keyPath
  }

  /// The message.
  public var description: String { message }
}
