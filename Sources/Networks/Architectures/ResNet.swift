import Catalog

/// The residual pair of networks of WGAN-GP and SNGAN for small images.
let resnet = Entry(
  EntryDescription(
    "resnet",
    "Generator: a linear layer, residual blocks that double the map by nearest neighbours, normalizer, activation, a 3×3 convolution. Critic: blocks that halve it by average pooling, the first without anything before its first convolution, two more blocks, activation, a pool over all pixels, a linear layer. A block is normalizer, activation, 3×3 convolution, twice; dropout stands behind it",
    formula:
      "y = shortcut(x) + branch(x), the shortcut a 1×1 convolution where sizes or channels change; generator start ⌈image/2^depth⌉, a surplus cropped evenly",
    source: "1704.00028; 1802.05957",
    parameters: [
      widthParameter(128, "the channels of all blocks"),
      .integer(
        "depth", 0...10, default: 0,
        "the number of blocks that halve or double the image; 0 for as many as leave a map of at least 4×4 in a generator and 8×8 in a critic"
      ),
      .choice(
        "pool", ["sum", "mean"], default: "sum",
        "what the critic takes of the last maps: the sum as in SNGAN, or the mean as in WGAN-GP"),
    ]),
  Architecture(criticOnly: ["pool"]) { blueprint, arguments in
    let asked = arguments.integer("depth")
    let image = try blueprint.imageShape("resnet", smallest: asked == 0 ? 8 : 1 << asked)
    let width = arguments.integer("width")
    switch blueprint.player {
    case .generator:
      let depth = asked == 0 ? halvings(image, smallest: 4) : asked
      return try generator(blueprint, image, depth: depth, width)
    case .critic:
      let depth = asked == 0 ? max(1, halvings(image, smallest: 8)) : asked
      return try critic(
        blueprint, depth: depth, width, isMean: arguments.text("pool") == "mean")
    }
  })

private func generator(
  _ blueprint: Blueprint, _ image: [Int], depth: Int, _ width: Int
) throws -> [any Layer] {
  var stack = LayerStack(blueprint)
  let start = startingMap(image, depth: depth) + [width]
  try stack.appendLinear(start.reduce(1, *))
  try stack.append(Reshape(shape: start))
  for _ in 0..<depth {
    try stack.append(try block(stack, width, .doubled))
    try stack.append(optional: blueprint.dropout)
  }
  try stack.append(optional: try blueprint.normalizer(stack.shape))
  try stack.append(blueprint.activation)
  try stack.append(Convolution(stack.shape, channels: image[2], ConvolutionForm(3, padding: 1)))
  try stack.cropToOutput()
  return stack.layers
}

private func critic(
  _ blueprint: Blueprint, depth: Int, _ width: Int, isMean: Bool
) throws -> [any Layer] {
  var stack = LayerStack(blueprint)
  for position in 0..<depth + 2 {
    let layer =
      position == 0
      ? firstCriticBlock(stack, width)
      : try block(stack, width, position < depth ? .halved : .kept)
    try stack.append(layer)
    try stack.append(optional: blueprint.dropout)
  }
  try stack.append(blueprint.activation)
  try stack.append(GlobalPool(isMean: isMean))
  try stack.appendLinear(blueprint.outputShape.reduce(1, *))
  return stack.layers
}

/// What a block does to the size of its maps.
private enum Resampling {
  case doubled
  case halved
  case kept
}

/// Normalizer, activation, convolution, twice, with the resampling before the first or behind the last convolution.
private func block(
  _ stack: LayerStack, _ channels: Int, _ resampling: Resampling
) throws -> ResidualBlock {
  let blueprint = stack.blueprint
  var branch = BlockLayers(stack.shape)
  branch.append("norm1", try blueprint.normalizer(branch.shape))
  branch.append("act1", blueprint.activation)
  if resampling == .doubled { branch.append("up", Upsample(factor: 2)) }
  branch.appendConvolution("conv1", channels, 3)
  branch.append("norm2", try blueprint.normalizer(branch.shape))
  branch.append("act2", blueprint.activation)
  branch.appendConvolution("conv2", channels, 3)
  if resampling == .halved { branch.append("down", Pool(.average, 2)) }
  var shortcut = BlockLayers(stack.shape)
  if resampling == .doubled { shortcut.append("up", Upsample(factor: 2)) }
  if resampling != .kept || stack.shape[2] != channels {
    shortcut.appendConvolution("shortcut", channels, 1)
  }
  if resampling == .halved { shortcut.append("down", Pool(.average, 2)) }
  return ResidualBlock(branch: branch.layers, shortcut: shortcut.layers)
}

/// The critic's first block: nothing stands before its first convolution, and the shortcut pools first.
private func firstCriticBlock(_ stack: LayerStack, _ channels: Int) -> ResidualBlock {
  var branch = BlockLayers(stack.shape)
  branch.appendConvolution("conv1", channels, 3)
  branch.append("act1", stack.blueprint.activation)
  branch.appendConvolution("conv2", channels, 3)
  branch.append("down", Pool(.average, 2))
  var shortcut = BlockLayers(stack.shape)
  shortcut.append("down", Pool(.average, 2))
  shortcut.appendConvolution("shortcut", channels, 1)
  return ResidualBlock(branch: branch.layers, shortcut: shortcut.layers)
}

/// The named layers of a part of a block in the making.
private struct BlockLayers {
  private(set) var layers: [(name: String, layer: any Layer)] = []
  private(set) var shape: [Int]

  init(_ shape: [Int]) { self.shape = shape }

  mutating func append(_ name: String, _ layer: (any Layer)?) {
    guard let layer else { return }
    layers.append((name, layer))
    shape = layer.outputShape(of: shape)
  }

  mutating func appendConvolution(_ name: String, _ channels: Int, _ kernel: Int) {
    let form = ConvolutionForm(kernel, padding: kernel / 2)
    append(name, Convolution(shape, channels: channels, form))
  }
}
