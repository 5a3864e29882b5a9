import Arrays
import Datasets
import Records
import Testing

@testable import Runner

/// What is drawn, pixel by pixel, and what is left out where there is too much.
@Suite struct PictureAlbumTests {
  /// Images of noise, which no PNG file makes smaller.
  private func noise(_ shape: [Int], seed: Int) -> HostArray<UInt8> {
    let bits = RandomStream(seed: UInt64(seed), name: "noise").bits(shape.reduce(1, *))
    return HostArray(shape: shape, elements: bits.map { UInt8($0 >> 24) })
  }

  private func run(_ arm: Int, size: Int = 2) -> RunImages {
    var images = RunImages(arm: arm, seed: 0)
    images.samples = noise([64, size, size, 1], seed: arm)
    images.progress = noise([11, 8, size, size, 1], seed: arm + 1000)
    images.moments = Array(0...10)
    return images
  }

  @Test func picturesShowTheirImages() throws {
    let run = run(0)
    let real = noise([70, 2, 2, 1], seed: 5)
    let grids = try PictureAlbum(real: [(0, real)], runs: [run], exemplars: []).grids
    #expect(grids.map(\.kind) == [.samples, .training, .samples])
    #expect(grids.map(\.arm) == [0, 0, nil])
    #expect(grids[1].note == "0 1 2 3 4 5 6 7 8 9 10")
    for (grid, images) in [(grids[0], run.samples), (grids[2], real)] {
      let picture = try PNGImage(decoding: grid.png)
      let images = try #require(images)
      // Pixels of 24 × 24, lines of one pixel.
      #expect(picture.width == 8 * 49 + 1 && picture.height == 8 * 49 + 1)
      for y in 0..<picture.height {
        for x in 0..<picture.width {
          let (row, top) = (y - 1).quotientAndRemainder(dividingBy: 49)
          let (column, left) = (x - 1).quotientAndRemainder(dividingBy: 49)
          let isLine = x == 0 || y == 0 || left == 48 || top == 48
          let pixel = ((row * 8 + column) * 2 + top / 24) * 2 + left / 24
          let expected = isLine ? 255 : images.elements[pixel]
          guard picture.pixels[y * picture.width + x] == expected else {
            Issue.record("pixel \(x), \(y)")
            return
          }
        }
      }
    }
  }

  @Test func aBigPlanStaysWithinItsSize() throws {
    let runs = (0..<72).map { run($0, size: 28) }
    let exemplars = [3, 40, 71]
    let grids = try PictureAlbum(real: [], runs: runs, exemplars: exemplars).grids
    let size = grids.reduce(0) { $0 + $1.png.count }
    #expect(size <= PictureAlbum.largestSize && size > PictureAlbum.largestSize * 3 / 4)
    for arm in exemplars {
      #expect(grids.filter { $0.arm == arm }.map(\.kind) == [.samples, .training])
    }
    #expect(grids.count { $0.kind == .samples } == 72)
    // Fewer rows, so that more arms are shown.
    let picture = try PNGImage(decoding: grids[0].png)
    #expect(picture.width == 457 && picture.height < 457)
    let heights = try grids.filter { $0.kind == .samples }
      .map { try PNGImage(decoding: $0.png).height }
    #expect(Set(heights).count == 1)
  }

  @Test func smallImagesAreEnlargedAndLargeOnesNot() throws {
    for (size, width) in [(8, 393), (16, 393), (28, 457), (32, 521), (64, 521), (100, 809)] {
      let grids = try PictureAlbum(real: [], runs: [run(0, size: size)], exemplars: [0]).grids
      #expect(try PNGImage(decoding: grids[0].png).width == width)
    }
  }

  private func blank(_ shape: [Int]) -> HostArray<UInt8> {
    HostArray(shape: shape, elements: [UInt8](repeating: 0, count: shape.reduce(1, *)))
  }

  @Test(arguments: [[1500, 1, 1], [1, 1500, 1], [1500, 2, 3]])
  func longImagesAreShown(_ shape: [Int]) throws {
    var images = RunImages(arm: 0, seed: 0)
    images.samples = noise([64] + shape, seed: 1)
    images.progress = noise([11, 8] + shape, seed: 2)
    images.moments = Array(0...10)
    let real = noise([64] + shape, seed: 3)
    let grids = try PictureAlbum(real: [(0, real)], runs: [images], exemplars: [0]).grids
    #expect(grids.map(\.kind) == [.samples, .training, .samples])
    let picture = try PNGImage(decoding: grids[0].png)
    #expect(picture.width == 8 * (shape[1] + 1) + 1)
    #expect(picture.height == 8 * (shape[0] + 1) + 1)
  }

  /// The larger side decides how much an image is enlarged.
  @Test func flatImagesAreEnlargedAsSquareOnes() throws {
    var images = RunImages(arm: 0, seed: 0)
    images.samples = noise([64, 16, 2, 1], seed: 1)
    let grids = try PictureAlbum(real: [], runs: [images], exemplars: []).grids
    let picture = try PNGImage(decoding: grids[0].png)
    #expect(picture.width == 8 * 7 + 1 && picture.height == 8 * 49 + 1)
  }

  @Test func fewerImagesAreShownWhereAPictureWouldBeTooLarge() throws {
    var images = RunImages(arm: 0, seed: 0)
    images.samples = blank([16, 1, 130_000, 1])
    let grids = try PictureAlbum(real: [], runs: [images], exemplars: []).grids
    let picture = try PNGImage(decoding: try #require(grids.first).png)
    #expect(picture.width == 7 * 130_001 + 1 && picture.height == 3)
  }

  @Test func onePictureThatIsTooLargeHidesNoOther() throws {
    var long = RunImages(arm: 0, seed: 0)
    long.samples = blank([2, 1_000_001, 1, 1])
    var noisy = RunImages(arm: 1, seed: 0)
    noisy.samples = noise([1, 2200, 2200, 1], seed: 1)
    let grids = try PictureAlbum(
      real: [(0, blank([2, 1_000_001, 1, 1]))], runs: [long, noisy, run(2)], exemplars: []
    ).grids
    #expect(grids.map(\.arm) == [2, 2])
    #expect(grids.map(\.kind) == [.samples, .training])
  }
}
