import Arrays
import Datasets

/// Grey images `[n, height, width, 1]` as squares of a side: along each axis the mean over areas where it shrinks, linear
/// interpolation between the centres of pixels where it grows.
///
/// Rows first, then columns, in Float64, rounded to Float32 once.
func resized(_ images: HostArray<Float>, to side: Int) -> HostArray<Float> {
  let (height, width) = (images.shape[1], images.shape[2])
  if height == side, width == side { return images }
  let rows = Resampling.taps(from: height, to: side)
  let columns = Resampling.taps(from: width, to: side)
  var elements: [Float] = []
  elements.reserveCapacity(images.rows * side * side)
  var low = [Double](repeating: 0, count: side * width)
  for image in 0..<images.rows {
    let start = image * images.rowCount
    for (y, tap) in rows.enumerated() {
      for x in 0..<width {
        low[y * width + x] = tap.sum { Double(images.elements[start + $0 * width + x]) }
      }
    }
    for y in 0..<side {
      for tap in columns { elements.append(Float(tap.sum { low[y * width + $0] })) }
    }
  }
  return HostArray(shape: [images.rows, side, side, 1], elements: elements)
}

extension Resampling.Tap {
  /// The weighted sum of the pixels.
  fileprivate func sum(_ pixel: (Int) -> Double) -> Double {
    var sum = 0.0
    for (offset, weight) in weights.enumerated() { sum += weight * pixel(first + offset) }
    return sum
  }
}
