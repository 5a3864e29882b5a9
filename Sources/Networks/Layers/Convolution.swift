import Engine

/// The geometry that a convolution and its transpose share.
struct ConvolutionForm: Hashable, Sendable {
  /// Rows and columns of the kernel.
  let kernel: [Int]
  /// Pixels from one window to the next.
  let stride: Int
  /// Rows and columns of zeros around the image.
  let padding: Int

  /// Declares a geometry.
  init(kernel: [Int], stride: Int = 1, padding: Int = 0) {
    self.kernel = kernel
    self.stride = stride
    self.padding = padding
  }

  /// A square kernel.
  init(_ kernel: Int, stride: Int = 1, padding: Int = 0) {
    self.init(kernel: [kernel, kernel], stride: stride, padding: padding)
  }

  /// The number of kernel positions.
  var area: Int { kernel[0] * kernel[1] }

  /// Kernel positions that meet at one pixel of the finer image, which no more windows than the coarser one has can.
  func overlap(_ coarse: [Int]) -> Double {
    zip(kernel, coarse).map { min(Double($1), Double($0) / Double(stride)) }.reduce(1, *)
  }
}

/// The convolution (cross-correlation) of feature maps with weights `[out, kh, kw, in]`, and a bias per channel.
struct Convolution: Layer {
  let inputShape: [Int]
  let channels: Int
  let form: ConvolutionForm
  let hasBias: Bool

  /// Declares the layer for samples of a shape; a vector counts as a map of one pixel.
  init(_ inputShape: [Int], channels: Int, _ form: ConvolutionForm, hasBias: Bool = true) {
    self.inputShape = mapShape(inputShape)
    self.channels = channels
    self.form = form
    self.hasBias = hasBias
  }

  private var weightShape: [Int] { [channels, form.kernel[0], form.kernel[1], inputShape[2]] }

  var states: [LayerState] {
    let inputs = form.area * inputShape[2]
    let fanOut = Double(channels) * form.overlap(outputShape(of: inputShape))
    let weight = LayerState(
      name: "weight", shape: weightShape,
      role: .weight(WeightForm(outputs: channels, inputs: inputs, fanOut: fanOut)))
    return hasBias ? [weight, .bias(channels)] : [weight]
  }

  func outputShape(of input: [Int]) -> [Int] {
    let extents = zip(inputShape, form.kernel).map {
      ($0 + 2 * form.padding - $1) / form.stride + 1
    }
    return extents + [channels]
  }

  func apply(_ x: Tensor, name: String, _ pass: ForwardPass) -> Tensor {
    let weight = pass.weight("\(name).weight", x.graph.state("\(name).weight", weightShape))
    let result = x.asMaps.convolved(weight, stride: form.stride, padding: form.padding)
    return hasBias ? result + x.graph.state("\(name).bias", [channels]) : result
  }
}

/// The transposed convolution of feature maps with weights `[in, kh, kw, out]`, and a bias per channel.
struct TransposedConvolution: Layer {
  let inputShape: [Int]
  let channels: Int
  let form: ConvolutionForm
  let outputPadding: Int
  let hasBias: Bool

  /// Declares the layer for samples of a shape; a vector counts as a map of one pixel.
  init(
    _ inputShape: [Int], channels: Int, _ form: ConvolutionForm, outputPadding: Int = 0,
    hasBias: Bool = true
  ) {
    self.inputShape = mapShape(inputShape)
    self.channels = channels
    self.form = form
    self.outputPadding = outputPadding
    self.hasBias = hasBias
  }

  private var weightShape: [Int] { [inputShape[2], form.kernel[0], form.kernel[1], channels] }

  var states: [LayerState] {
    let weight = LayerState(
      name: "weight", shape: weightShape,
      role: .weight(
        WeightForm(
          outputs: channels, inputs: form.area * inputShape[2],
          fanIn: Double(inputShape[2]) * form.overlap(inputShape),
          fanOut: Double(form.area * channels), hasOutputsLast: true)))
    return hasBias ? [weight, .bias(channels)] : [weight]
  }

  func outputShape(of input: [Int]) -> [Int] {
    let extents = zip(inputShape, form.kernel).map {
      ($0 - 1) * form.stride - 2 * form.padding + $1 + outputPadding
    }
    return extents + [channels]
  }

  func apply(_ x: Tensor, name: String, _ pass: ForwardPass) -> Tensor {
    let stored = x.graph.state("\(name).weight", weightShape)
    let weight = pass.weight("\(name).weight", stored.permuted([3, 1, 2, 0]))
      .permuted([3, 1, 2, 0])
    let result = x.asMaps.transposedConvolved(
      weight, stride: form.stride, padding: form.padding, outputPadding: outputPadding)
    return hasBias ? result + x.graph.state("\(name).bias", [channels]) : result
  }
}

/// The shape of a vector as a map of one pixel.
func mapShape(_ sample: [Int]) -> [Int] { sample.count == 1 ? [1, 1, sample[0]] : sample }
