/// Why a table of numbers cannot be evaluated.
public enum StatisticsError: Error, Hashable, Sendable {
  /// One seed has two values on the same side, so pairs are not determined.
  case duplicateSeed(Int)
}

extension StatisticsError: CustomStringConvertible {
  /// One sentence that says what is wrong and what to do.
  public var description: String {
    switch self {
    case .duplicateSeed(let seed):
      "seed \(seed) has two values for one arm; keep one row per arm and seed"
    }
  }
}
