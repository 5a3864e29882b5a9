/// Numbers of things for people.
public enum Count {
  /// `1 run`, `2 runs`.
  public static func text(_ number: Int, _ word: String) -> String {
    "\(number) \(word)\(number == 1 ? "" : "s")"
  }
}
