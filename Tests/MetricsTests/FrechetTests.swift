import Arrays
import Foundation
import Metrics
import Testing

@Suite struct FrechetTests {
  static func distance(_ a: HostArray<Double>, _ b: HostArray<Double>) throws -> Double {
    try frechetDistance(real: GaussianMoments(a), fake: GaussianMoments(b))
  }

  static func diagonal(_ variances: [Double]) -> HostArray<Double> {
    matrix(variances.indices.map { i in variances.indices.map { $0 == i ? variances[i] : 0 } })
  }

  @Test("Commuting covariances have the closed form ‖μ₁−μ₂‖² + Σ(√a − √b)²")
  func closedForm() throws {
    let a = try GaussianMoments(mean: [0, 1, 2], covariance: Self.diagonal([4, 9, 0]), count: 9)
    let b = try GaussianMoments(mean: [1, 1, 4], covariance: Self.diagonal([1, 25, 2]), count: 9)
    // 1 + 4 + (2−1)² + (3−5)² + (0−√2)²
    #expect(abs(try frechetDistance(real: a, fake: b) - 12) < 1e-13)
  }

  @Test("Two planar Gaussians that do not commute: tr(Σ₁Σ₂)^½ = √(tr Σ₁Σ₂ + 2√det Σ₁Σ₂)")
  func planar() throws {
    let (first, second) = (matrix([[2, 1], [1, 1]]), matrix([[1, -0.5], [-0.5, 3]]))
    let a = try GaussianMoments(mean: [0, 0], covariance: first, count: 9)
    let b = try GaussianMoments(mean: [0, 3], covariance: second, count: 9)
    let overlap = (4 + 2 * 2.75.squareRoot()).squareRoot()
    #expect(abs(try frechetDistance(real: a, fake: b) - (9 + 7 - 2 * overlap)) < 1e-13)
  }

