/// Σ_σ exp(−s/2σ²) of a squared distance s, with as few exponentials as the widths allow.
///
/// Where σ² is a power of two smaller than the width before, its term is that one squared so often;
/// this is the case for widths that double. Each squaring doubles a relative error of one ulp.
struct GaussianSum: Sendable {
  /// How a term is found.
  private enum Term: Sendable {
    /// exp(factor · s).
    case exponential(factor: Double)
    /// The term before it, squared this many times.
    case squared(times: Int)
  }

  private let terms: [Term]

  /// - Parameter widths: positive σ, in any order.
  init(widths: [Double]) {
    let falling = widths.sorted(by: >)
    terms = falling.indices.map { index in
      let width = falling[index]
      if index > 0 {
        let ratio = (falling[index - 1] / width) * (falling[index - 1] / width)
        if ratio.significand == 1, ratio.exponent <= 4 {
          return .squared(times: Int(ratio.exponent))
        }
      }
      return .exponential(factor: -1 / (2 * width * width))
    }
  }

  /// The sum for four squared distances.
  func callAsFunction(_ squaredDistance: SIMD4<Double>) -> SIMD4<Double> {
    var sum = SIMD4<Double>.zero
    var term = SIMD4<Double>.zero
    for step in terms {
      switch step {
      case .exponential(let factor): term = exponential(squaredDistance * factor)
      case .squared(let times): for _ in 0..<times { term *= term }
      }
      sum += term
    }
    return sum
  }
}
