import Arrays
import Catalog
import Engine

let randomConvolutionEntry = Entry(
  EntryDescription(
    "random-convolution",
    "Means over space of three levels of a convolutional network whose weights are drawn, never "
      + "trained: features of edges and textures that no labels favour",
    formula:
      "hₗ = leaky(wₗ ∗ hₗ₋₁), 3 × 3 with stride 2, slope 0.2, w ~ N(0, 2/((1 + 0.2²)·fan_in)); "
      + "φ(x) = (mean h₁, mean h₂, mean h₃)",
    source: "2002.09797 (random embeddings); Saxe et al., ICML 2011",
    parameters: [
      .integer(
        "width", 4...128, default: 32,
        "channels of the first level; the next ones have twice and four times as many"),
      .integer("seed", 0...1_000_000_000, default: 0, "the seed of the weights"),
    ]),
  Extractor(obstacle: { dataset, sampleShape, _ in
    let isImage = sampleShape.count == 3 && [1, 3].contains(sampleShape[2])
    if isImage, sampleShape[0] >= 8, sampleShape[1] >= 8 { return nil }
    return "random-convolution features are those of images of at least 8 × 8 pixels with 1 or 3 "
      + "channels, and samples of \(dataset) are \(sizeText(sampleShape)); use raw or pca"
  }) { real, arguments, kernels in
    randomConvolution(
      imageShape: Array(real.samples.shape.dropFirst()), width: arguments.integer("width"),
      seed: arguments.integer("seed"), kernels)
  })

/// The slope of the rectifiers below zero.
private let slope = 0.2

private func randomConvolution(
  imageShape: [Int], width: Int, seed: Int, _ kernels: Kernels
) -> FittedExtractor {
  let widths = [width, 2 * width, 4 * width]
  let weights = drawnWeights(channels: imageShape[2], widths: widths, seed: UInt64(seed))
  let network = FixedNetwork(inputShape: imageShape, weights: weights) { images in
    var level = images
    let means = weights.map { name, array in
      let weight = images.graph.state(name, array.shape)
      level = level.convolved(weight, stride: 2, padding: 1).leakyRelu(slope: slope)
      return level.mean(over: [1, 2])
    }
    return Tensor.concatenated(means, axis: 1)
  }
  let outputs = widths.reduce(0, +)
  return FittedExtractor(
    "random-convolution", "random-convolution features of dimension \(outputs) (seed \(seed))",
    inputs: imageShape.reduce(1, *), outputShape: [outputs],
    constants: weights.map { TypedArray.float32($0.array).doubles }
  ) { network(shaped($0, imageShape), kernels: kernels) }
}

/// Weights of shape `[out, 3, 3, in]` from the streams `features/random-convolution/<level>`.
private func drawnWeights(channels: Int, widths: [Int], seed: UInt64) -> [NamedArray] {
  zip([channels] + widths, widths).enumerated().map { level, sizes in
    let fanIn = 9 * sizes.0
    let stream = RandomStream(seed: seed, name: "features/random-convolution/\(level)")
    let elements = heNormal(sizes.1 * fanIn, fanIn: fanIn, slope: slope, stream).map(Float.init)
    return ("\(level).weight", HostArray(shape: [sizes.1, 3, 3, sizes.0], elements: elements))
  }
}

/// Samples `[n, d…]` as images `[n] + imageShape` of as many numbers.
func shaped(_ samples: HostArray<Float>, _ imageShape: [Int]) -> HostArray<Float> {
  HostArray(shape: [samples.rows] + imageShape, elements: samples.elements)
}

/// The extents of one sample: `28 × 28 × 1`, `points of 2 numbers`.
func sizeText(_ sampleShape: [Int]) -> String {
  sampleShape.count == 3
    ? sampleShape.map(String.init).joined(separator: " × ")
    : "points of \(sampleShape.reduce(1, *)) numbers"
}
