/// One thing that is to be said of a comparison, with what leads to its cause.
public struct Finding: Hashable, Sendable {
  /// What, in one line.
  public let title: String
  /// What is known of it, a line each.
  public let details: [String]
  /// Whether the check fails by it.
  public let isFailure: Bool

  /// Joins the parts.
  init(_ title: String, _ details: [String] = [], isFailure: Bool = true) {
    self.title = title
    self.details = details
    self.isFailure = isFailure
  }
}
