import Catalog
import Testing

@testable import Datasets

@Suite struct ResamplingTests {
  private func grey(_ rows: [[UInt8]]) -> Picture {
    Picture(height: rows.count, width: rows[0].count, channels: 1, pixels: rows.flatMap { $0 })
  }

  private func options(_ settings: [String: Value]) -> ImageOptions {
    var values = ValueMap()
    for parameter in ImageOptions.parameters {
      values[parameter.name] = settings[parameter.name] ?? parameter.defaultValue
    }
    return ImageOptions(Arguments(values))
  }

  @Test func weightsAddUpToOneWithinTheSource() {
    for source in 1...40 {
      for target in 1...40 {
        let taps = Resampling.taps(from: source, to: target)
        #expect(taps.count == target)
        for tap in taps {
          #expect(abs(tap.weights.reduce(0, +) - 1) < 1e-12)
          #expect(tap.weights.allSatisfy { $0 >= 0 })
          #expect(tap.first >= 0 && tap.first + tap.weights.count <= source)
        }
        // Every source pixel counts equally when an image shrinks.
        guard target < source else { continue }
        var totals = [Double](repeating: 0, count: source)
        for tap in taps {
          for (offset, weight) in tap.weights.enumerated() { totals[tap.first + offset] += weight }
        }
        let share = Double(target) / Double(source)
        #expect(totals.allSatisfy { abs($0 - share) < 1e-12 }, "\(source) to \(target)")
      }
    }
  }

  @Test func shrinksByAreas() {
    let picture = grey([[0, 40, 100, 200], [20, 60, 0, 100], [9, 9, 1, 2], [9, 9, 3, 4]])
    #expect(picture.resized(to: 2, factor: 1).pixels == [30, 100, 9, 3])
    // Of three pixels, two thirds and one third: (0·2 + 90) / 3 and (90 + 255·2) / 3.
    let three = grey([[0, 90, 255], [0, 90, 255], [0, 90, 255]])
    #expect(three.resized(to: 2, factor: 1).pixels == [30, 200, 30, 200])
  }

  @Test func enlargesBilinearly() {
    let picture = grey([[0, 100], [0, 100]])
    let row: [UInt8] = [0, 25, 75, 100]
    #expect(picture.resized(to: 4, factor: 1).pixels == row + row + row + row)
    #expect(grey([[7]]).resized(to: 3, factor: 1).pixels == [UInt8](repeating: 7, count: 9))
  }

  @Test func sameSizeIsTheSameImage() {
    let picture = grey([[1, 250], [128, 3]])
    #expect(picture.resized(to: 2, factor: 1).pixels == picture.pixels)
  }

  @Test func channelsStayApart() {
    let picture = Picture(
      height: 2, width: 2, channels: 3, pixels: [0, 1, 9, 2, 3, 9, 4, 5, 9, 6, 7, 9])
    #expect(picture.resized(to: 1, factor: 1).pixels == [3, 4, 9])
  }

  @Test func cutsTheCentre() {
    let picture = grey([[0, 1, 2, 3, 4], [5, 6, 7, 8, 9], [10, 11, 12, 13, 14]])
    #expect(picture.centre(1).pixels == [7])
    #expect(picture.centre(2).pixels == [1, 2, 6, 7])
    #expect(picture.centre(3).pixels == [1, 2, 3, 6, 7, 8, 11, 12, 13])
  }

  @Test func coloursByLuma() {
    let colours = Picture(
      height: 1, width: 4, channels: 3,
      pixels: [255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255])
    #expect(colours.coloured(.grey).pixels == [76, 150, 29, 255])
    #expect(colours.coloured(.grey).shape == [1, 4, 1])
    #expect(colours.coloured(.rgb).pixels == colours.pixels)
    #expect(grey([[3, 4]]).coloured(.rgb).pixels == [3, 3, 3, 4, 4, 4])
    #expect(grey([[3, 4]]).coloured(.grey).pixels == [3, 4])
  }

  @Test func optionsWorkInTheirOrder() {
    // The crop comes first: of 4 × 6 pixels the middle 4 × 4, then its luma, then the mean.
    let pixels = (0..<4).flatMap { _ in
      [0, 10, 10, 30, 30, 0].flatMap { value -> [UInt8] in [UInt8(value), UInt8(value), 0] }
    }
    let picture = Picture(height: 4, width: 6, channels: 3, pixels: pixels)
    let all = options(["crop": .integer(4), "colour": .text("grey"), "size": .integer(2)])
    #expect(all.applied(to: picture, largest: 255).pixels == [9, 27, 9, 27])
    // Without a crop, what is not square is cut off before resizing.
    let size = options(["size": .integer(1)])
    #expect(size.applied(to: picture, largest: 255).pixels == [20, 20, 0])
    #expect(all.refusal(height: 4, width: 3) != nil)
    #expect(all.refusal(height: 4, width: 4) == nil)
  }

  @Test func coarseGreysBecomeBytes() {
    // The digits' 0 … 16 have no room for means.
    let result = options(["size": .integer(1)]).applied(
      to: grey([[16, 16], [16, 0]]), largest: 16)
    #expect(result.pixels == [191])
  }

  @Test func smallerSubsetsArePartsOfLargerOnes() {
    var last: Set<Int> = []
    for count in [1, 2, 10, 99, 100] {
      let positions = options(["subset": .integer(count)]).positions(of: 100) ?? []
      #expect(positions.count == count && positions == positions.sorted())
      #expect(last.isSubset(of: positions))
      last = Set(positions)
    }
    #expect(options([:]).positions(of: 3) == [0, 1, 2])
    #expect(options(["subset": .integer(10)]).positions(of: 100) != Array(0..<10))
    #expect(options(["subset": .integer(4)]).positions(of: 3) == nil)
  }
}
