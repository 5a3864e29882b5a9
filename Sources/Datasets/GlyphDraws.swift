import Arrays

/// The symbols of one step and their poses: of symbol i, the class from word i of the stream `class`, the pose from
/// numbers 8i … 8i + 7 of `pose`, and the noise from its pixels' numbers of `noise`.
final class GlyphDraws {
  private let set: GlyphSet
  private let count: Int
  private let classStream: RandomStream
  private let poseStream: RandomStream
  private let noiseStream: RandomStream
  private let words: Scratch<UInt32>
  private let uniforms: Scratch<Float>
  private let canvas: GlyphCanvas

  /// Prepares drawing `count` symbols from the streams of a family.
  init(_ set: GlyphSet, _ streams: StreamFamily, count: Int) {
    self.set = set
    self.count = count
    classStream = streams.stream("class")
    poseStream = streams.stream("pose")
    noiseStream = streams.stream("noise")
    words = Scratch(repeating: 0, count: count)
    uniforms = Scratch(repeating: 0, count: count * GlyphVariation.drawCount)
    canvas = GlyphCanvas(size: set.size)
  }

  /// Draws the classes and poses of a step.
  func prepare(step: Int) {
    classStream.fillBits(words.buffer, step: step)
    poseStream.fillUniform(uniforms.buffer, step: step)
  }

  /// The label of a symbol of the step that was prepared.
  func label(_ index: Int) -> Int {
    Int((UInt64(words.buffer[index]) * UInt64(set.shapes.count)) >> 32)
  }

  /// The pose of a symbol of the step that was prepared.
  func pose(_ index: Int) -> GlyphPose {
    let first = index * GlyphVariation.drawCount
    return set.variation.pose(
      UnsafeBufferPointer(rebasing: uniforms.buffer[first..<(first + GlyphVariation.drawCount)]))
  }

  /// Writes the images of a step, row-major `[count, size, size, 1]`.
  func fill(_ images: UnsafeMutableBufferPointer<Float>, step: Int) {
    guard let base = images.baseAddress else { return }
    prepare(step: step)
    if set.noise > 0 {
      noiseStream.fillNormal(images, step: step)
      for pixel in images.indices { images[pixel] *= set.noise }
    } else {
      images.update(repeating: 0)
    }
    for index in 0..<count {
      canvas.draw(
        set.shapes[label(index)], pose(index), on: base + index * set.size * set.size)
    }
  }
}
