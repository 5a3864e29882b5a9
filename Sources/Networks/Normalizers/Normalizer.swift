import Catalog

/// One way to normalize what a layer puts out.
public struct Normalizer: Sendable {
  /// Whether a sample's output depends on the other samples of its batch.
  public let mixesSamples: Bool
  /// Whether it takes away what is added to all pixels of a channel, so that a bias before it changes nothing.
  public let removesShift: Bool
  /// Makes the layer for samples of a shape, `[features]` or `[height, width, channels]`; nil for none.
  let layer: @Sendable (_ shape: [Int], Arguments) throws -> (any Layer)?

  init(
    mixesSamples: Bool = false, removesShift: Bool = false,
    _ layer: @escaping @Sendable (_ shape: [Int], Arguments) throws -> (any Layer)?
  ) {
    self.mixesSamples = mixesSamples
    self.removesShift = removesShift
    self.layer = layer
  }
}

/// The normalizers that an experiment file can name, for each network separately.
public let normalizerTable = Table<Normalizer>(
  "normalizer",
  [
    Entry(EntryDescription("none", "No normalization"), Normalizer { _, _ in nil }),
    Entry(
      EntryDescription(
        "batch",
        "Batch normalization; real and fake batches are normalized apart, sampling uses running statistics",
        formula: "γ(x − μ)/√(σ² + ε) + β", source: "1502.03167",
        parameters: [
          .real("momentum", .unit, default: 0.1, "the share of a batch in the running statistics"),
          epsilon, Affine.gainDeviationParameter,
        ]),
      Normalizer(mixesSamples: true, removesShift: true) { shape, arguments in
        BatchNorm(
          features(shape), momentum: arguments.real("momentum"),
          epsilon: arguments.real("epsilon"), gainDeviation: arguments.real("gainDeviation"))
      }),
    Entry(
      EntryDescription(
        "instance", "Normalization of each feature map by itself; not for vectors",
        formula: "γ(x − μ)/√(σ² + ε) + β, μ and σ² over a map's pixels", source: "1607.08022",
        parameters: [
          .boolean("affine", default: true, "whether there are γ and β, one of each per channel"),
          epsilon, Affine.gainDeviationParameter,
        ]), Normalizer(removesShift: true, instanceNorm)),
    Entry(
      EntryDescription(
        "layer", "Normalization of each sample over all its features, or pixels and channels",
        formula: "γ(x − μ)/√(σ² + ε) + β, μ and σ² over a sample", source: "1607.06450",
        parameters: [
          .choice(
            "affine", ["channel", "element"], default: "channel",
            "what has a γ and a β of its own: a channel, as in most GANs, or an element of a sample, as in torch.nn.LayerNorm"
          ),
          epsilon, Affine.gainDeviationParameter,
        ]),
      Normalizer { shape, arguments in
        let isPerElement = arguments.text("affine") == "element"
        return GroupNorm(
          groups: 1, epsilon: arguments.real("epsilon"),
          affine: affine(isPerElement ? shape : [features(shape)], arguments))
      }),
    Entry(
      EntryDescription(
        "group", "Normalization of each sample over pixels and the channels of one group",
        formula: "γ(x − μ)/√(σ² + ε) + β, μ and σ² over a group", source: "1803.08494",
        parameters: [
          .integer("groups", 1...16384, default: 32, "the number of groups"), epsilon,
          Affine.gainDeviationParameter,
        ]), Normalizer(groupNorm)),
    Entry(
      EntryDescription(
        "virtual-batch",
        "Batch normalization with the moments of a fixed reference batch, drawn before training from real samples for the critic and latents for the generator",
        formula:
          "γ(x − μ)/√(σ² + ε) + β, μ = a·μₓ + (1 − a)·μᵣ, the mean of squares likewise, a = 1/(samples + 1)",
        source: "1606.03498",
        parameters: [
          .integer("samples", 2...65536, default: 64, "the size of the reference batch"), epsilon,
          Affine.gainDeviationParameter,
        ]),
      Normalizer(removesShift: true) { shape, arguments in
        VirtualBatchNorm(
          samples: arguments.integer("samples"), epsilon: arguments.real("epsilon"),
          affine: affine([features(shape)], arguments))
      }),
  ])

private let epsilon = Parameter.real(
  "epsilon", .positive, default: 1e-5, "the number added to the variance")

/// The extent of the last axis: features of a vector, channels of maps.
private func features(_ shape: [Int]) -> Int { shape[shape.count - 1] }

private func affine(_ shape: [Int], _ arguments: Arguments) -> Affine {
  Affine(shape: shape, gainDeviation: arguments.real("gainDeviation"))
}

@Sendable private func instanceNorm(
  _ shape: [Int], _ arguments: Arguments
) throws -> (any Layer)? {
  guard shape.count == 3, shape[0] * shape[1] > 1 else {
    throw NetworkError(
      "instance norm needs feature maps of several pixels, but \(shapeText(shape)) arrives",
      at: "normalizer")
  }
  return GroupNorm(
    groups: features(shape), epsilon: arguments.real("epsilon"),
    affine: arguments.boolean("affine") ? affine([features(shape)], arguments) : nil)
}

@Sendable private func groupNorm(
  _ shape: [Int], _ arguments: Arguments
) throws -> (any Layer)? {
  let groups = arguments.integer("groups")
  guard features(shape).isMultiple(of: groups) else {
    throw NetworkError(
      "group norm cannot share \(features(shape)) features between \(groups) groups equally; "
        + "set 'groups' to a divisor", at: "normalizer")
  }
  guard shape.reduce(1, *) > groups else {
    throw NetworkError(
      "group norm with \(groups) groups of one number each gives zeros; set 'groups' to less",
      at: "normalizer")
  }
  return GroupNorm(
    groups: groups, epsilon: arguments.real("epsilon"),
    affine: affine([features(shape)], arguments))
}
