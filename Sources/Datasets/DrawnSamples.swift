import Arrays

extension Dataset {
  /// Samples that are drawn, never stored.
  ///
  /// - Parameters:
  ///   - name: the name of the table entry.
  ///   - shape: the shape of a sample.
  ///   - mixture: the distribution, when it is a mixture of Gaussians.
  ///   - classes: the names of the classes, when there are any.
  ///   - labels: the labels of as many samples of a step of evaluation.
  ///   - makeDraw: prepares drawing a number of samples from the streams whose names begin with a prefix; a
  ///     sample may depend on the numbers at its own positions only, so that the first k samples of a step are
  ///     the same for every count.
  static func drawn(
    _ name: String, shape: [Int], mixture: Mixture? = nil, classes: [String]? = nil,
    labels: @escaping @Sendable (_ streams: StreamFamily, _ count: Int, _ step: Int) -> [Int] = {
      _, _, _ in []
    },
    makeDraw: @escaping @Sendable (_ streams: StreamFamily, _ count: Int) -> BatchSource.Draw
  ) -> Dataset {
    let elementCount = shape.reduce(1, *)
    return Dataset(
      name: name, sampleShape: shape, mixture: mixture, classes: classes, digest: "",
      trainingCount: nil,
      draws: Dataset.Draws(
        batches: { streams, batch in
          BatchSource(elementCount: elementCount * batch, draw: makeDraw(streams, batch))
        },
        evaluation: { streams, count, split in
          let draw = makeDraw(streams, count)
          var elements = [Float](repeating: 0, count: elementCount * count)
          elements.withUnsafeMutableBufferPointer { draw($0, split.step) }
          return HostArray(shape: [count] + shape, elements: elements)
        },
        labels: { streams, count, split in labels(streams, count, split.step) }))
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
