import Arrays
import Engine

/// A classifier and weights.
struct TrainedClassifier: Sendable {
  /// The network.
  let network: LeNet
  /// The weights of all its parameters.
  let weights: [NamedArray]

  /// The features of images `[n, height, width, channels]`, shape `[n, channels · 64]`: each channel is taken as a grey
  /// image, resized to that of the network, and the channels' features are joined.
  func features(_ images: HostArray<Float>, _ kernels: Kernels) -> HostArray<Double> {
    let result = applied(images, kernels) { [network] in network.features($0) }
    return HostArray(
      shape: [images.rows, images.shape[3] * LeNet.featureCount], elements: result.elements)
  }

  /// The probabilities of the classes for each channel of images, shape `[n, channels, classes]`, in Float64.
  func probabilities(_ images: HostArray<Float>, _ kernels: Kernels) -> HostArray<Double> {
    let scores = applied(images, kernels) { [network] in network.scores($0) }
    return softmax(scores, channels: images.shape[3])
  }

  /// The same probabilities from the features that `features` gives, in Float32, shape `[n, channels · 64]`.
  func probabilities(after features: HostArray<Float>, _ kernels: Kernels) -> HostArray<Double> {
    let last = FixedNetwork(inputShape: [LeNet.featureCount], weights: weights) { [network] in
      network.scores(after: $0)
    }
    let channels = features.rowCount / LeNet.featureCount
    let scores = last(
      HostArray(
        shape: [features.rows * channels, LeNet.featureCount], elements: features.elements),
      kernels: kernels)
    return softmax(scores, channels: channels)
  }

  /// The probabilities that scores, one row per channel of an image, stand for, shape `[n, channels, classes]`.
  private func softmax(_ scores: HostArray<Double>, channels: Int) -> HostArray<Double> {
    var elements: [Double] = []
    elements.reserveCapacity(scores.elements.count)
    for row in 0..<scores.rows { elements += shares(scores.row(row)) }
    return HostArray(
      shape: [scores.rows / channels, channels, network.classCount], elements: elements)
  }

  /// The network's outputs for each channel of each image, one row per channel.
  private func applied(
    _ images: HostArray<Float>, _ kernels: Kernels, _ body: @escaping @Sendable (Tensor) -> Tensor
  ) -> HostArray<Double> {
    let size = network.imageSize
    let network = FixedNetwork(inputShape: [size, size, 1], weights: weights, apply: body)
    return network(resized(channels(of: images), to: size), kernels: kernels)
  }
}

extension HostArray<Float> {
  /// Images `[n, height, width, channels]` as grey ones `[n, height, width, 1]`: the mean of their channels.
  var grey: HostArray<Float> {
    let count = shape[3]
    if count == 1 { return self }
    let scale = 1 / Float(count)
    let pixels = (0..<elements.count / count).map { pixel in
      (0..<count).reduce(Float(0)) { $0 + elements[pixel * count + $1] } * scale
    }
    return HostArray(shape: [shape[0], shape[1], shape[2], 1], elements: pixels)
  }
}

/// The channels of images `[n, height, width, channels]` as grey images `[n · channels, height, width, 1]`.
private func channels(of images: HostArray<Float>) -> HostArray<Float> {
  let (height, width, count) = (images.shape[1], images.shape[2], images.shape[3])
  let shape = [images.rows * count, height, width, 1]
  if count == 1 { return HostArray(shape: shape, elements: images.elements) }
  var elements: [Float] = []
  elements.reserveCapacity(images.elements.count)
  for image in 0..<images.rows {
    let start = image * images.rowCount
    for channel in 0..<count {
      for pixel in 0..<height * width {
        elements.append(images.elements[start + pixel * count + channel])
      }
    }
  }
  return HostArray(shape: shape, elements: elements)
}

/// eˢ over the sum of all eˢ, the largest score taken off first.
private func shares(_ scores: ArraySlice<Double>) -> [Double] {
  let largest = scores.reduce(-Double.infinity) { max($0, $1) }
  let powers = scores.map { Elementary.exp($0 - largest) }
  let sum = powers.reduce(0, +)
  return powers.map { $0 / sum }
}
