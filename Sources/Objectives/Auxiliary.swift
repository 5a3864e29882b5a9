import Catalog
import Engine
import Schedules

/// What an auxiliary term sees of one generator step.
public struct AuxiliaryInputs {
  /// A real batch, `[n, …]`.
  public let real: Tensor
  /// The generator's batch, `[n, …]`.
  public let fake: Tensor

  /// Collects inputs.
  public init(real: Tensor, fake: Tensor) {
    self.real = real
    self.fake = fake
  }
}

/// A term added to the generator's loss, without its weight: a scalar.
public struct Auxiliary: Sendable {
  /// How many samples a batch needs at least.
  public let minimumBatch: Int
  /// The term.
  public let term: @Sendable (AuxiliaryInputs, Arguments) -> Tensor
}

/// The auxiliary terms that an experiment file can name.
public let auxiliaryTable = Table<Auxiliary>(
  "auxiliary term", notation: .objectives,
  [
    Entry(
      EntryDescription(
        "mmd",
        "The squared maximum mean discrepancy between the real and the generated batch, in the data's own space: the unbiased estimate, which may be negative",
        formula:
          "λ·[Σ_{i≠j} k(x_i,x_j)/n(n−1) + Σ_{i≠j} k(y_i,y_j)/n(n−1) − 2·mean k(x,y)], k(x,y) = Σ_σ exp(−‖x−y‖²/2σ²)",
        source: "1502.02761",
        parameters: [
          .coefficient("weight", .nonnegative, default: 1, "the weight"),
          Parameter(
            "sigmas", .list(.real(.positive), count: 1...16),
            default: .list([1, 2, 4, 8, 16].map(Value.real)),
            "widths σ of the kernel in the unit of the samples"),
        ], shorthand: "weight"),
      Auxiliary(minimumBatch: 2) { inputs, arguments in
        let sigmas = arguments.reals("sigmas")
        let (x, y) = (flattened(inputs.real), flattened(inputs.fake))
        let count = Double(x.shape[0])
        // Pairs of a sample with itself are at distance 0, where each Gaussian is 1.
        func within(_ samples: Tensor) -> Tensor {
          (kernelSum(samples, samples, sigmas).sum() - count * Double(sigmas.count))
            * (1 / (count * (count - 1)))
        }
        return within(x) + within(y) - 2 * kernelSum(x, y, sigmas).mean()
      })
  ])

private func flattened(_ batch: Tensor) -> Tensor {
  batch.reshaped([batch.shape[0], batch.count / batch.shape[0]])
}

/// Σ_σ exp(−‖x_i − y_j‖²/2σ²) for all pairs, `[n, m]`.
private func kernelSum(_ x: Tensor, _ y: Tensor, _ sigmas: [Double]) -> Tensor {
  let lengths =
    x.square().sum(over: [1], keepingAxes: true)
    + y.square().sum(over: [1]).reshaped([1, y.shape[0]])
  let distances = (lengths - 2 * x.matmul(y.transposed)).relu()
  let terms = sigmas.map { (distances * (-1 / (2 * $0 * $0))).exp() }
  return terms.dropFirst().reduce(terms[0]) { $0 + $1 }
}
