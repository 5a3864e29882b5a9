import Arrays
import Datasets
import Testing

/// A 3 × 1 image of the colours (1, 2, 3), (250, 128, 0), (255, 255, 255), as another program wrote it: zlib's
/// stored block, filter 0.
private let foreign: [UInt8] = [
  137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 0, 3,
  0, 0, 0, 1, 8, 2, 0, 0, 0, 148, 130, 131, 227, 0, 0, 0, 21, 73, 68, 65,
  84, 120, 1, 1, 10, 0, 245, 255, 0, 1, 2, 3, 250, 128, 0, 255, 255, 255, 14, 142,
  4, 126, 208, 240, 95, 230, 0, 0, 0, 0, 73, 69, 78, 68, 174, 66, 96, 130,
]

/// A 5 × 1 grey image of 16 bits a sample, 257 times 0, 1, 128, 200 and 255, that does not state its gamma.
private let deepGrey: [UInt8] = [
  137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 0, 5,
  0, 0, 0, 1, 16, 0, 0, 0, 0, 99, 5, 231, 108, 0, 0, 0, 22, 73, 68, 65,
  84, 120, 1, 1, 11, 0, 244, 255, 0, 0, 0, 1, 1, 128, 128, 200, 200, 255, 255, 14,
  15, 4, 145, 50, 108, 234, 96, 0, 0, 0, 0, 73, 69, 78, 68, 174, 66, 96, 130,
]

/// The same of the colours 257 times (3, 128, 250) and (64, 10, 99).
private let deepColour: [UInt8] = [
  137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 0, 2,
  0, 0, 0, 1, 16, 2, 0, 0, 0, 43, 208, 52, 158, 0, 0, 0, 24, 73, 68, 65,
  84, 120, 1, 1, 13, 0, 242, 255, 0, 3, 3, 128, 128, 250, 250, 64, 64, 10, 10, 99,
  99, 28, 167, 4, 85, 13, 195, 229, 255, 0, 0, 0, 0, 73, 69, 78, 68, 174, 66, 96,
  130,
]

/// The header of an image of 10¹⁰ pixels, and no pixels.
private let enormous: [UInt8] = [
  137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 1, 134, 160,
  0, 1, 134, 160, 8, 2, 0, 0, 0, 39, 48, 156, 159, 0, 0, 0, 11, 73, 68, 65,
  84, 120, 1, 1, 0, 0, 255, 255, 0, 0, 0, 1, 137, 214, 174, 95, 0, 0, 0, 0,
  73, 69, 78, 68, 174, 66, 96, 130,
]

