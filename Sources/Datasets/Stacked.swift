import Arrays
import Catalog

extension Datasets {
  /// Triples of handwritten digits.
  static let stackedMNIST = Entry<DatasetBuilder>(
    EntryDescription(
      "stacked-mnist",
      "three random digits of MNIST as the colours of one image: 28 × 28 colour, 1000 classes",
      formula: "x = (a, b, c) channel by channel; class 100a + 10b + c",
      source: "1611.02163", parameters: ImageSet.mnist.parameters, check: checkStackable)
  ) { arguments, dataFolder in
    .stacked("stacked-mnist", try ImageSet.mnist.dataset(arguments, dataFolder))
  }

  private static let checkStackable: @Sendable (Arguments) -> String? = { arguments in
    ImageOptions(arguments).colour == .rgb
      ? "images of three channels cannot be stacked" : ImageSet.mnist.check(arguments)
  }
}

extension Dataset {
  /// Images whose three channels are independent samples of a data set of images with one channel and with classes.
  ///
  /// Each channel is drawn as `base` draws its samples, from streams of its own under `data` and `evaluate/data`: `red`,
  /// `green` and `blue`. Of stored images an epoch of a channel therefore has each once, and evaluation has as many
  /// triples as images. With K classes, the label of the classes a, b, c is K²a + Kb + c.
  static func stacked(_ name: String, _ base: Dataset) -> Dataset {
    precondition(
      base.sampleShape.count == 3 && base.sampleShape[2] == 1, "images \(base.sampleShape)")
    let pixelCount = base.sampleShape[0] * base.sampleShape[1]
    let classes = base.classes ?? []
    return Dataset(
      name: name, sampleShape: [base.sampleShape[0], base.sampleShape[1], 3], mixture: nil,
      classes: triples(of: classes), digest: base.digest, trainingCount: nil,
      draws: Draws(
        batches: { streams, batch in
          let channels = channels(streams).map { base.draws.batches($0, batch) }
          let scratch = Scratch<Float>(repeating: 0, count: batch * pixelCount)
          return BatchSource(elementCount: 3 * batch * pixelCount) { buffer, step in
            for (channel, source) in channels.enumerated() {
              source.fill(scratch.buffer, step: step)
              interleave(UnsafeBufferPointer(scratch.buffer), channel, into: buffer)
            }
          }
        },
        evaluation: { streams, count, split in
          let channels = channels(streams).map { base.draws.evaluation($0, count, split) }
          let rows = channels[0].rows
          var elements = [Float](repeating: 0, count: 3 * rows * pixelCount)
          elements.withUnsafeMutableBufferPointer { buffer in
            for (channel, samples) in channels.enumerated() {
              samples.elements.withUnsafeBufferPointer { interleave($0, channel, into: buffer) }
            }
          }
          return HostArray(
            shape: [rows, base.sampleShape[0], base.sampleShape[1], 3], elements: elements)
        },
        labels: { streams, count, split in
          let labels = channels(streams).map { base.draws.labels($0, count, split) }
          return labels[0].indices.map { sample in
            labels.reduce(0) { $0 * classes.count + $1[sample] }
          }
        }))
  }

  /// The streams of the three channels.
  private static func channels(_ streams: StreamFamily) -> [StreamFamily] {
    ["red", "green", "blue"].map(streams.family)
  }

  /// The names of all triples of classes: `713` where each name is one character, else `bag/coat/bag`.
  private static func triples(of names: [String]) -> [String] {
    let separator = names.allSatisfy { $0.count == 1 } ? "" : "/"
    let pairs = names.flatMap { first in names.map { first + separator + $0 } }
    return pairs.flatMap { pair in names.map { pair + separator + $0 } }
  }

  /// Writes the pixels of a channel to every third element from that of its number on.
  private static func interleave(
    _ pixels: UnsafeBufferPointer<Float>, _ channel: Int,
    into target: UnsafeMutableBufferPointer<Float>
  ) {
    for (index, pixel) in pixels.enumerated() { target[3 * index + channel] = pixel }
  }
}
