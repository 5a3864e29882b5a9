import Arrays
import CPairs
import Catalog
import LinearAlgebra

/// A positive-definite (or conditionally so) function of two samples, evaluated on many pairs at a
/// time.
public struct Kernel: Sendable {
  /// The number that the kernel is a function of.
  let quantity: PairQuantity
  /// Replaces each pair's quantity by the kernel's value.
  let apply: @Sendable (UnsafeMutableBufferPointer<SIMD4<Double>>) -> Void

  init(
    of quantity: PairQuantity,
    _ apply: @escaping @Sendable (UnsafeMutableBufferPointer<SIMD4<Double>>) -> Void
  ) {
    self.quantity = quantity
    self.apply = apply
  }
}

/// Makes a kernel for samples of a dimension.
public typealias KernelMaker = @Sendable (_ arguments: Arguments, _ dimension: Int) -> Kernel

/// The kernels of discrepancies. To add one, add its entry here.
public let kernelTable = Table<KernelMaker>(
  "metric kernel", fallback: "rbf",
  [gaussianKernel, rationalQuadraticKernel, polynomialKernel, distanceKernel])

private let scales = 1...16

private let gaussianKernel = Entry<KernelMaker>(
  EntryDescription(
    "rbf", "Sum of Gaussian kernels of several widths", formula: "Σ_σ exp(−‖x−y‖²/2σ²)",
    source: "1502.02761; default widths 1705.08584",
    parameters: [
      Parameter(
        "sigmas", .list(.real(.positive), count: scales),
        default: .list([1, 2, 4, 8, 16].map(Value.real)),
        "widths σ in the unit of the samples")
    ], shorthand: "sigmas"),
  { arguments, _ in
    let sum = GaussianSum(widths: arguments.reals("sigmas"))
    return Kernel(of: .squaredDistance) { pairs in sum(pairs) }
  })

private let rationalQuadraticKernel = Entry<KernelMaker>(
  EntryDescription(
    "rational-quadratic", "Sum of rational quadratic kernels, with heavier tails than Gaussians",
    formula: "Σ_α (1 + ‖x−y‖²/2α)^(−α)", source: "1801.01401",
    parameters: [
      Parameter(
        "alphas", .list(.real(.positive), count: scales),
        default: .list([0.2, 0.5, 1, 2, 5].map(Value.real)), "exponents α")
    ], shorthand: "alphas"),
  { arguments, _ in
    let alphas = arguments.reals("alphas")
    return Kernel(of: .squaredDistance) { pairs in
      for index in pairs.indices {
        var sum = SIMD4<Double>.zero
        for alpha in alphas {
          let base = 1 + pairs[index] / (2 * alpha)
          let logarithm = SIMD4(
            Elementary.log(base[0]), Elementary.log(base[1]), Elementary.log(base[2]),
            Elementary.log(base[3]))
          var power = -alpha * logarithm
          saddle_exponentials(&power, power.scalarCount)
          sum += power
        }
        pairs[index] = sum
      }
    }
  })

private let polynomialKernel = Entry<KernelMaker>(
  EntryDescription(
    "polynomial", "Polynomial of the inner product; of degree 3 it is the kernel of KID",
    formula: "(⟨x,y⟩/d + 1)^k", source: "1801.01401",
    parameters: [.integer("degree", 1...9, default: 3, "degree k")], shorthand: "degree"),
  { arguments, dimension in
    let degree = arguments.integer("degree")
    let scale = Double(dimension)
    return Kernel(of: .innerProduct) { pairs in
      for index in pairs.indices {
        let base = pairs[index] / scale + 1
        var power = base
        for _ in 1..<degree { power *= base }
        pairs[index] = power
      }
    }
  })

private let distanceKernel = Entry<KernelMaker>(
  EntryDescription(
    "distance", "Euclidean distance, which makes the discrepancy the energy distance",
    formula: "‖x‖ + ‖y‖ − ‖x−y‖, whose first two terms cancel; no ε under the root",
    source: "1705.10743; Sejdinovic et al., Ann. Statist. 41, 2013"),
  { _, _ in
    Kernel(of: .squaredDistance) { pairs in
      for index in pairs.indices { pairs[index] = -pairs[index].squareRoot() }
    }
  })
