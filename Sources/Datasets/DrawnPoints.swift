import Arrays

extension Dataset {
  /// Points of the plane that are drawn, never stored.
  ///
  /// - Parameters:
  ///   - name: the name of the table entry.
  ///   - mixture: the distribution, when it is a mixture of Gaussians.
  ///   - makeDraw: prepares drawing a number of points from the streams whose names begin with a prefix; a
  ///     point may depend on the numbers at its own positions only, so that the first k points of a step are
  ///     the same for every count.
  static func drawnPoints(
    _ name: String, mixture: Mixture? = nil,
    makeDraw: @escaping @Sendable (_ streams: StreamFamily, _ count: Int) -> BatchSource.Draw
  ) -> Dataset {
    Dataset(
      name: name, sampleShape: [2], mixture: mixture, classes: nil, digest: "", trainingCount: nil,
      draws: Dataset.Draws(
        batches: { streams, batch in
          BatchSource(elementCount: 2 * batch, draw: makeDraw(streams, batch))
        },
        evaluation: { streams, count, split in
          let draw = makeDraw(streams, count)
          var elements = [Float](repeating: 0, count: 2 * count)
          elements.withUnsafeMutableBufferPointer { draw($0, split.step) }
          return HostArray(shape: [count, 2], elements: elements)
        }))
  }
}

/// Random streams whose names share a beginning.
struct StreamFamily: Sendable {
  let seed: UInt64
  let prefix: String

  /// The stream that is called like the prefix.
  var own: RandomStream { RandomStream(seed: seed, name: prefix) }

  /// The family whose names begin with `prefix/name`.
  func family(_ name: String) -> StreamFamily {
    StreamFamily(seed: seed, prefix: "\(prefix)/\(name)")
  }

  /// The stream `prefix/name`.
  func stream(_ name: String) -> RandomStream {
    RandomStream(seed: seed, name: "\(prefix)/\(name)")
  }
}

/// Room for random numbers, allocated once.
final class Scratch<Element: BitwiseCopyable> {
  let buffer: UnsafeMutableBufferPointer<Element>

  init(repeating value: Element, count: Int) {
    buffer = .allocate(capacity: count)
    buffer.initialize(repeating: value)
  }

  deinit { buffer.deallocate() }
}
