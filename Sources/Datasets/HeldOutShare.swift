import Arrays
import Catalog

/// A share of samples that training never sees, for sets that do not come in two parts.
struct HeldOutShare {
  private let share: Double

  /// The setting.
  static let parameter = Parameter.real(
    "heldOut", .halfOpen(0.0, 1), default: 0.1,
    "share of the samples that training never sees, at least one sample, the same for every seed")

  /// Reads the setting of an entry that declares it.
  init(_ arguments: Arguments) { share = arguments.real("heldOut") }

  /// The positions of both parts, each in ascending order: the first share · count, rounded, of a permutation are held out.
  func parts(of count: Int) -> (train: [Int], heldOut: [Int]) {
    let order = RandomStream(seed: 0, name: "held-out").permutation(count).map(Int.init)
    let heldOutCount = min(max(Int((share * Double(count)).rounded()), 1), count - 1)
    return (order.dropFirst(heldOutCount).sorted(), order.prefix(heldOutCount).sorted())
  }
}
