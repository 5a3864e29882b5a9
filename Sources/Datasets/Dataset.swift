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

/// A source of samples: a distribution that is drawn, or images that are stored.
public struct Dataset: Sendable {
  /// The name of its table entry.
  public let name: String
  /// The shape of one sample: `[2]` for points of the plane, `[channels, height, width]` for images.
  public let sampleShape: [Int]
  /// The true distribution of a planar mixture; nil for all other data.
  public let mixture: Mixture?
  /// SHA-256 of the data files' decompressed content, 64 hexadecimal digits; empty for drawn data.
  public let digest: String
  /// The number of stored training samples; nil for drawn data, of which there is no end.
  public let trainingCount: Int?

  let makeBatches: @Sendable (_ seed: UInt64, _ batch: Int) -> BatchSource
  let drawEvaluation: @Sendable (_ count: Int, _ split: Split, _ seed: UInt64) -> HostArray<Float>

  /// The minibatches of one run.
  ///
  /// - Parameters:
  ///   - seed: the run's seed; the numbers come from its stream `data`.
  ///   - batch: the number of samples per step, at least 1.
  public func batches(seed: UInt64, batch: Int) -> BatchSource {
    precondition(batch > 0, "a batch of \(batch)")
    return makeBatches(seed, batch)
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
    return drawEvaluation(count, split, seed)
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
