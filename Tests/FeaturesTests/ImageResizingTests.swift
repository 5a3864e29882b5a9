import Arrays
import Testing

@testable import Features

@Suite("Images of another size")
struct ImageResizingTests {
  static func square(_ rows: [[Float]]) -> HostArray<Float> {
    HostArray(shape: [1, rows.count, rows[0].count, 1], elements: rows.flatMap { $0 })
  }

  @Test("Shrinking takes means over areas")
  func areas() {
    let halves = resized(
      Self.square([[0, 2, 4, 6], [2, 0, 6, 4], [1, 1, 1, 1], [3, 3, 5, 5]]), to: 2)
    #expect(halves.shape == [1, 2, 2, 1])
    #expect(halves.elements == [1, 5, 2, 3])
    // Three pixels in two: the middle one is shared.
    let thirds = resized(Self.square([[3, 6, 9], [3, 6, 9], [3, 6, 9]]), to: 2)
    #expect(thirds.elements == [4, 8, 4, 8])
  }

  @Test("Growing interpolates between centres of pixels, rows and columns alike")
  func centres() {
    let grown = resized(Self.square([[0, 4], [8, 12]]), to: 4)
    #expect(grown.elements == [0, 1, 3, 4, 2, 3, 5, 6, 6, 7, 9, 10, 8, 9, 11, 12])
  }

  @Test("Equal images stay so, and images of the size are left alone")
  func constants() {
    for (from, to) in [(8, 28), (64, 28), (17, 16), (28, 28)] {
      let flat = HostArray<Float>(
        shape: [2, from, from, 1],
        elements: Array(repeating: 0.3, count: from * from)
          + Array(repeating: -0.7, count: from * from))
      let result = resized(flat, to: to)
      #expect(result.elements.count == 2 * to * to)
      #expect(result.elements.prefix(to * to).allSatisfy { abs($0 - 0.3) < 1e-6 })
      #expect(result.elements.suffix(to * to).allSatisfy { abs($0 + 0.7) < 1e-6 })
    }
    let images = patterned([3, 28, 28, 1])
    #expect(resized(images, to: 28) == images)
  }

  @Test("Images need not be square")
  func oblong() {
    let wide = resized(Self.square([[0, 2, 4, 6], [2, 0, 6, 4]]), to: 2)
    #expect(wide.elements == [1, 5, 1, 5])
  }
}
