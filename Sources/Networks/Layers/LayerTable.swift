import Catalog
import Schedules

/// Makes a layer for samples of a shape; nil for one that changes nothing.
///
/// - Throws: where the layer does not fit the shape, with what arrives and what to do.
public typealias LayerBuilder =
  @Sendable (_ shape: [Int], Arguments) throws -> (any Layer)?

/// The layers that a list in an experiment file can name: those with shapes, normalizers, activations.
public let layerTable = Table<LayerBuilder>(
  "layer", isKeyed: true, shapingEntries + normalizerEntries + activationEntries)

private let normalizerEntries: [Entry<LayerBuilder>] = normalizerTable.entries
  .filter { $0.description.name != "none" }
  .map { Entry($0.description, $0.body.layer) }

private let activationEntries: [Entry<LayerBuilder>] = activationTable.entries.map { entry in
  Entry(entry.description) { _, arguments in entry.body.layer(arguments) }
}

private let shapingEntries: [Entry<LayerBuilder>] = [
  Entry(
    EntryDescription(
      "linear", "A linear layer; feature maps are flattened", formula: "xWᵀ + b",
      parameters: [
        Parameter("outputs", .integer(1...1_048_576), "the number of outputs"), bias,
      ], shorthand: "outputs")
  ) { shape, arguments in
    Linear(
      shape.reduce(1, *), arguments.integer("outputs"), hasBias: arguments.boolean("bias"))
  },
  Entry(
    EntryDescription(
      "conv", "A convolution; a vector counts as a map of one pixel",
      formula: "size ← ⌊(size + 2·padding − kernel)/stride⌋ + 1",
      parameters: convolutionParameters + [bias], shorthand: "channels"), convolution),
  Entry(
    EntryDescription(
      "conv-transposed", "A transposed convolution; a vector counts as a map of one pixel",
      formula: "size ← (size − 1)·stride − 2·padding + kernel + outputPadding",
      parameters: convolutionParameters + [
        .integer(
          "outputPadding", 0...15, default: 0,
          "further rows and columns below and at the right, less than the stride"), bias,
      ], shorthand: "channels"), transposedConvolution),
  Entry(
    EntryDescription(
      "upsample", "Each pixel as a square of equal ones", formula: "size ← size·factor",
      parameters: [.integer("factor", 1...64, default: 2, "rows and columns of the square")],
      shorthand: "factor")
  ) { shape, arguments in
    try requireMaps(shape)
    return Upsample(factor: arguments.integer("factor"))
  },
  pool(.average, "average-pool", "The mean over windows; padding counts as zeros"),
  pool(.maximum, "max-pool", "The maximum over windows; padding is never it"),
  globalPool(isMean: false, "global-sum", "The sum over all pixels of each channel"),
  globalPool(isMean: true, "global-mean", "The mean over all pixels of each channel"),
  Entry(
    EntryDescription(
      "reshape",
      "Another shape of as many numbers, [features] or [height, width, channels], in PyTorch's order of elements: channel by channel",
      parameters: [
        Parameter(
          "shape", .list(.integer(1...1_048_576), count: 1...3),
          "the extents of a vector or of feature maps")
      ], shorthand: "shape", check: checkReshape), reshape),
  Entry(
    EntryDescription("flatten", "Each sample as a vector, channel by channel as in PyTorch")
  ) { shape, _ in Reshape(shape: [shape.reduce(1, *)]) },
  Entry(
    EntryDescription(
      "dropout", "Dropout of elements, or of channels with all their pixels",
      formula: "x·[u > rate]/(1 − rate) in training", source: "1207.0580",
      parameters: [
        .real("rate", .halfOpen(0, 1), default: 0.5, "the probability of being dropped"),
        .choice("unit", ["element", "channel"], default: "element", "what is dropped together"),
      ], shorthand: "rate")
  ) { _, arguments in
    let rate = arguments.real("rate")
    guard rate > 0 else { return nil }
    return Dropout(rate: .constant(rate), ofChannels: arguments.text("unit") == "channel")
  },
]

// MARK: Convolutions

private let bias = Parameter.boolean("bias", default: true, "whether a number is added per output")

