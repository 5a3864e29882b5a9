/// Numbers of things for people.
enum Count {
  /// `1 run`, `2 runs`.
  static func text(_ number: Int, _ word: String) -> String {
    "\(number) \(word)\(number == 1 ? "" : "s")"
  }
}
