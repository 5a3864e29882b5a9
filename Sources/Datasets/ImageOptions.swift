import Arrays
import Catalog

/// What is done with stored images before training sees them: in this order cropping, change of colours, resizing, and
/// a choice among the training images.
struct ImageOptions: Sendable {
  /// Which channels images get.
  enum Colour: String, Sendable, CaseIterable {
    /// Those that they have.
    case asIs = "as-is"
    /// The luma (299 R + 587 G + 114 B) / 1000 of ITU-R BT.601, rounded.
    case grey
    /// Three; those of grey images are equal.
    case rgb
  }

  /// The side of the square that is cut from the centre; 0 for the whole image.
  let crop: Int
  /// The side of the images that result; 0 for no resizing.
  let size: Int
  /// The channels that result.
  let colour: Colour
  /// How many training images there are to be; 0 for all.
  let subset: Int

  /// The settings of every set of images.
  static let parameters: [Parameter] = [
    .integer(
      "crop", 0...4096, default: 0,
      "side of the square that is cut from the centre first; 0 for the whole image"),
    .choice(
      "colour", Colour.allCases.map(\.rawValue), default: Colour.asIs.rawValue,
      "channels: those of the files, the luma alone, or three"),
    .integer(
      "size", 0...4096, default: 0,
      "side of the images after resizing their central square, by areas if it shrinks, else "
        + "bilinearly; 0 for no resizing"),
    .integer(
      "subset", 0...1_000_000_000, default: 0,
      "number of training images, the same for every seed; 0 for all"),
  ]

  /// Reads the settings of an entry that declares `parameters`.
  init(_ arguments: Arguments) {
    crop = arguments.integer("crop")
    size = arguments.integer("size")
    colour = Colour(rawValue: arguments.text("colour")) ?? .asIs
    subset = arguments.integer("subset")
  }

  /// Whether images stay as they are.
  var keepsImages: Bool { crop == 0 && size == 0 && colour == .asIs }

  /// Why images of this form cannot be treated so; nil when they can.
  func refusal(height: Int, width: Int) -> String? {
    crop > min(height, width)
      ? "a crop of \(crop) × \(crop) is more than images of \(height) × \(width) have" : nil
  }

  /// Why there cannot be so few training images, whatever the images are; nil when there can.
  var subsetRefusal: String? {
    subset == 1 ? "a 'subset' of 1 training image; at least 2 are needed, and 0 is for all" : nil
  }

  /// The picture cropped, coloured and resized; the bytes of one that is resized go to 255.
  ///
  /// - Parameter largest: the largest byte that a pixel has.
  func applied(to picture: Picture, largest: Double) -> Picture {
    var result = picture
    if crop > 0 { result = result.centre(crop) }
    result = result.coloured(colour)
    guard size > 0 else { return result }
    let square = result.centre(min(result.height, result.width))
    return square.resized(to: size, factor: 255 / largest)
  }

  /// All images treated so; `refusal` must be nil for them.
  func applied(to images: LabelledImages) -> LabelledImages {
    if keepsImages { return images }
    let (height, width) = (images.pixels.shape[1], images.pixels.shape[2])
    let largest = 2 * Double(images.halfRange)
    var shape: [Int] = []
    var pixels: [UInt8] = []
    for row in 0..<images.pixels.rows {
      let picture = Picture(
        height: height, width: width, channels: images.pixels.shape[3],
        pixels: Array(images.pixels.row(row)))
      let result = applied(to: picture, largest: largest)
      shape = result.shape
      pixels += result.pixels
    }
    return LabelledImages(
      pixels: HostArray(shape: [images.pixels.rows] + shape, elements: pixels),
      labels: images.labels, halfRange: size > 0 ? 127.5 : images.halfRange)
  }

  /// Which training images are kept, in ascending order: of `subset` k, the first k of a permutation, so that a smaller
  /// subset is part of a larger one; nil when there are not that many.
  func positions(of count: Int) -> [Int]? {
    guard subset > 0 else { return Array(0..<count) }
    guard subset <= count else { return nil }
    let order = RandomStream(seed: 0, name: "subset").permutation(count)
    return order.prefix(subset).map(Int.init).sorted()
  }
}
