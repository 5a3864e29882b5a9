import Arrays

/// Which part of the data evaluation draws from.
public enum Split: String, Sendable, CaseIterable {
  /// What training draws from.
  case train
  /// Data that training never sees: the test files, or draws of a stream of their own.
  case heldOut

  /// The position of the split in the counter of a stream.
  var step: Int { self == .train ? 0 : 1 }
}

/// A source of samples: a distribution that is drawn, or samples that are stored.
public struct Dataset: Sendable {
  /// The name of its table entry.
  public let name: String
  /// The shape of one sample: `[height, width, channels]` for images, `[dimensions]` for points.
  public let sampleShape: [Int]
  /// The true distribution of a planar mixture; nil for all other data.
  public let mixture: Mixture?
  /// The names of the classes, whose positions are the labels; nil for data without classes.
  public let classes: [String]?
  /// SHA-256 of the data files' decompressed content, 64 hexadecimal digits; empty for drawn data.
  public let digest: String
  /// The number of stored training samples; nil for drawn data, of which there is no end.
  public let trainingCount: Int?

  let draws: Draws

  /// How samples are made; the first k samples of a step, or of a split, are the same for every count.
  struct Draws: Sendable {
    /// The minibatches of a size, drawn from a family of streams.
    let batches: @Sendable (_ streams: StreamFamily, _ batch: Int) -> BatchSource
    /// Samples for evaluation, as many as asked for or as there are.
    let evaluation:
      @Sendable (_ streams: StreamFamily, _ count: Int, _ split: Split) -> HostArray<Float>
    /// The labels of these samples; not called for data without classes.
    var labels: @Sendable (_ streams: StreamFamily, _ count: Int, _ split: Split) -> [Int] = {
      _, _, _ in []
    }
    /// Stored training samples; not called for drawn data.
    var training: @Sendable (_ range: Range<Int>) -> HostArray<Float> = { _ in
      HostArray(shape: [0], elements: [])
    }
  }

  /// The minibatches of one run.
  ///
  /// - Parameters:
  ///   - seed: the run's seed; the numbers come from its stream `data`, or streams under `data/`.
  ///   - batch: the number of samples per step, at least 1.
  public func batches(seed: UInt64, batch: Int) -> BatchSource {
    precondition(batch > 0, "a batch of \(batch)")
    return draws.batches(StreamFamily(seed: seed, prefix: "data"), batch)
  }

  /// Samples to measure against, from streams that training does not use.
  ///
  /// - Parameters:
  ///   - count: how many; of stored data, never more than the split holds, each sample at most once.
  ///   - split: drawn data give independent samples for each split.
  ///   - seed: the seed of the streams under `evaluate/data`.
  /// - Returns: an array of shape `[count] + sampleShape`.
  public func evaluationSamples(count: Int, split: Split, seed: UInt64) -> HostArray<Float> {
    precondition(count >= 0, "\(count) samples")
    return draws.evaluation(Self.evaluationStreams(seed), count, split)
  }

  /// The labels of the samples that `evaluationSamples` gives for the same arguments, in the same order.
  ///
  /// - Returns: for each sample the position of its class in `classes`; nil for data without classes.
  public func evaluationLabels(count: Int, split: Split, seed: UInt64) -> [Int]? {
    precondition(count >= 0, "\(count) samples")
    return classes.map { _ in draws.labels(Self.evaluationStreams(seed), count, split) }
  }

  /// Some of the training samples in the order in which they are stored, to search among them.
  ///
  /// - Parameter range: positions within 0 ..< `trainingCount`.
  /// - Returns: an array of shape `[range.count] + sampleShape`; nil for drawn data.
  public func trainingSamples(_ range: Range<Int>) -> HostArray<Float>? {
    trainingCount.map { count in
      precondition(
        range.lowerBound >= 0 && range.upperBound <= count, "samples \(range) of \(count)")
      return draws.training(range)
    }
  }

  private static func evaluationStreams(_ seed: UInt64) -> StreamFamily {
    StreamFamily(seed: seed, prefix: "evaluate/data")
  }
}

/// The minibatches of one run, each a function of the seed and the step alone.
///
/// It owns the storage that drawing needs, so that `fill` does not allocate; it must not be shared by threads.
public final class BatchSource {
  /// Writes the samples of a step, all of a buffer.
  typealias Draw = (_ buffer: UnsafeMutableBufferPointer<Float>, _ step: Int) -> Void

  private let elementCount: Int
  private let draw: Draw

  init(elementCount: Int, draw: @escaping Draw) {
    self.elementCount = elementCount
    self.draw = draw
  }

  /// Fills `buffer` with the minibatch of `step`, row-major `[batch] + sampleShape`; steps come in any order.
  ///
  /// - Parameters:
  ///   - buffer: room for the whole minibatch, exactly.
  ///   - step: the number of the draw in the run, from 0.
  public func fill(_ buffer: UnsafeMutableBufferPointer<Float>, step: Int) {
    precondition(
      buffer.count == elementCount, "room for \(buffer.count) of \(elementCount) elements")
    draw(buffer, step)
  }
}
