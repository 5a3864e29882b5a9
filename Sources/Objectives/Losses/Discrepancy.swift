import Catalog
import Engine

/// Losses that compare batches by a distance between sets of feature vectors.
let discrepancyLosses: [Entry<Loss>] = [
  Entry(
    EntryDescription(
      "mmd",
      "MMD-GAN: the maximum mean discrepancy of the critic's features, by the unbiased estimate; gradient penalties are of the witness function",
      formula:
        "critic −MMD²(h(x), h(x̃)); generator MMD²(h(x), h(x̃)); witness w(x̂) = E k(h(x̂), h(x)) − E k(h(x̂), h(x̃))",
      source: "1801.01401", parameters: [.kernel(), dimensions(16)]),
    Loss(
      form: { .embedding($0.integer("dimensions")) }, needsLipschitzCritic: true,
      isZeroSum: { _ in true }, minimumBatch: 2,
      critic: { game, arguments in
        -unbiasedDiscrepancy(game.onReal.output, game.onFake.output, arguments.kernel)
      },
      generator: { game, arguments in
        unbiasedDiscrepancy(game.onReal.output, game.onFake.output, arguments.kernel)
      }, witness: kernelWitness)),
  Entry(
    EntryDescription(
      "mmd-li",
      "MMD-GAN of an autoencoding critic: the discrepancy of codes, with the reconstruction of both batches; published with clipping at 0.01",
      formula:
        "critic −M + reconstruction·(E‖x − D(x)‖² + E‖x̃ − D(x̃)‖²), means over elements; generator M; M = √([biased MMD² of codes]₊ + 1e−12)",
      source: "1705.08584",
      parameters: [
        .kernel(), code,
        .real("reconstruction", .nonnegative, default: 8, "the weight of reconstruction"),
      ]),
    Loss(
      form: { .autoencoder(code: $0.integer("code")) }, needsLipschitzCritic: true,
      minimumBatch: 2,
      critic: { game, arguments in
        let errors = [(game.real, game.onReal), (game.fake, game.onFake)].map {
          ($0 - $1.output).square().mean()
        }
        return arguments.real("reconstruction") * (errors[0] + errors[1])
          - rootDiscrepancy(game.onReal.code, game.onFake.code, arguments.kernel)
      },
      generator: { game, arguments in
        rootDiscrepancy(game.onReal.code, game.onFake.code, arguments.kernel)
      }, witness: kernelWitness)),
  Entry(
    EntryDescription(
      "scaled-mmd",
      "The discrepancy of the critic's features, scaled by their slope at the real batch so that a steeper critic gains nothing",
      formula:
        "critic −s·MMD²; generator s·MMD²; s = 1/(1 + λE‖∇h(x)‖²), λ the setting 'lambda'",
      source: "1805.11565",
      parameters: [
        .kernel(default: .map(["name": .text("rbf"), "sigmas": .list([.real(1)])])),
        .integer("dimensions", 1...64, default: 1, "the number of features"),
        .real("lambda", .nonnegative, default: 10, "the weight of the slope"),
      ]),
    Loss(
      form: { .embedding($0.integer("dimensions")) }, usesSlope: true, isZeroSum: { _ in true },
      minimumBatch: 2, critic: { -scaledDiscrepancy($0, $1) },
      generator: { scaledDiscrepancy($0, $1) }, witness: kernelWitness)),
  Entry(
    EntryDescription(
      "cramer",
      "Cramér GAN: the energy distance of the critic's features; two batches of fakes; published with wgan-gp, which is of x̂ ↦ c(x̂, x̃′)",
      formula:
        "critic −E[c(x, x̃) − c(x̃′, x̃)]; generator E[‖h(x̃) − h(x)‖ + ‖h(x̃′) − h(x)‖ − ‖h(x̃) − h(x̃′)‖]; c(a, b) = ‖h(a) − h(b)‖ − ‖h(a)‖, roots of a sum of squares and 1e−12",
      source: "1705.10743", parameters: [dimensions(256)]),
    Loss(
      form: { .embedding($0.integer("dimensions")) }, needsLipschitzCritic: true,
      critic: { game, _ in
        let (real, fake) = (game.onReal.output, game.onFake.output)
        let second = game.secondFake().response.output
        return -(cramerCritic(real, fake) - cramerCritic(second, fake)).mean()
      },
      generator: { game, _ in
        let (real, fake) = (game.onReal.output, game.onFake.output)
        let second = game.secondFake().response.output
        return (length(fake - real) + length(second - real) - length(fake - second)).mean()
      },
      witness: { game, seen, _ in
        cramerCritic(seen.response.output, game.secondFake().response.output)
      })),
  Entry(
    EntryDescription(
      "moment-matching",
      "Generative moment matching: the discrepancy of the samples themselves, without a critic",
      formula:
        "generator MMD² by the unbiased estimate, or √([biased MMD²]₊ + 1e−12); there is no critic",
      source: "1502.02761",
      parameters: [
        .kernel(),
        .choice(
          "form", ["unbiased", "root"], default: "unbiased",
          "the unbiased estimate of the squared discrepancy, or the root of the biased one"),
      ]),
    Loss(
      form: { _ in .none }, minimumBatch: 2, critic: { game, _ in game.real.graph.constant(0) },
      generator: { game, arguments in
        let isRoot = arguments.text("form") == "root"
        let discrepancy = isRoot ? rootDiscrepancy : unbiasedDiscrepancy
        return discrepancy(game.real.vectors, game.fake.vectors, arguments.kernel)
      })),
]

private func dimensions(_ count: Int) -> Parameter {
  .integer("dimensions", 1...65536, default: count, "the number of the critic's features")
}

/// E k(h(x̂), h(x)) − E k(h(x̂), h(x̃)) of each sample, by codes or embeddings.
private let kernelWitness: Loss.Witness = { game, seen, arguments in
  func mean(_ other: Response) -> Tensor {
    arguments.kernel(seen.response.code, other.code).mean(over: [1])
  }
  return mean(game.onReal) - mean(game.onFake)
}

/// The scaled discrepancy.
private func scaledDiscrepancy(_ game: Game, _ arguments: Arguments) -> Tensor {
  let features = game.onReal.output
  let slopes = (0..<features.shape[1]).map { feature in
    let sum = features.sliced(axis: 1, feature..<feature + 1).sum()
    return gradients(of: sum, by: [game.real])[0].square().sum()
  }
  let mean = slopes.dropFirst().reduce(slopes[0], +) * (1 / Double(features.shape[0]))
  return unbiasedDiscrepancy(features, game.onFake.output, arguments.kernel)
    / (1 + arguments.real("lambda") * mean)
}

/// ‖a − b‖ − ‖a‖ of each pair.
private func cramerCritic(_ a: Tensor, _ b: Tensor) -> Tensor { length(a - b) - length(a) }

private func length(_ x: Tensor) -> Tensor { (x.square().sum(over: [1]) + 1e-12).sqrt() }