  @Test("Samples whose moments are known: N − 1 in the covariance")
  func constructed() throws {
    // (±a, 0), (0, ±b) have variances 2a²/3 and 2b²/3.
    let a = matrix([[3, 0], [-3, 0], [0, 1], [0, -1]])
    let b = matrix([[3, 2], [1, 2], [2, 6], [2, -2]])
    // (2, 2) apart, and ⅔((3 − 1)² + (1 − 4)²).
    let expected = 8 + 26.0 / 3
    #expect(abs(try Self.distance(a, b) - expected) < 1e-13)
    let covariance = try GaussianMoments(b).covariance
    #expect(
      zip(covariance.elements, [2.0 / 3, 0, 0, 32.0 / 3]).allSatisfy { abs($0 - $1) < 1e-14 })
  }

  // x, y as `wave` makes them; with a, b = numpy.cov(…, rowvar=False):
  // sum((mean x − mean y)²) + trace(a + b − 2 scipy.linalg.sqrtm(a @ b).real)
  @Test("It agrees with scipy's matrix square root")
  func reference() throws {
    let first = try Self.distance(
      wave(50, 3, phase: 0), wave(40, 3, phase: 1, scale: 2, shift: 0.5))
    #expect(abs(first - 3.171090819539886) < 1e-12)
    let second = try Self.distance(wave(300, 6, phase: 0), wave(500, 6, phase: 2, scale: 0.5))
    #expect(abs(second - 0.7705719045957823) < 1e-12)
    // Fewer samples than dimensions: scipy.linalg.svdvals of the product of the centred rows.
    let third = try Self.distance(wave(5, 9, phase: 0), wave(7, 9, phase: 1))
    #expect(abs(third - 5.69976633190984) < 1e-12)
  }

  @Test("Samples and their published moments give the same distance")
  func routes() throws {
    let (x, y) = (wave(60, 4, phase: 0), wave(80, 4, phase: 1, scale: 1.5))
    let moments = try [x, y].map { samples in
      let direct = try GaussianMoments(samples)
      return try GaussianMoments(
        mean: direct.mean, covariance: direct.covariance, count: direct.count)
    }
    let published = try frechetDistance(real: moments[0], fake: moments[1])
    #expect(abs(published - (try Self.distance(x, y))) < 1e-13)
  }

  @Test("Dimensions that never vary change nothing, though they make the sets wide and singular")
  func padding() throws {
    let (x, y) = (wave(20, 5, phase: 0), wave(30, 5, phase: 1, scale: 1.5))
    let expected = try Self.distance(x, y)
    for padding in [3, 40] {
      let constant = [Double](repeating: 0.1, count: padding)
      let wide = try Self.distance(mapRows(x) { $0 + constant }, mapRows(y) { $0 + constant })
      #expect(abs(wide - expected) < 1e-12, "\(padding) more dimensions")
    }
  }

  @Test(
    "It is 0 at equality for regular and singular covariances",
    arguments: [(200, 8), (8, 200), (9, 8), (8, 8), (2, 5)])
  func equality(_ rows: Int, _ columns: Int) throws {
    let x = wave(rows, columns, phase: 0.4, scale: 10)
    #expect(try Self.distance(x, x) < 1e-9)
    // A repeated column: singular whatever the number of samples.
    let doubled = mapRows(x) { $0 + $0 }
    #expect(try Self.distance(doubled, doubled) < 1e-9)
    // The same set in another order.
    let reordered = matrix((0..<rows).reversed().map { Array(doubled.row($0)) })
    #expect(try Self.distance(doubled, reordered) < 1e-9)
  }

  @Test("Different rank-deficient sets have the distance of their rotated coordinates")
  func singular() throws {
    // Planar sets turned into three dimensions, where both covariances have rank two.
    let (x, y) = (wave(50, 2, phase: 0), wave(40, 2, phase: 1, scale: 2))
    let (c, s) = (0.6, 0.8)
    let turn: ([Double]) -> [Double] = { [c * $0[0], $0[1], s * $0[0]] }
    let turned = try Self.distance(mapRows(x, turn), mapRows(y, turn))
    #expect(abs(turned - (try Self.distance(x, y))) < 1e-13)
  }

  @Test("It is symmetric, and rotation and translation leave it alone")
  func invariance() throws {
    let (x, y) = (wave(60, 3, phase: 0), wave(90, 3, phase: 1, scale: 0.3, shift: 0.2))
    let expected = try Self.distance(x, y)
    #expect(expected > 0.3)
    #expect(abs(try Self.distance(y, x) - expected) < 1e-13)
    let (c, s) = (cos(0.7), sin(0.7))
    let move: ([Double]) -> [Double] = { p in
      [c * p[0] - s * p[2] + 5, p[1] - 3, s * p[0] + c * p[2] + 1]
    }
    #expect(abs(try Self.distance(mapRows(x, move), mapRows(y, move)) - expected) < 1e-12)
    let scaled = try Self.distance(
      mapRows(x) { $0.map { 3 * $0 } }, mapRows(y) { $0.map { 3 * $0 } })
    #expect(abs(scaled - 9 * expected) < 1e-12)
  }

  @Test("One dimension: (μ₁−μ₂)² + (s₁−s₂)²")
  func oneDimension() throws {
    let x = matrix([[1], [2], [3]])
    let y = matrix([[0], [4], [8]])
    #expect(abs(try Self.distance(x, y) - (4 + 9)) < 1e-13)
  }

  @Test("Moments refuse what has none")
  func errors() throws {
    #expect(
      throws: MetricError.tooFewSamples(metric: "frechet", side: .real, count: 1, needed: 2)
    ) { try GaussianMoments(matrix([[1, 2]])) }
    #expect(throws: MetricError.notFinite(metric: "frechet", side: .fake, row: 1)) {
      try GaussianMoments(matrix([[1, 2], [.infinity, 0]]), side: .fake)
    }
    let (plane, space) = try (
      GaussianMoments(wave(5, 2, phase: 0)), GaussianMoments(wave(5, 3, phase: 0))
    )
    #expect(throws: MetricError.dimensions(metric: "frechet", real: 2, fake: 3)) {
      try frechetDistance(real: plane, fake: space)
    }
  }
}
