import Runner

extension RunStatus {
  /// The status in words that follow a number.
  var words: String {
    switch self {
    case .done: "done"
    case .diverged: "diverged"
    case .unmeasured: "to measure"
    case .failed: "failed"
    case .partial: "partial"
    case .missing: "missing"
    }
  }

  /// One character for a table.
  var character: Character {
    switch self {
    case .done: "+"
    case .diverged: "D"
    case .unmeasured: "m"
    case .failed: "F"
    case .partial: "/"
    case .missing: "."
    }
  }
}
