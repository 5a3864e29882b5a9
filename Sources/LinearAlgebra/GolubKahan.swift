/// The symmetric tridiagonal matrix with zero diagonal whose positive eigenvalues are the singular
/// values of a bidiagonal matrix: its off-diagonal is the bidiagonal's elements d₁, e₁, d₂, e₂, …,
/// dₙ.
struct GolubKahan {
  /// The off-diagonal divided by its largest magnitude, then squared.
  private let squares: [Double]
  /// The largest magnitude of the off-diagonal.
  private let scale: Double
  /// The number of singular values.
  private let count: Int

  init(diagonal: [Double], superdiagonal: [Double]) {
    var offDiagonal: [Double] = []
    for index in diagonal.indices {
      offDiagonal.append(diagonal[index])
      if index < superdiagonal.count { offDiagonal.append(superdiagonal[index]) }
    }
    let largest = offDiagonal.reduce(0) { max($0, abs($1)) }
    scale = largest
    count = diagonal.count
    squares = offDiagonal.map { largest == 0 ? 0 : ($0 / largest) * ($0 / largest) }
  }

  /// All singular values, largest first.
  func singularValues() -> [Double] {
    guard scale > 0 else { return [Double](repeating: 0, count: count) }
    var values: [Double] = []
    values.reserveCapacity(count)
    for start in stride(from: 0, to: count, by: 4) {
      let four = bisection(ranks: SIMD4(0, 1, 2, 3) &+ SIMD4(repeating: Int64(start)))
      for lane in 0..<min(4, count - start) { values.append(four[lane] * scale) }
    }
    return values
  }

  /// The singular values of four ranks (0 is the largest), divided by `scale`.
  ///
  /// By Gershgorin they lie in [0, 2]. Sixty-four halvings end below 2⁻⁶³ of the largest magnitude.
  private func bisection(ranks: SIMD4<Int64>) -> SIMD4<Double> {
    var lower = SIMD4<Double>.zero
    var upper = SIMD4<Double>(repeating: 2)
    for _ in 0..<64 {
      let middle = (lower + upper) * 0.5
      let isAbove = countAtLeast(middle) .> ranks
      lower.replace(with: middle, where: isAbove)
      upper.replace(with: middle, where: .!isAbove)
    }
    return (lower + upper) * 0.5
  }

  /// How many singular values are at least x, for four positive x: the eigenvalues of T − xI that
  /// are not negative number 2n minus the negative pivots of its LDLᵀ factorization (Sylvester's
  /// law of inertia).
  private func countAtLeast(_ x: SIMD4<Double>) -> SIMD4<Int64> {
    let smallest = SIMD4<Double>(repeating: .leastNormalMagnitude)
    var pivot = -x
    var notNegative = SIMD4<Int64>.zero
    for square in squares {
      pivot = -x - square / pivot
      pivot.replace(with: -smallest, where: (pivot .> -smallest) .& (pivot .< smallest))
      notNegative.replace(with: notNegative &+ 1, where: pivot .>= SIMD4.zero)
    }
    return notNegative
  }
}
