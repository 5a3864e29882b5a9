import Arrays

/// The order in which an epoch visits stored samples: a permutation per epoch.
///
/// An epoch has ⌊count / batch⌋ steps, so up to batch − 1 samples of its permutation stay unseen. A batch larger
/// than the data goes through the permutation again and again: each sample comes ⌊batch / count⌋ times or once more.
final class EpochOrder {
  private let stream: RandomStream
  private let batch: Int
  private let stepsPerEpoch: Int
  private let order: Scratch<Int32>
  private let words: Scratch<UInt32>
  private var epoch: Int?

  /// An order of `count` samples, at least one, for batches of `batch`.
  init(stream: RandomStream, count: Int, batch: Int) {
    self.stream = stream
    self.batch = batch
    stepsPerEpoch = max(1, count / batch)
    order = Scratch(repeating: 0, count: count)
    words = Scratch(repeating: 0, count: count)
  }

  /// Makes the permutation of the epoch to which `step` belongs, unless it is there already.
  func prepare(step: Int) {
    let wanted = step / stepsPerEpoch
    guard wanted != epoch else { return }
    stream.fillPermutation(order.buffer, scratch: words.buffer, step: wanted)
    epoch = wanted
  }

  /// The index of the sample in row `row` of the batch of `step`, whose epoch is prepared.
  func sample(_ row: Int, step: Int) -> Int {
    let position = step % stepsPerEpoch * batch + row
    return Int(order.buffer[position % order.buffer.count])
  }
}
