import Arrays

/// Samples in memory: bytes that become numbers in [−1, 1] when they are drawn, or numbers as they are.
struct StoredSamples: Sendable {
  private enum Elements: Sendable {
    case bytes([UInt8], halfRange: Float)
    case numbers([Float])
  }

  /// How many samples there are.
  let count: Int
  /// The shape of a sample.
  let shape: [Int]
  /// The number of elements of a sample.
  let elementCount: Int
  /// The label of each sample; empty for data without classes.
  let labels: [Int]
  private let elements: Elements

  /// Images of bytes from 0 to twice their half range.
  init(_ images: LabelledImages) {
    count = images.pixels.rows
    shape = Array(images.pixels.shape.dropFirst())
    elementCount = images.pixels.rowCount
    labels = images.labels
    elements = .bytes(images.pixels.elements, halfRange: images.halfRange)
  }

  /// Numbers, a sample per row.
  init(_ samples: HostArray<Float>) {
    count = samples.rows
    shape = Array(samples.shape.dropFirst())
    elementCount = samples.rowCount
    labels = []
    elements = .numbers(samples.elements)
  }

  /// Writes sample `index` from `target` on.
  func write(_ index: Int, to target: UnsafeMutablePointer<Float>) {
    let start = index * elementCount
    switch elements {
    case .bytes(let bytes, let halfRange):
      bytes.withUnsafeBufferPointer { source in
        for element in 0..<elementCount {
          target[element] = Float(source[start + element]) / halfRange - 1
        }
      }
    case .numbers(let numbers):
      numbers.withUnsafeBufferPointer { source in
        for element in 0..<elementCount { target[element] = source[start + element] }
      }
    }
  }

  /// The samples at some positions, an array of shape `[positions.count] + shape`.
  func samples(_ positions: [Int]) -> HostArray<Float> {
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
  /// Samples from files, drawn without replacement within an epoch.
  static func stored(
    _ name: String, classes: [String]?, digest: String, train: StoredSamples,
    heldOut: StoredSamples
  ) -> Dataset {
    /// The samples of a split, and the positions of those that evaluation takes.
    @Sendable func chosen(
      _ streams: StreamFamily, _ count: Int, _ split: Split
    ) -> (samples: StoredSamples, positions: [Int]) {
      let samples = split == .train ? train : heldOut
      let order = streams.own.permutation(samples.count, step: split.step)
      return (samples, order.prefix(count).map(Int.init))
    }
    return Dataset(
      name: name, sampleShape: train.shape, mixture: nil, classes: classes, digest: digest,
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
          let (samples, positions) = chosen(streams, count, split)
          return samples.samples(positions)
        },
        labels: { streams, count, split in
          let (samples, positions) = chosen(streams, count, split)
          return positions.map { samples.labels[$0] }
        },
        training: { train.samples(Array($0)) }))
  }
}
