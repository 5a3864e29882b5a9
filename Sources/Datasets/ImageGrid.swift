import Arrays

/// How images of one size are laid out in one picture, on white, in reading order.
public struct ImageGrid: Sendable {
  /// Images in a row; no more than there are images are laid out.
  public var columns: Int
  /// The side in pixels of the square that shows one pixel of an image.
  public var scale: Int
  /// The width in pixels of the white lines between and around the images.
  public var padding: Int
  /// How many columns on the left stand apart from the others, by the width of a quarter of an image.
  public var columnsApart = 0
  /// What stands on the left of each row, from the top: text of the characters that `PixelText` has. Rows beyond have
  /// nothing.
  public var rowLabels: [String] = []

  /// Lays images out in rows.
  ///
  /// - Parameters:
  ///   - columns: at least 1.
  ///   - scale: at least 1.
  ///   - padding: at least 0.
  public init(columns: Int, scale: Int, padding: Int) {
    precondition(columns > 0 && scale > 0 && padding >= 0, "\(columns), \(scale), \(padding)")
    self.columns = columns
    self.scale = scale
    self.padding = padding
  }

  /// The size in pixels of the picture of images, which memory may not hold.
  ///
  /// - Parameter shape: that of the images, `[n, h, w, c]` with n at least 1.
  public func size(of shape: [Int]) -> (width: Int, height: Int) {
    let columns = min(columns, shape[0])
    let rows = (shape[0] + columns - 1) / columns
    let images = columns * (shape[2] * scale + padding) + padding + gap(columns, width: shape[2])
    return (
      PixelText.width(of: rowLabels) + images, rows * (shape[1] * scale + padding) + padding
    )
  }

  /// The pixels between the columns that stand apart and the others.
  private func gap(_ columns: Int, width: Int) -> Int {
    columnsApart > 0 && columnsApart < columns ? (width * scale + 3) / 4 : 0
  }

  /// Draws the picture.
  ///
  /// - Parameter images: an array of shape `[n, h, w, c]` with n at least 1 and c 1 or 3.
  public func picture(of images: HostArray<UInt8>) -> PNGImage {
    precondition(images.shape.count == 4 && images.rows > 0, "images of shape \(images.shape)")
    let (count, height) = (images.shape[0], images.shape[1])
    let (width, channels) = (images.shape[2], images.shape[3])
    let columns = min(columns, count)
    let rows = (count + columns - 1) / columns
    let gap = gap(columns, width: width)
    let margin = PixelText.width(of: rowLabels)
    let size = size(of: images.shape)
    var canvas = Canvas(width: size.width, height: size.height, channels: channels)
    for image in 0..<count {
      let (row, column) = (image / columns, image % columns)
      canvas.draw(
        images, image, scale: scale,
        left: margin + padding + column * (width * scale + padding)
          + (column >= columnsApart ? gap : 0),
        top: padding + row * (height * scale + padding))
    }
    for (row, label) in rowLabels.prefix(rows).enumerated() {
      let top = padding + row * (height * scale + padding)
      PixelText.draw(label, right: margin, top: top, height: height * scale) {
        canvas.blacken(x: $0, y: $1)
      }
    }
    return canvas.image
  }
}

/// Tiles samples of images in one picture, in reading order, on white.
///
/// - Parameters:
///   - samples: an array of shape `[n, h, w, c]` with n at least 1 and c 1 or 3, shown as `imageBytes` says.
///   - columns: images in a row; no more than n are laid out.
///   - scale: the side in pixels of the square that shows one pixel of a sample.
///   - padding: the width in pixels of the white lines between and around the images.
public func imageGrid(
  samples: HostArray<Float>, columns: Int, scale: Int, padding: Int
) -> PNGImage {
  ImageGrid(columns: columns, scale: scale, padding: padding).picture(of: imageBytes(samples))
}

/// The bytes that show samples: values are mapped from [−1, 1] to 0 … 255 and rounded; values outside, infinities
/// included, are clamped, and NaN is black.
public func imageBytes(_ samples: HostArray<Float>) -> HostArray<UInt8> {
  HostArray(
    shape: samples.shape,
    elements: samples.elements.map { value in
      value.isNaN ? 0 : UInt8(min(max((value + 1) * 127.5, 0), 255).rounded())
    })
}

/// A white picture that is drawn on.
private struct Canvas {
  let width: Int
  let height: Int
  let channels: Int
  private var pixels: [UInt8]

  init(width: Int, height: Int, channels: Int) {
    self.width = width
    self.height = height
    self.channels = channels
    pixels = [UInt8](repeating: 255, count: width * height * channels)
  }

  var image: PNGImage {
    PNGImage(width: width, height: height, channels: channels, pixels: pixels)
  }

  /// Draws image `index` of an array `[n, h, w, c]`, every pixel as a square.
  mutating func draw(
    _ images: HostArray<UInt8>, _ index: Int, scale: Int, left: Int, top: Int
  ) {
    let (rows, columns) = (images.shape[1], images.shape[2])
    for y in 0..<(rows * scale) {
      for x in 0..<(columns * scale) {
        let source = ((index * rows + y / scale) * columns + x / scale) * channels
        let target = ((top + y) * width + left + x) * channels
        for channel in 0..<channels {
          pixels[target + channel] = images.elements[source + channel]
        }
      }
    }
  }

  mutating func blacken(x: Int, y: Int) {
    guard (0..<width).contains(x), (0..<height).contains(y) else { return }
    for channel in 0..<channels { pixels[(y * width + x) * channels + channel] = 0 }
  }
}