private let convolutionParameters: [Parameter] = [
  Parameter("channels", .integer(1...65536), "the number of output channels"),
  .integer("kernel", 1...64, default: 3, "rows and columns of the kernel"),
  .integer("stride", 1...16, default: 1, "pixels from one window to the next"),
  .integer("padding", 0...32, default: 0, "rows and columns of zeros around the maps"),
]

private func form(_ arguments: Arguments) -> ConvolutionForm {
  ConvolutionForm(
    arguments.integer("kernel"), stride: arguments.integer("stride"),
    padding: arguments.integer("padding"))
}

private let convolution: LayerBuilder = { shape, arguments in
  let form = form(arguments)
  try requireWindows(shape, form.kernel[0], form.padding)
  return Convolution(
    shape, channels: arguments.integer("channels"), form, hasBias: arguments.boolean("bias"))
}

private let transposedConvolution: LayerBuilder = { shape, arguments in
  let (form, outputPadding) = (form(arguments), arguments.integer("outputPadding"))
  guard outputPadding < form.stride else {
    throw NetworkError("'outputPadding' must be less than 'stride', \(form.stride)")
  }
  let layer = TransposedConvolution(
    shape, channels: arguments.integer("channels"), form, outputPadding: outputPadding,
    hasBias: arguments.boolean("bias"))
  guard layer.outputShape(of: shape).allSatisfy({ $0 > 0 }) else {
    throw NetworkError(
      "a padding of \(form.padding) leaves nothing of \(shapeText(shape)) under a kernel of "
        + "\(form.kernel[0])")
  }
  return layer
}

// MARK: Sizes

private func pool(
  _ kind: Pool.Kind, _ name: String, _ summary: String
) -> Entry<LayerBuilder> {
  Entry(
    EntryDescription(
      name, summary, formula: "size ← ⌊(size + 2·padding − window)/stride⌋ + 1",
      parameters: [
        .integer("size", 1...64, default: 2, "rows and columns of a window"),
        .integer(
          "stride", 0...64, default: 0, "pixels from one window to the next; 0 for the size"),
        .integer("padding", 0...32, default: 0, "rows and columns around the maps"),
      ], shorthand: "size")
  ) { shape, arguments in
    let (size, stride) = (arguments.integer("size"), arguments.integer("stride"))
    let padding = arguments.integer("padding")
    try requireMaps(shape)
    try requireWindows(shape, size, padding)
    guard padding < size else {
      throw NetworkError("'padding' must be less than the window's size, \(size)")
    }
    return Pool(kind, size, stride: stride == 0 ? size : stride, padding: padding)
  }
}

private func globalPool(
  isMean: Bool, _ name: String, _ summary: String
) -> Entry<LayerBuilder> {
  Entry(EntryDescription(name, summary)) { shape, _ in
    try requireMaps(shape)
    return GlobalPool(isMean: isMean)
  }
}

private let checkReshape: @Sendable (Arguments) -> String? = { arguments in
  let shape = arguments.integers("shape")
  return shape.count == 2
    ? "a shape is [features] or [height, width, channels], not \(shape)" : nil
}

private let reshape: LayerBuilder = { shape, arguments in
  let target = arguments.integers("shape")
  let (count, wanted) = (shape.reduce(1, *), target.reduce(1, *))
  guard count == wanted else {
    throw NetworkError(
      "\(shapeText(target)) \(target.count == 1 ? "is" : "are") \(wanted) numbers, but "
        + "\(shapeText(shape)) arrive\(shape.count == 1 ? "s" : ""), which has \(count)")
  }
  return Reshape(shape: target)
}

// MARK: Mistakes

private func requireMaps(_ shape: [Int]) throws {
  guard shape.count == 3 else {
    throw NetworkError(
      "it needs feature maps, but \(shapeText(shape)) arrives; put a 'reshape' before it")
  }
}

private func requireWindows(_ shape: [Int], _ size: Int, _ padding: Int) throws {
  let map = mapShape(shape)
  guard min(map[0], map[1]) + 2 * padding >= size else {
    throw NetworkError(
      "a window of \(size)×\(size) does not fit into \(shapeText(shape)) with a padding of "
        + "\(padding)")
  }
}
