import Catalog

/// The convolutional pair of networks of spectral normalization's paper.
let sndcgan = Entry(
  EntryDescription(
    "sndcgan",
    "Critic: 3×3 and strided 4×4 convolutions in turn, then a linear layer. Generator: a linear layer to a small map, three doublings by 4×4 transposed convolutions, a 3×3 convolution; normalizer and activation stand behind the linear layer too. The paper's critic has activation leaky-relu with slope 0.1",
    formula:
      "critic width·(1, 1, 2, 2, 4, 4, 8); generator start ⌈image/8⌉, width·(8, 4, 2, 1), a surplus cropped evenly",
    source: "1802.05957, table 3",
    parameters: [widthParameter(64, "the channels next to the image")]),
  Architecture { blueprint, arguments in
    let image = try blueprint.imageShape("sndcgan", smallest: 8)
    let width = arguments.integer("width")
    switch blueprint.player {
    case .generator: return try generator(blueprint, image, width)
    case .critic: return try critic(blueprint, width)
    }
  })

private func generator(
  _ blueprint: Blueprint, _ image: [Int], _ width: Int
) throws -> [any Layer] {
  var stack = LayerStack(blueprint)
  let start = startingMap(image, depth: 3) + [8 * width]
  try stack.appendLinear(start.reduce(1, *))
  try stack.append(Reshape(shape: start))
  try stack.activate()
  for channels in [4 * width, 2 * width, width] {
    let form = ConvolutionForm(4, stride: 2, padding: 1)
    try stack.append(TransposedConvolution(stack.shape, channels: channels, form))
    try stack.activate()
  }
  try stack.append(Convolution(stack.shape, channels: image[2], ConvolutionForm(3, padding: 1)))
  try stack.cropToOutput()
  return stack.layers
}

private func critic(_ blueprint: Blueprint, _ width: Int) throws -> [any Layer] {
  var stack = LayerStack(blueprint)
  let stages = [1, 1, 2, 2, 4, 4, 8]
  for (position, factor) in stages.enumerated() {
    let form =
      position.isMultiple(of: 2)
      ? ConvolutionForm(3, padding: 1) : ConvolutionForm(4, stride: 2, padding: 1)
    try stack.append(Convolution(stack.shape, channels: factor * width, form))
    try stack.activate(isNormalized: position > 0)
  }
  try stack.appendLinear(blueprint.outputShape.reduce(1, *))
  return stack.layers
}
