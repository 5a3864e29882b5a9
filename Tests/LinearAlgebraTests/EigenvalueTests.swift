import Arrays
import LinearAlgebra
import Testing

/// Eigenvalues of matrices that are not symmetric.
@Suite struct EigenvalueTests {
  private func expect(
    _ rows: [[Double]], _ expected: [Complex], within tolerance: Double = 1e-14
  ) throws {
    let values = try eigenvalues(matrix(rows))
    #expect(values.count == expected.count)
    for (value, wanted) in zip(values, expected) {
      #expect(abs(value.real - wanted.real) <= tolerance, "\(value) is not \(wanted)")
      #expect(abs(value.imaginary - wanted.imaginary) <= tolerance, "\(value) is not \(wanted)")
    }
  }

  @Test("Worked by hand: one number, a rotation, real ones, zero")
  func byHand() throws {
    try expect([[-3]], [Complex(-3, 0)])
    try expect([[0, -2], [2, 0]], [Complex(0, -2), Complex(0, 2)])
    try expect([[1, 2], [3, 2]], [Complex(-1, 0), Complex(4, 0)])
    try expect([[0, 0], [0, 0]], [Complex(0, 0), Complex(0, 0)])
    // (x + 3)(x² + 2x + 5), as a companion matrix.
    try expect(
      [[0, 0, -15], [1, 0, -11], [0, 1, -5]], [Complex(-3, 0), Complex(-1, -2), Complex(-1, 2)],
      within: 1e-13)
  }

  @Test("Conjugates are exact, and the matrix is read by rows")
  func conjugates() throws {
    let matrix = wave(8, 8, phase: 0.4)
    let values = try eigenvalues(matrix)
    let pairs = values.filter { $0.imaginary > 0 }
    #expect(!pairs.isEmpty)
    for value in pairs { #expect(values.contains(Complex(value.real, -value.imaginary))) }
    let trace = (0..<8).reduce(0) { $0 + matrix.elements[9 * $1] }
    let sum = values.reduce(0) { $0 + $1.real }
    #expect(abs(sum - trace) < 1e-13)
  }

  @Test("Rows of very different size are balanced")
  func balanced() throws {
    try expect(
      [[1, 1e12], [1e-12, 1]], [Complex(0, 0), Complex(2, 0)], within: 1e-14)
  }

  @Test("A double eigenvalue of a defective matrix is known to the root of the precision")
  func defective() throws {
    try expect([[2, 1], [0, 2]], [Complex(2, 0), Complex(2, 0)], within: 1e-7)
  }

  @Test("A matrix that is not finite is refused")
  func notFinite() {
    #expect(throws: LinearAlgebraError.notFinite(operation: "eigenvalues")) {
      try eigenvalues(matrix([[1, .nan], [0, 1]]))
    }
  }

  @Test("Absolute values neither overflow nor vanish")
  func magnitudes() {
    #expect(Complex(3, -4).magnitude == 5)
    #expect(Complex(0, 0).magnitude == 0)
    #expect(Complex(3e300, 4e300).magnitude == 5e300)
    #expect(Complex(-3e-300, 4e-300).magnitude == 5e-300)
  }
}
