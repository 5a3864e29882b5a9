/// A reason to trust a result less, carried with the result so that a report can print it as a
/// footnote.
public enum Caveat: Hashable, Sendable {
  /// Values that were missing or not finite were left out.
  case dropped(Int)
  /// Seeds that do not have a finite value on both sides were left out, in ascending order.
  case unpaired(seeds: [Int])
  /// One value has no spread: there is no interval.
  case singleValue
  /// All values are equal, so the interval has no width and says nothing of other seeds.
  case noVariation
  /// No outcome can be significant: the smallest p that so few seeds can reach is above the level.
  case cannotReachSignificance(smallest: Double, level: Double, seedsNeeded: Int)
  /// The p-value is an estimate from this many random sign patterns, not a full count.
  case estimated(patterns: Int)
}

extension Caveat: CustomStringConvertible {
  /// The reason as a footnote, without a final full stop.
  public var description: String {
    switch self {
    case .dropped(let count): "\(count) missing or not finite left out"
    case .unpaired(let seeds):
      "no finite pair for seed\(seeds.count == 1 ? "" : "s") "
        + seeds.map(String.init).joined(separator: ", ")
    case .singleValue: "one value has no interval"
    case .noVariation: "all values are equal; the interval says nothing of other seeds"
    case .cannotReachSignificance(let smallest, let level, let needed):
      "needs \(needed) seeds to detect a difference at \(level); the smallest p here is \(smallest)"
    case .estimated(let patterns): "p estimated from \(patterns) random sign patterns"
    }
  }
}
