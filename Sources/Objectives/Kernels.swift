import Catalog
import Engine

/// A measure of how alike two samples are.
public struct FeatureKernel: Sendable {
  /// The matrix k(xᵢ, yⱼ), `[n, m]`, of samples `[n, d]` and `[m, d]`, up to a number that is added to all elements.
  ///
  /// Discrepancies and witness functions do not see that number. Kernels that are large at distance 0 are given less
  /// their value there, so that what is left of close samples has all its digits.
  public let matrix: @Sendable (_ x: Tensor, _ y: Tensor, Arguments) -> Tensor
}

/// The kernels of losses that an experiment file can name; d = ‖x − y‖.
public let featureKernelTable = Table<FeatureKernel>(
  "kernel", fallback: "rbf",
  [
    Entry(
      EntryDescription(
        "rbf", "A sum of Gaussians", formula: "Σ_σ exp(−d²/2σ²)", source: "1502.02761",
        parameters: [
          Parameter(
            "sigmas", .list(.real(.positive), count: 1...16),
            default: .list([2, 5, 10, 20, 40, 80].map(Value.real)), "the widths σ")
        ], shorthand: "sigmas"),
      FeatureKernel { x, y, arguments in
        let distances = squaredDistances(x, y)
        return sum(arguments.reals("sigmas").map { (distances * (-1 / (2 * $0 * $0))).expm1() })
      }),
    Entry(
      EntryDescription(
        "rational-quadratic", "A sum of rational quadratics, each a mixture of Gaussians",
        formula: "Σ_α (1 + d²/2α)^(−α), and ⟨x, y⟩ where 'linear' is true", source: "1801.01401",
        parameters: [
          Parameter(
            "alphas", .list(.real(.positive), count: 1...16),
            default: .list([0.2, 0.5, 1, 2, 5].map(Value.real)), "the exponents α"),
          .boolean("linear", default: false, "whether the inner product is added"),
        ]),
      FeatureKernel { x, y, arguments in
        let distances = squaredDistances(x, y)
        let terms = arguments.reals("alphas").map { alpha in
          (-alpha * (distances * (1 / (2 * alpha))).log1p()).expm1()
        }
        return sum(terms + (arguments.boolean("linear") ? [x.matmul(y.transposed)] : []))
      }),
    Entry(
      EntryDescription(
        "distance", "The kernel whose discrepancy is the energy distance",
        formula: "‖x‖ + ‖y‖ − ‖x − y‖, each root of a sum of squares and epsilon",
        source: "1801.01401",
        parameters: [
          .real(
            "epsilon", .positive, default: 1e-12,
            "the number under the roots, which have no derivative at 0, the distance of a sample from itself"
          )
        ]),
      FeatureKernel { x, y, arguments in
        let epsilon = arguments.real("epsilon")
        func length(_ x: Tensor) -> Tensor { (x.square().sum(over: [1]) + epsilon).sqrt() }
        let lengths = length(x).reshaped([x.shape[0], 1]) + length(y).reshaped([1, y.shape[0]])
        return lengths - (squaredDistances(x, y) + epsilon).sqrt()
      }),
    Entry(
      EntryDescription(
        "polynomial",
        "A power of the inner product, with degree 3 that of the kernel Inception distance",
        formula: "(⟨x, y⟩/D + offset)^degree, D the dimension", source: "1801.01401",
        parameters: [
          .integer("degree", 1...10, default: 3, "the power"),
          .real("offset", .nonnegative, default: 1, "the number added to the inner product"),
        ]),
      FeatureKernel { x, y, arguments in
        let product = x.matmul(y.transposed) * (1 / Double(x.shape[1])) + arguments.real("offset")
        return (1..<arguments.integer("degree")).reduce(product) { power, _ in power * product }
      }),
  ])

extension Parameter {
  /// The setting `kernel`.
  static func kernel(default defaultValue: Value = .text("rbf")) -> Parameter {
    Parameter("kernel", .entry(featureKernelTable.description), default: defaultValue, "the kernel")
  }
}

extension Arguments {
  /// The kernel that the setting `kernel` names, as a function of samples `[n, d]` and `[m, d]` to `[n, m]`.
  var kernel: (_ x: Tensor, _ y: Tensor) -> Tensor {
    let (entry, arguments) = featureKernelTable.selection(value("kernel"))
    return { entry.body.matrix($0, $1, arguments) }
  }
}

// MARK: Discrepancies

/// The unbiased estimate of the squared maximum mean discrepancy, which may be negative:
/// Σ_{i≠j} k(xᵢ,xⱼ)/n(n−1) + Σ_{i≠j} k(yᵢ,yⱼ)/m(m−1) − 2·mean k(x,y).
func unbiasedDiscrepancy(
  _ x: Tensor, _ y: Tensor, _ kernel: (Tensor, Tensor) -> Tensor
) -> Tensor {
  func within(_ x: Tensor) -> Tensor {
    let count = Double(x.shape[0])
    let matrix = kernel(x, x)
    return (matrix.sum() - matrix.diagonal.sum()) * (1 / (count * (count - 1)))
  }
  return within(x) + within(y) - 2 * kernel(x, y).mean()
}

/// The maximum mean discrepancy by its biased estimate, √([mean k(x,x) + mean k(y,y) − 2·mean k(x,y)]₊ + 1e−12).
func rootDiscrepancy(
  _ x: Tensor, _ y: Tensor, _ kernel: (Tensor, Tensor) -> Tensor
) -> Tensor {
  let squared = kernel(x, x).mean() + kernel(y, y).mean() - 2 * kernel(x, y).mean()
  return (squared.relu() + 1e-12).sqrt()
}

/// The most dimensions in which distances are those of differences rather than of inner products, which lose digits
/// where samples are close.
private let mostDifferences = 64

/// ‖xᵢ − yⱼ‖² for all pairs, `[n, m]`.
private func squaredDistances(_ x: Tensor, _ y: Tensor) -> Tensor {
  let (n, m, dimensions) = (x.shape[0], y.shape[0], x.shape[1])
  if dimensions <= mostDifferences {
    let differences = x.reshaped([n, 1, dimensions]) - y.reshaped([1, m, dimensions])
    return differences.square().sum(over: [2])
  }
  let lengths =
    x.square().sum(over: [1], keepingAxes: true) + y.square().sum(over: [1]).reshaped([1, m])
  return (lengths - 2 * x.matmul(y.transposed)).relu()
}

private func sum(_ terms: [Tensor]) -> Tensor { terms.dropFirst().reduce(terms[0], +) }
