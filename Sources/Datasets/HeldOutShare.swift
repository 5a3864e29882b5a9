import Arrays
import Catalog

/// A share of samples that training never sees, for sets that do not come in two parts.
struct HeldOutShare {
  private let share: Double

  /// The setting.
  static let parameter = Parameter.real(
    "heldOut", .halfOpen(0.0, 1), default: 0.1,
    "share of the samples that training never sees, the same for every seed; two samples at least")

  /// Reads the setting of an entry that declares it.
  init(_ arguments: Arguments) { share = arguments.real("heldOut") }

  /// Why so many samples cannot be parted; nil when each part has two or more, without which nothing can be measured.
  ///
  /// - Parameter noun: what one sample is called.
  func refusal(of count: Int, _ noun: String) -> String? {
    guard count >= 4 else {
      return "\(count) \(noun)\(count == 1 ? "" : "s"); at least 4 are needed, 2 to be held out"
    }
    let heldOut = heldOutCount(of: count)
    guard heldOut < 2 || count - heldOut < 2 else { return nil }
    return "of \(count) \(noun)s, 'heldOut' \(share) holds out \(heldOut) and leaves "
      + "\(count - heldOut) for training; at least 2 of both are needed"
  }

  private func heldOutCount(of count: Int) -> Int {
    min(max(Int((share * Double(count)).rounded()), 1), count - 1)
  }

  /// The positions of both parts, each in ascending order: the first share · count, rounded, of a permutation are held out.
  func parts(of count: Int) -> (train: [Int], heldOut: [Int]) {
    let order = RandomStream(seed: 0, name: "held-out").permutation(count).map(Int.init)
    let heldOutCount = heldOutCount(of: count)
    return (order.dropFirst(heldOutCount).sorted(), order.prefix(heldOutCount).sorted())
  }
}
