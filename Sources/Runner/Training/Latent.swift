import Arrays
import Engine

/// The distribution of the generator's inputs.
struct Latent {
  /// The words that `latent.distribution` takes.
  static let distributions = ["normal", "uniform", "sphere", "truncated"]

  let size: Int
  /// One of `distributions`.
  let distribution: String
  /// The largest absolute value under `truncated`.
  let bound: Double

  /// A batch from the stream of this name, `[count, size]`.
  ///
  /// `uniform` lies in (−1, 1), `sphere` is a normal vector divided by its length, and `truncated` is the normal
  /// distribution within ±bound, a uniform number taken through the inverse of its distribution function.
  func draw(_ stream: String, count: Int, in graph: Graph) -> Tensor {
    let shape = [count, size]
    switch distribution {
    case "uniform": return 2 * graph.draw(stream, .uniform, shape) - 1
    case "sphere":
      let normal = graph.draw(stream, .normal, shape)
      return normal / normal.square().sum(over: [1], keepingAxes: true).sqrt()
    case "truncated":
      let half = Self.errorFunction(bound * 0.5.squareRoot())
      let centred = 2 * graph.draw(stream, .uniform, shape) - 1
      let normal = 2.squareRoot() * Self.inverseErrorFunction(half * centred)
      return normal.clamped(-bound, bound)
    default: return graph.draw(stream, .normal, shape)
    }
  }

  /// erf x for x ≥ 0 by (2/√π)·e^(−x²)·Σ 2ⁿx²ⁿ⁺¹/(1·3·…·(2n+1)), all of whose terms are positive.
  static func errorFunction(_ x: Double) -> Double {
    if x > 6 { return 1 }
    var (term, sum, n) = (x, x, 1)
    while term > sum * 0x1p-54 {
      term *= 2 * x * x / Double(2 * n + 1)
      sum += term
      n += 1
    }
    return min(1, 2 / Double.pi.squareRoot() * Elementary.exp(-x * x) * sum)
  }

  /// The inverse of erf within (−1, 1), relative error below 4e-7: Giles' polynomials, GPU Computing Gems 2 (2010).
  static func inverseErrorFunction(_ y: Tensor) -> Tensor {
    let w = -((1 - y) * (1 + y)).log()
    let central = polynomial(
      w - 2.5,
      [
        2.81022636e-08, 3.43273939e-07, -3.5233877e-06, -4.39150654e-06, 0.00021858087,
        -0.00125372503, -0.00417768164, 0.246640727, 1.50140941,
      ])
    let tail = polynomial(
      maximum(w, 5).sqrt() - 3,
      [
        -0.000200214257, 0.000100950558, 0.00134934322, -0.00367342844, 0.00573950773,
        -0.0076224613, 0.00943887047, 1.00167406, 2.83297682,
      ])
    return y * (w - 5).step().select(tail, central)
  }

  /// The value of a polynomial with coefficients from the highest power down.
  private static func polynomial(_ x: Tensor, _ coefficients: [Double]) -> Tensor {
    coefficients.dropFirst().reduce(x.graph.constant(coefficients[0], x.shape)) { $0 * x + $1 }
  }
}
