import Arrays

/// Images of bytes in memory, which become numbers in [−1, 1] when they are drawn.
struct StoredImages: Sendable {
  /// How many images there are.
  let count: Int
  /// The number of bytes of an image.
  let elementCount: Int
  /// The label of each image.
  let labels: [Int]
  private let bytes: [UInt8]
  private let halfRange: Float

  /// Keeps some rows of an array `[count, …]` of images whose bytes go from 0 to twice `halfRange`.
  init(_ images: HostArray<UInt8>, labels: [Int], keeping rows: [Int], halfRange: Float) {
    self.halfRange = halfRange
    self.labels = rows.map { labels[$0] }
    count = rows.count
    elementCount = images.rowCount
    if rows.count == images.rows {
      bytes = images.elements
    } else {
      var kept: [UInt8] = []
      kept.reserveCapacity(rows.count * images.rowCount)
      for row in rows { kept.append(contentsOf: images.row(row)) }
      bytes = kept
    }
  }

  /// Writes image `index`, scaled to [−1, 1], from `target` on.
  func write(_ index: Int, to target: UnsafeMutablePointer<Float>) {
    bytes.withUnsafeBufferPointer { source in
      for element in 0..<elementCount {
        target[element] = Float(source[index * elementCount + element]) / halfRange - 1
      }
    }
  }

  /// The images at some positions, scaled to [−1, 1], each of a shape.
  func samples(_ positions: [Int], shape: [Int]) -> HostArray<Float> {
    var elements = [Float](repeating: 0, count: positions.count * elementCount)
    elements.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      for (row, position) in positions.enumerated() {
        write(position, to: base + row * elementCount)
      }
    }
    return HostArray(shape: [positions.count] + shape, elements: elements)
  }
}

extension Dataset {
  /// Images from files, drawn without replacement within an epoch.
  static func storedImages(
    _ name: String, shape: [Int], classes: [String]?, digest: String, train: StoredImages,
    heldOut: StoredImages
  ) -> Dataset {
    /// The positions of the images that evaluation takes.
    @Sendable func chosen(_ streams: StreamFamily, _ count: Int, _ split: Split) -> [Int] {
      let images = split == .train ? train : heldOut
      return streams.own.permutation(images.count, step: split.step).prefix(count).map(Int.init)
    }
    return Dataset(
      name: name, sampleShape: shape, mixture: nil, classes: classes, digest: digest,
      trainingCount: train.count,
      draws: Draws(
        batches: { streams, batch in
          let order = EpochOrder(stream: streams.own, count: train.count, batch: batch)
          return BatchSource(elementCount: batch * train.elementCount) { buffer, step in
            guard let base = buffer.baseAddress else { return }
            order.prepare(step: step)
            for row in 0..<batch {
              train.write(order.sample(row, step: step), to: base + row * train.elementCount)
            }
          }
        },
        evaluation: { streams, count, split in
          let images = split == .train ? train : heldOut
          return images.samples(chosen(streams, count, split), shape: shape)
        },
        labels: { streams, count, split in
          let images = split == .train ? train : heldOut
          return chosen(streams, count, split).map { images.labels[$0] }
        },
        training: { train.samples(Array($0), shape: shape) }))
  }
}

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
