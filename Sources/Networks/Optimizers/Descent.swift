import Catalog
import Engine
import Schedules

extension Optimizer {
  static let rootMeanSquare = Entry(
    EntryDescription(
      "rmsprop", "RMSprop without centring, as in PyTorch",
      formula: "v ← αv + (1−α)g²; θ ← θ − rate·g/(√v + ε)",
      source: "Tieleman and Hinton, Coursera lecture 6.5, 2012",
      parameters: [
        .rate, .real("alpha", .halfOpen(0, 1), default: 0.99, "the decay of the second moment"),
        .real("epsilon", .nonnegative, default: 1e-8, "the number added to the root"),
      ]),
    Optimizer(
      coefficients: { _ in [{ _, rate in rate }] },
      update: { step in
        let alpha = step.arguments.real("alpha")
        let second = alpha * step.moment("second") + (1 - alpha) * step.gradient.square()
        let root = step.root(second) + step.arguments.real("epsilon")
        let parameter = step.parameter - step.coefficients[0] * (step.gradient / root)
        return (parameter, [("second", second)])
      }))

  static let gradientDescent = Entry(
    EntryDescription(
      "sgd", "Gradient descent with momentum, as in PyTorch",
      formula: "u ← momentum·u + g; θ ← θ − rate·u",
      source: "Sutskever et al., ICML 2013",
      parameters: [
        .rate, .real("momentum", .halfOpen(0, 1), default: 0, "the share of the last step kept"),
      ]),
    Optimizer(
      coefficients: { _ in [{ _, rate in rate }] },
      update: { step in
        let momentum = step.arguments.real("momentum")
        guard momentum > 0 else {
          return (step.parameter - step.coefficients[0] * step.gradient, [])
        }
        let velocity = momentum * step.moment("velocity") + step.gradient
        return (step.parameter - step.coefficients[0] * velocity, [("velocity", velocity)])
      }))

  static let frozen = Entry(
    EntryDescription(
      "frozen", "No optimizer: the network stays as it was at the start", formula: "θ ← θ"),
    Optimizer(coefficients: { _ in [] }, update: { step in (step.parameter, []) }))
}
