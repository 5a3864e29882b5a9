import Catalog
import Engine

/// Losses in which the critic also has to tell what belongs together.
let contrastiveLosses: [Entry<Loss>] = [
  Entry(
    EntryDescription(
      "infomax",
      "InfoMax-GAN: the hinge game, in which local features of a sample also have to tell its global features from those of others",
      formula:
        "critic hinge + weight·L(real); generator hinge + weight·L(fake); L = −mean over x, i of ln[e^⟨Cᵢ(x),E(x)⟩ / (itself + Σ_{x′≠x, j} e^⟨Cⱼ(x′),E(x)⟩)], C and E linear projections of local features (the positions of the last feature map; of points the first hidden layer) and of global ones (what enters the last layer)",
      source: "2007.04589",
      parameters: [
        .real("weight", .nonnegative, default: 0.2, "the weight of the contrast L"),
        .integer("dimensions", 1...65536, default: 1024, "the size of projected features"),
      ]),
    Loss(
      form: { .contrast($0.integer("dimensions")) }, minimumBatch: 2,
      critic: { game, arguments in
        let (real, fake) = (game.onReal.output, game.onFake.output)
        return (1 - real).relu().mean() + (1 + fake).relu().mean()
          + arguments.real("weight") * contrast(game.onReal)
      },
      generator: { game, arguments in
        arguments.real("weight") * contrast(game.onFake) - game.onFake.output.mean()
      }))
]

/// InfoNCE of each local feature against the local features of the batch's other samples.
private func contrast(_ response: Response) -> Tensor {
  guard let (local, global) = response.features else {
    preconditionFailure("a contrast of a critic without features")
  }
  let (count, positions, dimensions) = (local.shape[0], local.shape[1], local.shape[2])
  // Element [x, x′, j] is ⟨Cⱼ(x′), E(x)⟩.
  let products = global.matmul(local.reshaped([count * positions, dimensions]).transposed)
    .reshaped([count, count, positions])
  let own = products.reshaped([count * count, positions])
    .sliced(axis: 0, 0..<count * count, step: count + 1)
  let isOwn = global.graph.identity(count).reshaped([count, count, 1])
  let others = isOwn.select(global.graph.constant(-1e30), products)
  let total = others.reshaped([count, count * positions]).logSumExp(over: 1)
  return (total.reshaped([count, 1]) - own).softplus().mean()
}
