import Catalog
import Engine

/// The number of code elements of an autoencoding critic.
let code = Parameter.integer(
  "code", 1...65536, default: 32, "the size of the code between the critic's encoder and decoder")

/// Losses of critics that are autoencoders: e(x) is how badly one reconstructs x.
let autoencodingLosses: [Entry<Loss>] = [
  Entry(
    EntryDescription(
      "ebgan",
      "Energy-based GAN: the critic reconstructs real samples well and fakes badly up to a margin; codes of fakes are pulled apart",
      formula:
        "critic E e(x) + E[margin − e(x̃)]₊; generator E e(x̃) + pullAway·Σ_{i≠j} cos²(sᵢ, sⱼ)/n(n−1); e the mean squared error of a sample, s the codes, 1e−12 added to their squared lengths",
      source: "1609.03126",
      parameters: [
        code, .real("margin", .positive, default: 1, "the error above which fakes count no more"),
        .real("pullAway", .nonnegative, default: 0.1, "the weight of the pull-away term"),
      ]),
    Loss(
      form: { .autoencoder(code: $0.integer("code")) }, minimumBatch: 2,
      critic: { game, arguments in
        let hinge = arguments.real("margin") - squaredError(game.fake, game.onFake)
        return squaredError(game.real, game.onReal).mean() + hinge.relu().mean()
      },
      generator: { game, arguments in
        squaredError(game.fake, game.onFake).mean()
          + arguments.real("pullAway") * pullAway(game.onFake.code)
      }, witness: { _, seen, _ in squaredError(seen.samples, seen.response) })),
  Entry(
    EntryDescription(
      "began",
      "Boundary equilibrium GAN: a controller keeps the errors of fakes and of real samples at a ratio. Its number k is the state 'loss.balance'",
      formula:
        "critic E e(x) − k·E e(x̃); generator E e(x̃); k ← clip(k + rate·(γE e(x) − E e(x̃)), 0, 1) from 0, γ the setting 'gamma'; e the mean absolute error of a sample",
      source: "1703.10717",
      parameters: [
        code, .real("gamma", .closed(0, 1), default: 0.5, "the ratio of errors, the diversity"),
        .real("rate", .nonnegative, default: 0.001, "the controller's rate"),
      ]),
    Loss(
      form: { .autoencoder(code: $0.integer("code")) },
      memory: [Remembered("balance", start: 0)],
      critic: { game, arguments in
        let real = absoluteError(game.real, game.onReal).mean()
        let fake = absoluteError(game.fake, game.onFake).mean()
        let balance = game.memory["balance"]
        let excess = (arguments.real("gamma") * real - fake).stopGradient()
        game.memory["balance"] = (balance + arguments.real("rate") * excess).clamped(0, 1)
        return real - balance * fake
      },
      generator: { game, _ in absoluteError(game.fake, game.onFake).mean() },
      witness: { _, seen, _ in absoluteError(seen.samples, seen.response) })),
]

/// The mean squared error of each sample's reconstruction, `[n]`.
private func squaredError(_ samples: Tensor, _ response: Response) -> Tensor {
  (samples - response.output).vectors.square().mean(over: [1])
}

/// The mean absolute error of each sample's reconstruction, `[n]`.
private func absoluteError(_ samples: Tensor, _ response: Response) -> Tensor {
  (samples - response.output).vectors.abs().mean(over: [1])
}

/// Σ_{i≠j} cos²(sᵢ, sⱼ)/n(n−1); a code of length 0 is at right angles to all.
private func pullAway(_ codes: Tensor) -> Tensor {
  let count = codes.shape[0]
  let squares = codes.square().sum(over: [1]) + 1e-12
  let cosines =
    codes.matmul(codes.transposed).square()
    / (squares.reshaped([count, 1]) * squares.reshaped([1, count]))
  return (cosines.sum() - cosines.diagonal.sum()) * (1 / Double(count * (count - 1)))
}