@Suite struct PNGTests {
  @Test(arguments: [1, 3]) func decodesWhatItEncoded(_ channels: Int) throws {
    for (width, height) in [(1, 1), (3, 2), (28, 28), (257, 33)] {
      let count = width * height * channels
      let pixels = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 7) }
      let image = PNGImage(width: width, height: height, channels: channels, pixels: pixels)
      let bytes = try image.encoded()
      #expect(bytes.starts(with: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))
      #expect(try PNGImage(decoding: bytes) == image)
    }
  }

  @Test func everyByteSurvives() throws {
    let image = PNGImage(width: 256, height: 1, channels: 1, pixels: Array(0...255))
    #expect(try PNGImage(decoding: image.encoded()).pixels == Array(0...255))
  }

  @Test func decodesAnotherWritersFiles() throws {
    let image = try PNGImage(decoding: foreign)
    #expect(
      image
        == PNGImage(
          width: 3, height: 1, channels: 3, pixels: [1, 2, 3, 250, 128, 0, 255, 255, 255]))
  }

  @Test func sixteenBitsBecomeTheNearestEight() throws {
    #expect(try PNGImage(decoding: deepGrey).pixels == [0, 1, 128, 200, 255])
    let colour = try PNGImage(decoding: deepColour)
    #expect(
      colour == PNGImage(width: 2, height: 1, channels: 3, pixels: [3, 128, 250, 64, 10, 99]))
  }

  @Test func refusesEveryTruncationAndDamage() {
    for count in 0..<(foreign.count - 12) {
      #expect(throws: DatasetError.self, "\(count) bytes") {
        try PNGImage(decoding: Array(foreign[..<count]))
      }
    }
    for position in 0..<foreign.count - 12 {
      var damaged = foreign
      damaged[position] ^= 0x10
      #expect((try? PNGImage(decoding: damaged)) == nil, "byte \(position)")
    }
    #expect(throws: DatasetError.self) { try PNGImage(decoding: []) }
  }

  @Test func refusesAHeaderThatAsksForAllMemory() {
    // 100,000 × 100,000 pixels; the checksum fits.
    let error = #expect(throws: DatasetError.self) { try PNGImage(decoding: enormous) }
    #expect(error?.description.contains("100000 × 100000 pixels are more than") == true)
  }

  @Test func refusesSizesBeyondItsLimits() {
    let wide = PNGImage(
      width: 1_000_001, height: 1, channels: 1, pixels: [UInt8](repeating: 0, count: 1_000_001))
    #expect(throws: DatasetError.self) { try wide.encoded() }
    let large = PNGImage(
      width: 8192, height: 8193, channels: 1, pixels: [UInt8](repeating: 0, count: 8192 * 8193))
    let error = #expect(throws: DatasetError.self) { try large.encoded() }
    #expect(error?.description.hasPrefix("PNG image: 8192 × 8193 pixels are more than") == true)
  }

  @Test func tellsSizesThatCanBeWritten() {
    let sizes = [(1, 1, true), (8192, 8192, true), (8192, 8193, false), (1, 1_000_000, true)]
    let refused = [(1, 1_000_001), (1_000_001, 1), (0, 1), (1, 0), (Int.max, Int.max)]
    for (width, height, isPossible) in sizes + refused.map({ ($0.0, $0.1, false) }) {
      #expect(PNGImage.isPossible(width: width, height: height) == isPossible, "\(width)")
    }
  }

  @Test func gridOfGreyImages() {
    let samples = HostArray<Float>(
      shape: [3, 1, 2, 1], elements: [-1, 1, 0, -2, .infinity, .nan])
    let picture = imageGrid(samples: samples, columns: 2, scale: 1, padding: 1)
    #expect(picture.width == 7)
    #expect(picture.height == 5)
    #expect(
      picture.pixels == [
        255, 255, 255, 255, 255, 255, 255,
        255, 0, 255, 255, 128, 0, 255,
        255, 255, 255, 255, 255, 255, 255,
        255, 255, 0, 255, 255, 255, 255,
        255, 255, 255, 255, 255, 255, 255,
      ])
  }

  @Test func gridOfColouredImagesScaled() {
    // One image of a red and a green pixel.
    let samples = HostArray<Float>(shape: [1, 1, 2, 3], elements: [1, -1, -1, -1, 1, -1])
    let picture = imageGrid(samples: samples, columns: 8, scale: 2, padding: 0)
    let row: [UInt8] = [255, 0, 0, 255, 0, 0, 0, 255, 0, 0, 255, 0]
    #expect(picture == PNGImage(width: 4, height: 2, channels: 3, pixels: row + row))
  }

  @Test func firstColumnStandsApart() {
    let images = HostArray<UInt8>(shape: [3, 1, 1, 1], elements: [1, 2, 3])
    var grid = ImageGrid(columns: 3, scale: 5, padding: 0)
    grid.columnsApart = 1
    let picture = grid.picture(of: images)
    // A quarter of five pixels, rounded up.
    let row =
      [UInt8](repeating: 1, count: 5) + [255, 255] + [UInt8](repeating: 2, count: 5)
      + [UInt8](repeating: 3, count: 5)
    #expect(picture.width == 17 && picture.height == 5)
    #expect(grid.size(of: images.shape).width == 17 && grid.size(of: images.shape).height == 5)
    #expect(picture.pixels == (0..<5).flatMap { _ in row })
  }

  @Test func rowsAreLabelled() {
    let images = HostArray<UInt8>(shape: [2, 6, 6, 1], elements: Array(repeating: 9, count: 72))
    var grid = ImageGrid(columns: 1, scale: 2, padding: 1)
    grid.rowLabels = ["7", "10", "no such row"]
    let picture = grid.picture(of: images)
    let size = grid.size(of: images.shape)
    #expect(size.width == picture.width && size.height == picture.height)
    let margin = picture.width - 14
    let text = (0..<picture.height).map { y in
      String((0..<margin).map { x in picture.pixels[y * picture.width + x] == 0 ? "#" : "." })
    }
    let digits = ["###", "..#", "..#", ".#.", ".#."]
    for (index, line) in digits.enumerated() {
      let doubled = line.map { "\($0)\($0)" }.joined()
      for row in [2 + 2 * index, 3 + 2 * index] {
        #expect(text[row].hasSuffix(doubled + "......"), "\(row)")
      }
    }
    #expect(text[0].allSatisfy { $0 == "." })
    #expect(text[13...].contains { $0.contains("#") })
    for y in 0..<picture.height {
      #expect(picture.pixels[y * picture.width + margin] == 255)
    }
  }
}
