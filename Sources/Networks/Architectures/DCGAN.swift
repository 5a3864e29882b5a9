import Catalog

/// The fully convolutional pair of networks of 1511.06434.
let dcgan = Entry(
  EntryDescription(
    "dcgan",
    "Generator: transposed convolutions from the latent to a small map and on to the image, doubling it and halving channels per stage. Critic: the mirror image with strided convolutions, no normalizer on the first, one over the whole last map to a number",
    formula:
      "start = ⌈image / 2^depth⌉; channels width·2^(depth−1), …, width; a surplus of start·2^depth over the image is cropped evenly",
    source: "1511.06434",
    parameters: [
      widthParameter(64, "the channels next to the image"),
      .integer(
        "depth", 0...10, default: 0,
        "the number of stages that halve or double the image; 0 for as many as leave a map of at least 4×4"
      ),
      .integer("kernel", 3...5, default: 4, "rows and columns of a stage's kernel"),
      .choice(
        "bias", ["auto", "always", "never"], default: "auto",
        "whether convolutions have a bias: auto where no normalizer follows that would undo it, as batch, virtual-batch and instance norm do"
      ),
    ]),
  Architecture { blueprint, arguments in
    try DCGAN(blueprint, arguments).layers()
  })

private struct DCGAN {
  private let image: [Int]
  private let depth: Int
  private let width: Int
  private let form: ConvolutionForm
  private let bias: String
  private var stack: LayerStack

  init(_ blueprint: Blueprint, _ arguments: Arguments) throws {
    let asked = arguments.integer("depth")
    image = try blueprint.imageShape("dcgan", smallest: asked == 0 ? 8 : 1 << asked)
    depth = asked == 0 ? halvings(image, smallest: 4) : asked
    width = arguments.integer("width")
    let kernel = arguments.integer("kernel")
    // Odd kernels are centred on a pixel: with 3 or 5 an output padding of 1 doubles the map exactly.
    form = ConvolutionForm(kernel, stride: 2, padding: (kernel - 1) / 2)
    bias = arguments.text("bias")
    stack = LayerStack(blueprint)
  }

  consuming func layers() throws -> [any Layer] {
    switch stack.blueprint.player {
    case .generator: try generator()
    case .critic: try critic()
    }
  }

  private consuming func generator() throws -> [any Layer] {
    let start = ConvolutionForm(kernel: startingMap(image, depth: depth))
    let first = width << (depth - 1)
    try appendHidden { stack, hasBias in
      TransposedConvolution(stack.shape, channels: first, start, hasBias: hasBias)
    }
    for stage in 1..<depth {
      let channels = first >> stage
      try appendHidden { [form] stack, hasBias in
        TransposedConvolution(
          stack.shape, channels: channels, form, outputPadding: form.kernel[0] & 1,
          hasBias: hasBias)
      }
    }
    try stack.append(
      TransposedConvolution(
        stack.shape, channels: image[2], form, outputPadding: form.kernel[0] & 1,
        hasBias: bias != "never"))
    try stack.cropToOutput()
    return stack.layers
  }

  private consuming func critic() throws -> [any Layer] {
    for stage in 0..<depth {
      let channels = width << stage
      try appendHidden(isNormalized: stage > 0) { [form] stack, hasBias in
        Convolution(stack.shape, channels: channels, form, hasBias: hasBias)
      }
    }
    let whole = ConvolutionForm(kernel: Array(stack.shape[..<2]))
    let outputs = stack.blueprint.outputShape.reduce(1, *)
    try stack.append(
      Convolution(stack.shape, channels: outputs, whole, hasBias: bias != "never"))
    return stack.layers
  }

  /// A convolution with what stands behind it.
  private mutating func appendHidden(
    isNormalized: Bool = true, _ make: (LayerStack, _ hasBias: Bool) -> any Layer
  ) throws {
    let shape = make(stack, true).outputShape(of: stack.shape)
    let normalizer = isNormalized ? try stack.blueprint.normalizer(shape) : nil
    let isUndone = normalizer != nil && stack.blueprint.normalizerRemovesShift
    try stack.append(make(stack, bias == "always" || (bias == "auto" && !isUndone)))
    try stack.activate(isNormalized: isNormalized)
  }
}
