import Arrays

/// Draws one symbol after another from exact distances to its strokes.
///
/// It needs additions, multiplications, divisions and square roots alone, which round the same everywhere.
final class GlyphCanvas {
  private let size: Int
  /// The squared distance in pixels from each pixel's centre to the nearest stroke.
  private let squares: Scratch<Float>

  /// Room for an image of `size` × `size` pixels.
  init(size: Int) {
    self.size = size
    squares = Scratch(repeating: 0, count: size * size)
  }

  /// Draws a symbol in a pose: to each pixel of `image`, which holds its noise already, is added
  /// b + (f − b) c, where c is the part of the pixel that a stroke covers; the sum is clamped to [−1, 1].
  func draw(_ shape: GlyphShape, _ pose: GlyphPose, on image: UnsafeMutablePointer<Float>) {
    let half = Float(pose.width * Double(size) / 2)
    measure(shape, pose, reach: half + 0.5)
    let background = Float(pose.background)
    let rise = Float(pose.foreground - pose.background)
    for pixel in 0..<(size * size) {
      let level = background + rise * Self.coverage(squares.buffer[pixel].squareRoot(), half)
      image[pixel] = min(max(image[pixel] + level, -1), 1)
    }
  }

  /// The length that a stroke of half width `half` has in common with a pixel, across the stroke, when their
  /// centres are a `distance` apart.
  @inline(__always)
  private static func coverage(_ distance: Float, _ half: Float) -> Float {
    max(min(distance + 0.5, half) - max(distance - 0.5, -half), 0)
  }

  /// Fills `squares`; where no stroke comes within `reach` of a pixel, with the square of that.
  private func measure(_ shape: GlyphShape, _ pose: GlyphPose, reach: Float) {
    squares.buffer.update(repeating: reach * reach)
    let map = pose.map.scaled(by: Double(size) / 2, plus: Double(size) / 2)
    for segment in shape.segments {
      measure(
        from: SIMD2<Float>(map(segment.start)), to: SIMD2<Float>(map(segment.end)), reach: reach)
    }
  }

  /// Takes a segment into account, in the rectangle of the pixels that it can be near to.
  private func measure(from start: SIMD2<Float>, to end: SIMD2<Float>, reach: Float) {
    let along = end - start
    let scale = 1 / (along * along).sum()
    let columns = pixels(start.x, end.x, reach)
    for row in pixels(start.y, end.y, reach) {
      let y = Float(row) + 0.5 - start.y
      for column in columns {
        let x = Float(column) + 0.5 - start.x
        let position = min(max((x * along.x + y * along.y) * scale, 0), 1)
        let (dx, dy) = (x - position * along.x, y - position * along.y)
        let pixel = row * size + column
        squares.buffer[pixel] = min(squares.buffer[pixel], dx * dx + dy * dy)
      }
    }
  }

  /// The columns or rows whose centres can lie within `reach` of the interval between two coordinates.
  private func pixels(_ a: Float, _ b: Float, _ reach: Float) -> Range<Int> {
    let first = Int(max(min(a, b) - reach - 0.5, 0))
    let end = Int(max(max(a, b) + reach + 0.5, 0))
    return min(first, size)..<min(end, size)
  }
}
