import Arrays
import LinearAlgebra
import Testing

@Suite struct DecompositionTests {
  @Test("Eigenvalues and signs worked by hand")
  func eigenByHand() throws {
    let eigen = try SymmetricEigen(matrix([[3, -2], [-2, 0]]))
    let root = 5.0.squareRoot()
    #expect(zip(eigen.values, [4, -1]).allSatisfy { abs($0 - $1) < 1e-14 })
    #expect(
      agree(eigen.vectors, matrix([[2 / root, -1 / root], [1 / root, 2 / root]]), within: 1e-14))
  }

  @Test("Eigenpairs reproduce the matrix, largest first, with the documented sign")
  func eigenLaws() throws {
    let size = 9
    let gram = gramMatrix(Panels(columnsOf: wave(20, size, phase: 0)))
    let eigen = try SymmetricEigen(gram)
    #expect(zip(eigen.values, eigen.values.dropFirst()).allSatisfy { $0 >= $1 })
    var scaled = eigen.vectors
    for row in 0..<size {
      for column in 0..<size { scaled.elements[row * size + column] *= eigen.values[row] }
      let largest = eigen.vectors.row(row).max { abs($0) < abs($1) } ?? 0
      #expect(largest > 0)
    }
    #expect(agree(transposedProduct(eigen.vectors, scaled), gram, within: 1e-13))
    var identity = HostArray(
      shape: [size, size], elements: [Double](repeating: 0, count: size * size))
    for index in 0..<size { identity.elements[index * (size + 1)] = 1 }
    #expect(agree(gramMatrix(Panels(rowsOf: eigen.vectors)), identity, within: 1e-13))
  }

  @Test("A matrix that is not finite is refused rather than iterated on")
  func notFinite() {
    #expect(throws: LinearAlgebraError.notFinite(operation: "eigen-decomposition")) {
      try SymmetricEigen(matrix([[1, .nan], [.nan, 1]]))
    }
    #expect(throws: LinearAlgebraError.notFinite(operation: "singular values")) {
      try singularValues(matrix([[1, .infinity]]))
    }
  }

  // scipy.linalg.svdvals(scipy.linalg.hilbert(6))
  static let hilbert = [
    1.6188998589243393, 0.2423608705752095, 0.01632152131987582, 0.0006157483541826447,
    1.2570757122632472e-05, 1.0827994844462713e-07,
  ]

  @Test("Singular values of the Hilbert matrix agree with LAPACK")
  func hilbertValues() throws {
    let rows = (0..<6).map { i in (0..<6).map { 1 / Double(i + $0 + 1) } }
    let values = try singularValues(matrix(rows))
    #expect(zip(values, Self.hilbert).allSatisfy { abs($0 - $1) < 1e-14 })
    #expect(values.count == 6)
  }

  @Test("Singular values of tall and wide matrices agree with LAPACK")
  func rectangular() throws {
    // scipy.linalg.svdvals of the 5 × 3 matrix sin(0.37 i² + 1.3 i j + j²)
    let expected = [2.073611799185934, 1.5382886300845473, 0.7882611747553375]
    let tall = wave(5, 3, phase: 0)
    var wide: [[Double]] = []
    for j in 0..<3 { wide.append((0..<5).map { tall.elements[$0 * 3 + j] }) }
    for values in [try singularValues(tall), try singularValues(matrix(wide))] {
      #expect(values.count == 3)
      #expect(zip(values, expected).allSatisfy { abs($0 - $1) < 1e-14 })
    }
  }

  @Test("Edge shapes: one column, one number, zero, equal values")
  func edges() throws {
    #expect(abs(try singularValues(matrix([[3], [4]]))[0] - 5) < 1e-14)
    #expect(try singularValues(matrix([[-2]])) == [2])
    #expect(try singularValues(matrix([[0, 0], [0, 0]])) == [0, 0])
    let identity = try singularValues(matrix([[1, 0, 0], [0, -1, 0], [0, 0, 1]]))
    #expect(identity.allSatisfy { abs($0 - 1) < 1e-14 })
    #expect(abs(try nuclearNorm(matrix([[3, 0], [0, -4]])) - 7) < 1e-14)
  }

  @Test("The triangular factor has the samples' Gram matrix", arguments: [1, 6, 255, 256, 1000])
  func triangular(_ rows: Int) {
    let samples = wave(rows, 7, phase: 0.3)
    let factor = triangularFactor(samples)
    #expect(factor.shape == [7, 7])
    for row in 0..<7 {
      for column in 0..<row { #expect(factor.elements[row * 7 + column] == 0) }
    }
    let tolerance = 1e-14 * Double(rows)
    #expect(
      agree(
        transposedProduct(factor, factor), transposedProduct(samples, samples), within: tolerance))
  }

  @Test("The triangular factor keeps a small singular value that a Gram matrix loses")
  func smallSingularValue() throws {
    // Läuchli's matrix has singular values √(2 + ε²) and ε; in its Gram matrix 1 + ε² rounds to 1.
    let epsilon = 1e-9
    let values = try singularValues(
      triangularFactor(matrix([[1, 1], [epsilon, 0], [0, epsilon]])))
    #expect(abs(values[0] - 2.0.squareRoot()) < 1e-14)
    #expect(abs(values[1] / epsilon - 1) < 1e-6)
  }
}
