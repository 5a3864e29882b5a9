import Arrays
import Catalog
import Engine
import Schedules

extension Optimizer {
  static let adam = Entry(
    EntryDescription(
      "adam", "Adam with bias correction, as in PyTorch",
      formula:
        "m ← β₁m + (1−β₁)g; v ← β₂v + (1−β₂)g²; θ ← θ − rate/(1−β₁ᵗ) · m/(√v/√(1−β₂ᵗ) + ε)",
      source: "1412.6980", parameters: adamParameters),
    Optimizer(
      coefficients: { arguments in
        let corrections = biasCorrections(arguments)
        return [{ t, rate in rate / corrections.first(t) }, { t, _ in corrections.root(t) }]
      },
      update: { step in
        let moments = AdamMoments(step)
        let direction = moments.direction(step, rootCorrection: step.coefficients[1])
        return (step.parameter - step.coefficients[0] * direction, moments.named)
      }))

  static let adamWithDecay = Entry(
    EntryDescription(
      "adamw", "Adam with decoupled weight decay, as in PyTorch",
      formula:
        "m ← β₁m + (1−β₁)g; v ← β₂v + (1−β₂)g²; θ ← θ − rate·decay·θ − rate/(1−β₁ᵗ) · m/(√v/√(1−β₂ᵗ) + ε)",
      source: "1711.05101",
      parameters: adamParameters + [
        .real(
          "decay", .nonnegative, default: 0.01,
          "the share of each parameter, times the rate, that is taken off at each step")
      ]),
    Optimizer(
      coefficients: { arguments in
        let corrections = biasCorrections(arguments)
        let decay = arguments.real("decay")
        return [
          { t, rate in rate / corrections.first(t) }, { t, _ in corrections.root(t) },
          { _, rate in rate * decay },
        ]
      },
      update: { step in
        let moments = AdamMoments(step)
        let direction = moments.direction(step, rootCorrection: step.coefficients[1])
        let decayed = step.parameter - step.coefficients[2] * step.parameter
        return (decayed - step.coefficients[0] * direction, moments.named)
      }))

  static let optimisticAdam = Entry(
    EntryDescription(
      "optimistic-adam",
      "Adam that takes each direction twice and the last one back, which damps the rotation of games",
      formula:
        "m ← β₁m + (1−β₁)g; v ← β₂v + (1−β₂)g²; d = m/(1−β₁ᵗ) / (√v/√(1−β₂ᵗ) + ε); θ ← θ − 2·rate·d + rate·d of the step before, at first 0",
      source: "1711.00141", parameters: adamParameters),
    Optimizer(
      coefficients: { arguments in
        let corrections = biasCorrections(arguments)
        return [
          { _, rate in rate }, { t, _ in corrections.root(t) },
          { t, _ in 1 / corrections.first(t) },
        ]
      },
      update: { step in
        let moments = AdamMoments(step)
        let direction =
          step.coefficients[2] * moments.direction(step, rootCorrection: step.coefficients[1])
        let move = step.coefficients[0] * (2 * direction - step.moment("direction"))
        return (step.parameter - move, moments.named + [("direction", direction)])
      }))
}

private let adamParameters: [Parameter] = [
  .rate,
  .real("beta1", .halfOpen(0, 1), default: 0.9, "the decay of the first moment"),
  .real("beta2", .halfOpen(0, 1), default: 0.999, "the decay of the second moment"),
  .real("epsilon", .nonnegative, default: 1e-8, "the number added to the root"),
]

/// 1 − β₁ᵗ and √(1 − β₂ᵗ) in update t.
private func biasCorrections(
  _ arguments: Arguments
) -> (first: @Sendable (Int) -> Double, root: @Sendable (Int) -> Double) {
  let (beta1, beta2) = (arguments.real("beta1"), arguments.real("beta2"))
  return (
    { 1 - Elementary.power(beta1, $0) }, { (1 - Elementary.power(beta2, $0)).squareRoot() }
  )
}

/// The new means of gradients and of their squares.
private struct AdamMoments {
  let first: Tensor
  let second: Tensor

  init(_ step: Optimizer.Step) {
    let (beta1, beta2) = (step.arguments.real("beta1"), step.arguments.real("beta2"))
    first = beta1 * step.moment("first") + (1 - beta1) * step.gradient
    second = beta2 * step.moment("second") + (1 - beta2) * step.gradient.square()
  }

  var named: [(name: String, value: Tensor)] { [("first", first), ("second", second)] }

  /// m/(√v/√(1−β₂ᵗ) + ε), without the correction of m.
  func direction(_ step: Optimizer.Step, rootCorrection: Tensor) -> Tensor {
    first / (step.root(second) / rootCorrection + step.arguments.real("epsilon"))
  }
}
