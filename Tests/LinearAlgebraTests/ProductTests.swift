import Arrays
import LinearAlgebra
import Testing

@Suite struct ProductTests {
  @Test(
    "Products agree with the definition for sizes around panels and blocks",
    arguments: [(1, 1, 1), (5, 3, 4), (4, 8, 256), (7, 6, 257), (9, 2, 600)])
  func products(_ a: Int, _ b: Int, _ depth: Int) {
    let (x, y) = (wave(depth, a, phase: 0), wave(depth, b, phase: 1))
    let expected = transposedProduct(x, y)
    let tolerance = 1e-15 * Double(depth)
    #expect(
      agree(innerProducts(Panels(columnsOf: x), Panels(columnsOf: y)), expected, within: tolerance))
    let gram = gramMatrix(Panels(columnsOf: x))
    #expect(agree(gram, transposedProduct(x, x), within: tolerance))
    for i in 0..<a {
      for j in 0..<a { #expect(gram.elements[i * a + j] == gram.elements[j * a + i]) }
    }
  }

  @Test("Packed rows of a matrix are the packed columns of its transpose")
  func rowsAndColumns() {
    let x = wave(6, 5, phase: 2)
    var transposed: [[Double]] = []
    for j in 0..<5 { transposed.append((0..<6).map { x.elements[$0 * 5 + j] }) }
    #expect(
      gramMatrix(Panels(rowsOf: x)) == gramMatrix(Panels(columnsOf: matrix(transposed))))
  }

  @Test("Squared distances agree with the definition and are exactly 0 for equal vectors")
  func squaredDistances() {
    let x = wave(6, 11, phase: 0)
    let panels = Panels(rowsOf: x)
    var strip = [SIMD4<Double>](repeating: .zero, count: 4 * 2)
    for panel in 0..<2 {
      strip.withUnsafeMutableBufferPointer {
        panels.fill($0, panel: panel, against: panels, 0..<2, .squaredDistance)
      }
      for i in 4 * panel..<min(4 * panel + 4, 6) {
        for j in 0..<6 {
          let expected = zip(x.row(i), x.row(j)).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
          let value = strip[i % 4 * 2 + j / 4][j % 4]
          #expect(i == j ? value == 0 : abs(value - expected) < 1e-14 && value > 0.01)
        }
      }
    }
  }

  @Test("A covariance worked by hand")
  func covarianceByHand() {
    let samples = matrix([[1, 2], [3, 2], [5, 8]])
    #expect(samples.columnMeans == [3, 4])
    #expect(covariance(of: samples, about: [3, 4]) == matrix([[4, 6], [6, 12]]))
  }
}
