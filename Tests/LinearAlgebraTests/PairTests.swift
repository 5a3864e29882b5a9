import CPairs
import Foundation
import LinearAlgebra
import Testing

/// Numbers of pairs, bit by bit: vectors may be of any width, but the order of every sum is fixed and nothing is fused.
@Suite struct PairTests {
  /// The sum of terms that are added one after another, from 0.
  private static func chain(_ range: Range<Int>, _ term: (Int) -> Double) -> Double {
    range.reduce(0) { $0 + term($1) }
  }

  @Test(
    "An inner product is a chain per 256 coordinates, and the chains one after another",
    arguments: [(1, 1, 1), (5, 3, 4), (4, 9, 256), (7, 6, 257), (9, 14, 600)])
  func innerProductBits(_ a: Int, _ b: Int, _ depth: Int) {
    let (x, y) = (wave(a, depth, phase: 0), wave(b, depth, phase: 1))
    let found = innerProducts(Panels(rowsOf: x), Panels(rowsOf: y))
    for i in 0..<a {
      for j in 0..<b {
        let expected = stride(from: 0, to: depth, by: 256).reduce(0.0) { sum, start in
          sum
            + Self.chain(start..<min(start + 256, depth)) {
              x.elements[i * depth + $0] * y.elements[j * depth + $0]
            }
        }
        #expect(found.elements[i * b + j] == expected)
      }
    }
  }

  @Test(
    "A squared distance is one chain of squared differences",
    arguments: [(1, 1, 1), (5, 3, 2), (4, 9, 64), (7, 14, 300)])
  func squaredDistanceBits(_ a: Int, _ b: Int, _ depth: Int) {
    let (x, y) = (wave(a, depth, phase: 0), wave(b, depth, phase: 1))
    let (left, right) = (Panels(rowsOf: x), Panels(rowsOf: y))
    for others in [0..<right.panelCount, right.panelCount - 1..<right.panelCount] {
      var strip = [SIMD4<Double>](repeating: .zero, count: 4 * others.count)
      for panel in 0..<left.panelCount {
        strip.withUnsafeMutableBufferPointer {
          left.fill($0, panel: panel, against: right, others, .squaredDistance)
        }
        for i in 4 * panel..<min(4 * panel + 4, a) {
          for j in 4 * others.lowerBound..<b {
            let expected = Self.chain(0..<depth) {
              let difference = x.elements[i * depth + $0] - y.elements[j * depth + $0]
              return difference * difference
            }
            let place = i % 4 * others.count + j / 4 - others.lowerBound
            #expect(strip[place][j % 4] == expected)
          }
        }
      }
    }
  }

  /// eˣ for one number, operation by operation.
  private static func exponential(_ x: Double) -> Double {
    if x < -700 { return 0 }
    let shifted = x * 0x1.71547652b82fep0 + 0x1.8p52
    let whole = shifted - 0x1.8p52
    let r = (x - whole * 0x1.62e42feep-1) - whole * 0x1.a39ef35793c76p-33
    // Of which the last three terms are added apart.
    let factorials = (3...12).reversed().map { (2...$0).reduce(1.0) { $0 * Double($1) } }
    let series = factorials.reduce(1 / 6_227_020_800) { $0 * r + 1 / $1 }
    let sum = (series * r + 0.5) * r * r + r + 1
    return sum * Double(bitPattern: (shifted.bitPattern &+ 1023) << 52)
  }

  private static let special: [Double] = [
    0, -0.0, -1e-300, -700, -700.0000001, -1e300, -.infinity, -0.34657359, -699.9,
  ]
  private static let arguments: [Double] =
    special + (0..<400).map { -pow(1.04, Double($0)) * 1e-4 }

  @Test("An exponential has the same bits at every place of an array, and 2 ULP of error")
  func exponentialBits() {
    for count in [1, 3, 4, 15, 16, 17, 33, Self.arguments.count] {
      for offset in stride(from: 0, through: Self.arguments.count - count, by: count) {
        let arguments = Array(Self.arguments[offset..<offset + count])
        var found = arguments
        saddle_exponentials(&found, count)
        #expect(found == arguments.map(Self.exponential))
      }
    }
    for x in Self.arguments where x >= -700 {
      let (found, exact) = (Self.exponential(x), exp(x))
      #expect(abs(found - exact) <= 2 * exact.ulp, "\(x)")
    }
  }

  @Test("A sum of Gaussians has its terms in order, squares among them")
  func gaussianBits() {
    let distances = Self.arguments.map { min(-$0, 1e6) }
    let terms = [
      saddle_gaussian_term(is_power: 0, squarings: 0, factor: -0.002),
      saddle_gaussian_term(is_power: 1, squarings: 2, factor: 0),
      saddle_gaussian_term(is_power: 1, squarings: 0, factor: 0),
      saddle_gaussian_term(is_power: 0, squarings: 0, factor: -0.7),
      saddle_gaussian_term(is_power: 1, squarings: 1, factor: 0),
    ]
    var found = distances
    saddle_gaussian_sums(&found, found.count, terms, terms.count)
    #expect(
      found
        == distances.map { s in
          let wide = Self.exponential(s * -0.002)
          let middle = (wide * wide) * (wide * wide)
          let narrow = Self.exponential(s * -0.7)
          return (((wide + middle) + middle) + narrow) + narrow * narrow
        })
  }
}
