import Arrays

/// Images of one size and the positions of their classes.
struct LabelledImages {
  /// The bytes of the images, of shape `[n, height, width, channels]`.
  let pixels: HostArray<UInt8>
  /// The class of each image; empty for images without classes.
  let labels: [Int]
  /// Half of the largest byte of a pixel: byte b becomes b / halfRange − 1.
  let halfRange: Float

  /// The images at some positions.
  func keeping(_ positions: [Int]) -> LabelledImages {
    if positions.count == pixels.rows { return self }
    var kept: [UInt8] = []
    kept.reserveCapacity(positions.count * pixels.rowCount)
    for position in positions { kept.append(contentsOf: pixels.row(position)) }
    return LabelledImages(
      pixels: HostArray(shape: [positions.count] + pixels.shape.dropFirst(), elements: kept),
      labels: labels.isEmpty ? [] : positions.map { labels[$0] }, halfRange: halfRange)
  }
}
