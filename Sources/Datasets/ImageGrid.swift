import Arrays

/// Tiles samples of images in one picture, in reading order, on white.
///
/// - Parameters:
///   - samples: an array of shape `[n, h, w, c]` with n at least 1 and c 1 or 3. Values are mapped from
///     [−1, 1] to 0 … 255 and rounded; values outside, infinities included, are clamped, and NaN is black.
///   - columns: images in a row; no more than n are laid out.
///   - scale: the side in pixels of the square that shows one pixel of a sample.
///   - padding: the width in pixels of the white lines between and around the images.
public func imageGrid(
  samples: HostArray<Float>, columns: Int, scale: Int, padding: Int
) -> PNGImage {
  precondition(samples.shape.count == 4 && samples.rows > 0, "samples of shape \(samples.shape)")
  precondition(columns > 0 && scale > 0 && padding >= 0, "\(columns), \(scale), \(padding)")
  let (count, height) = (samples.shape[0], samples.shape[1])
  let (width, channels) = (samples.shape[2], samples.shape[3])
  let columns = min(columns, count)
  let rows = (count + columns - 1) / columns
  let fullWidth = columns * (width * scale + padding) + padding
  let fullHeight = rows * (height * scale + padding) + padding

  var pixels = [UInt8](repeating: 255, count: fullWidth * fullHeight * channels)
  for sample in 0..<count {
    let left = padding + sample % columns * (width * scale + padding)
    let top = padding + sample / columns * (height * scale + padding)
    for y in 0..<(height * scale) {
      for x in 0..<(width * scale) {
        let source = ((sample * height + y / scale) * width + x / scale) * channels
        let target = ((top + y) * fullWidth + left + x) * channels
        for channel in 0..<channels {
          pixels[target + channel] = byte(samples.elements[source + channel])
        }
      }
    }
  }
  return PNGImage(width: fullWidth, height: fullHeight, channels: channels, pixels: pixels)
}

/// The byte that shows a value of [−1, 1].
private func byte(_ value: Float) -> UInt8 {
  value.isNaN ? 0 : UInt8(min(max((value + 1) * 127.5, 0), 255).rounded())
}
