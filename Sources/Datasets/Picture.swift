/// One image of bytes: row by row from the top, the channels of a pixel together.
struct Picture {
  let height: Int
  let width: Int
  let channels: Int
  let pixels: [UInt8]

  /// Height, width and channels.
  var shape: [Int] { [height, width, channels] }

  /// The central square of a side that fits; where the margins cannot be equal, that above or on the left is one less.
  func centre(_ side: Int) -> Picture {
    if side == height, side == width { return self }
    let (top, left) = ((height - side) / 2, (width - side) / 2)
    let rows = (top..<(top + side)).flatMap { y in
      let start = (y * width + left) * channels
      return pixels[start..<(start + side * channels)]
    }
    return Picture(height: side, width: side, channels: channels, pixels: rows)
  }

  /// The picture with other channels; it must have one or three.
  func coloured(_ colour: ImageOptions.Colour) -> Picture {
    switch (colour, channels) {
    case (.grey, 3):
      let luma = stride(from: 0, to: pixels.count, by: 3).map { start -> UInt8 in
        let (red, green) = (Int(pixels[start]), Int(pixels[start + 1]))
        let thousandfold = 299 * red + 587 * green + 114 * Int(pixels[start + 2])
        return UInt8((thousandfold + 500) / 1000)
      }
      return Picture(height: height, width: width, channels: 1, pixels: luma)
    case (.rgb, 1):
      return Picture(
        height: height, width: width, channels: 3, pixels: pixels.flatMap { [$0, $0, $0] })
    default: return self
    }
  }

  /// The square picture with another side, every byte times a factor, computed in Float64 and rounded once.
  func resized(to side: Int, factor: Double) -> Picture {
    let taps = Resampling.taps(from: width, to: side)
    var narrow = [Double](repeating: 0, count: height * side * channels)
    for y in 0..<height {
      for (x, tap) in taps.enumerated() {
        for channel in 0..<channels {
          var sum = 0.0
          for (offset, weight) in tap.weights.enumerated() {
            sum += weight * Double(pixels[(y * width + tap.first + offset) * channels + channel])
          }
          narrow[(y * side + x) * channels + channel] = sum
        }
      }
    }
    let rowCount = side * channels
    var bytes: [UInt8] = []
    bytes.reserveCapacity(side * rowCount)
    for tap in taps {
      for element in 0..<rowCount {
        var sum = 0.0
        for (offset, weight) in tap.weights.enumerated() {
          sum += weight * narrow[(tap.first + offset) * rowCount + element]
        }
        bytes.append(UInt8(min(max((sum * factor).rounded(), 0), 255)))
      }
    }
    return Picture(height: side, width: side, channels: channels, pixels: bytes)
  }
}

/// Weights by which the pixels of one axis become another number of pixels.
public enum Resampling {
  /// The neighbouring source pixels of a target pixel.
  public struct Tap: Sendable {
    /// The first of them.
    public let first: Int
    /// The weight of each; their sum is 1.
    public let weights: [Double]
  }

  /// For each target pixel its source pixels: weighted by the length that they share with it where there are fewer
  /// target than source pixels; else by linear interpolation between their centres, the outermost continued.
  public static func taps(from source: Int, to target: Int) -> [Tap] {
    let step = Double(source) / Double(target)
    return (0..<target).map { position in
      target < source ? area(position, step, source) : linear(position, step, source)
    }
  }

  private static func area(_ position: Int, _ step: Double, _ source: Int) -> Tap {
    let (lower, upper) = (Double(position) * step, Double(position + 1) * step)
    let first = Int(lower)
    let last = min(Int(upper.rounded(.up)), source) - 1
    let shares = (first...last).map { min(upper, Double($0 + 1)) - max(lower, Double($0)) }
    return Tap(first: first, weights: shares.map { $0 / step })
  }

  private static func linear(_ position: Int, _ step: Double, _ source: Int) -> Tap {
    let centre = min(max((Double(position) + 0.5) * step - 0.5, 0), Double(source - 1))
    let first = min(Int(centre), max(source - 2, 0))
    let share = centre - Double(first)
    return Tap(first: first, weights: share == 0 ? [1] : [1 - share, share])
  }
}
