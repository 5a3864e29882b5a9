/// One thing that is to be said of a comparison, with what leads to its cause.
public struct Finding: Hashable, Sendable {
  /// What, in one line.
  public let title: String
  /// What is known of it, a line each.
  public let details: [String]
  /// What to do about it; nil where nothing is.
  public let advice: String?
  /// Whether the check fails by it.
  public let isFailure: Bool

  /// A finding by which the check fails.
  init(_ title: String, _ details: [String] = [], advice: String) {
    self.title = title
    self.details = details
    self.advice = advice
    isFailure = true
  }

  /// A finding that fails nothing.
  init(note title: String) {
    self.title = title
    details = []
    advice = nil
    isFailure = false
  }

  /// Everything that it says, a line each.
  var lines: [String] { [title] + details + (advice.map { [$0] } ?? []) }
}
