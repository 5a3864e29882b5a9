import CPairs

/// Σ_σ exp(−s/2σ²) of a squared distance s, with as few exponentials as the widths allow.
///
/// Where σ² is a power of two smaller than the width before, its term is that one squared so often;
/// this is the case for widths that double. Each squaring doubles a relative error of one ulp.
struct GaussianSum: Sendable {
  private let terms: [saddle_gaussian_term]

  /// - Parameter widths: positive σ, in any order.
  init(widths: [Double]) {
    let falling = widths.sorted(by: >)
    terms = falling.indices.map { index in
      let width = falling[index]
      if index > 0 {
        let ratio = (falling[index - 1] / width) * (falling[index - 1] / width)
        if ratio.significand == 1, ratio.exponent <= 4 {
          return saddle_gaussian_term(is_power: 1, squarings: Int32(ratio.exponent), factor: 0)
        }
      }
      return saddle_gaussian_term(is_power: 0, squarings: 0, factor: -1 / (2 * width * width))
    }
  }

  /// Replaces squared distances by their sums.
  func callAsFunction(_ squaredDistances: UnsafeMutableBufferPointer<SIMD4<Double>>) {
    saddle_gaussian_sums(
      squaredDistances.baseAddress, 4 * squaredDistances.count, terms, terms.count)
  }
}
