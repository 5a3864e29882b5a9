import CPNG

/// An 8-bit image, grey or red-green-blue, and its PNG form.
public struct PNGImage: Hashable, Sendable {
  /// The number of columns, at least 1.
  public let width: Int
  /// The number of rows, at least 1.
  public let height: Int
  /// 1 for grey, 3 for red, green, blue.
  public let channels: Int
  /// The samples, row by row from the top, the channels of a pixel together.
  public let pixels: [UInt8]

  /// The largest number of pixels that is written or read: a guard against headers that ask for all memory.
  private static let largestCount = 1 << 26
  /// The largest number of rows or columns that libpng writes or reads.
  private static let largestSide = 1_000_000

  /// Whether images of this size can be written and read, as far as memory allows.
  public static func isPossible(width: Int, height: Int) -> Bool {
    (1...largestSide).contains(width) && (1...largestSide).contains(height)
      && width * height <= largestCount
  }

  /// Wraps pixels, of which there must be width × height × channels.
  public init(width: Int, height: Int, channels: Int, pixels: [UInt8]) {
    precondition(width > 0 && height > 0, "an image of \(width) × \(height)")
    precondition(channels == 1 || channels == 3, "\(channels) channels")
    precondition(
      pixels.count == width * height * channels,
      "\(pixels.count) bytes for \(width) × \(height) × \(channels)")
    self.width = width
    self.height = height
    self.channels = channels
    self.pixels = pixels
  }

  /// The bytes of a PNG file; they depend on the version of zlib, the pixels that they decode to do not.
  ///
  /// Throws when there are more than 2²⁶ pixels, when libpng refuses the size, or when memory runs out.
  public func encoded() throws(DatasetError) -> [UInt8] {
    guard width * height <= Self.largestCount else {
      throw .png(reason: Self.excess(width, height))
    }
    var image = Self.control()
    defer { png_image_free(&image) }
    image.width = UInt32(width)
    image.height = UInt32(height)
    image.format = Self.format(channels: channels)

    // The size that PNG_IMAGE_PNG_SIZE_MAX allows for: rows with a filter byte, stored blocks, chunks.
    let rows = (width * channels + 1) * height
    let capacity = rows + 11 * (rows / 4096 + 2) + 4096
    var size = capacity
    var isWritten: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, initialized in
      isWritten = png_image_write_to_memory(
        &image, buffer.baseAddress, &size, 0, pixels, Int32(width * channels), nil)
      initialized = isWritten != 0 ? size : 0
    }
    guard isWritten != 0 else { throw .png(reason: Self.message(of: image)) }
    return bytes
  }

  /// Reads the bytes of a PNG file: grey files give one channel, all others three; 16-bit samples are
  /// reduced to 8 bits, and transparent pixels are laid over black.
  ///
  /// Throws when the bytes are no PNG file, damaged, or describe more than 2²⁶ pixels.
  public init(decoding bytes: [UInt8]) throws(DatasetError) {
    var image = Self.control()
    // libpng keeps the addresses of the control and of the file between the calls.
    let result = withUnsafeMutablePointer(to: &image) { image in
      bytes.withUnsafeBufferPointer { file in
        defer { png_image_free(image) }
        return Self.decode(file, image)
      }
    }
    self = try result.get()
  }

  private static func decode(
    _ file: UnsafeBufferPointer<UInt8>, _ image: UnsafeMutablePointer<png_image>
  ) -> Result<PNGImage, DatasetError> {
    guard let start = file.baseAddress,
      png_image_begin_read_from_memory(image, start, file.count) != 0
    else { return .failure(.png(reason: message(of: image.pointee))) }
    // Without it libpng takes 16-bit samples of files that do not state their gamma for linear light.
    image.pointee.flags |= UInt32(PNG_IMAGE_FLAG_16BIT_sRGB)
    let width = Int(image.pointee.width)
    let height = Int(image.pointee.height)
    guard width * height <= largestCount else {
      return .failure(.png(reason: excess(width, height)))
    }
    let channels = image.pointee.format & PNG_FORMAT_FLAG_COLOR == 0 ? 1 : 3
    image.pointee.format = format(channels: channels)
    var background = png_color(red: 0, green: 0, blue: 0)
    var pixels = [UInt8](repeating: 0, count: width * height * channels)
    guard
      png_image_finish_read(image, &background, &pixels, Int32(width * channels), nil) != 0
    else { return .failure(.png(reason: message(of: image.pointee))) }
    return .success(
      PNGImage(width: width, height: height, channels: channels, pixels: pixels))
  }

  private static func control() -> png_image {
    var image = png_image()
    image.version = UInt32(PNG_IMAGE_VERSION)
    return image
  }

  private static func format(channels: Int) -> UInt32 {
    channels == 1 ? UInt32(PNG_FORMAT_GRAY) : UInt32(PNG_FORMAT_FLAG_COLOR)
  }

  private static func excess(_ width: Int, _ height: Int) -> String {
    "\(width) × \(height) pixels are more than the limit of \(largestCount)"
  }

  private static func message(of image: png_image) -> String {
    let text = withUnsafeBytes(of: image.message) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    return text.isEmpty ? "libpng gives no reason" : text
  }
}
