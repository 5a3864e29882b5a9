import Arrays
import CWeights
import Engine

/// A classifier of grey images whose weights come with this program: trained by its own engine, pinned by their sum.
public struct Classifier: Sendable {
  /// The data set that it was trained on.
  public let name: String
  /// SHA-256 of the file of weights, 64 hexadecimal digits.
  public let digest: String
  /// How many of the 10,000 images that were held out it takes for another class.
  public let errors: Int
  /// The network without its weights.
  let network: LeNet

  /// All classifiers; to add one is to add an entry here, its weights to `CWeights`, and to train it.
  public static let all = [
    Classifier(
      name: "mnist",
      digest: "7ce88a1df6aa3988ab5affab1aaab37b32d4977fd717e8a96982aacac2bd4ff3", errors: 107,
      network: LeNet(imageSize: 28, padding: 0, classCount: 10)),
    Classifier(
      name: "fashion-mnist",
      digest: "dca1da1913123a36d5500b71c1734e785537742951627c76d9e0a446d09a3707", errors: 1067,
      network: LeNet(imageSize: 28, padding: 0, classCount: 10)),
    Classifier(
      name: "glyphs",
      digest: "bf3bcd411914c71c07b80aaa21114568146f099911724771ef43fce0dba198d9", errors: 0,
      network: LeNet(imageSize: 16, padding: 2, classCount: 10)),
  ]

  /// The classifier of a data set; nil where there is none. Data whose channels are images of another set, called
  /// `stacked-` and that set's name, have its classifier.
  ///
  /// - Parameter dataset: the name of the data set's table entry.
  public init?(of dataset: String) {
    let stacked = "stacked-"
    let base = dataset.hasPrefix(stacked) ? String(dataset.dropFirst(stacked.count)) : dataset
    guard let classifier = Self.all.first(where: { $0.name == base }) else { return nil }
    self = classifier
  }

  private init(name: String, digest: String, errors: Int, network: LeNet) {
    self.name = name
    self.digest = digest
    self.errors = errors
    self.network = network
  }

  /// The file of weights that is part of this program.
  public var file: ClassifierFile {
    var count = 0
    let start = saddle_classifier_weights(name, &count)
    return ClassifierFile(bytes: Array(UnsafeBufferPointer(start: start, count: count)))
  }

  /// The classifier with the weights that are part of this program.
  ///
  /// - Throws: `FeatureError.damagedWeights` when they are not those that their sum was taken of.
  func loaded() throws -> TrainedClassifier {
    let file = file
    guard file.digest == digest else {
      throw FeatureError.damagedWeights(
        classifier: name, reason: "its sum is \(file.digest), not \(digest)")
    }
    return try trained(file)
  }

  /// The classifier with the weights of a file.
  func trained(_ file: ClassifierFile) throws -> TrainedClassifier {
    do {
      return TrainedClassifier(
        network: network, weights: try file.weights(network, file: "\(name).safetensors"))
    } catch {
      throw FeatureError.damagedWeights(classifier: name, reason: error.description)
    }
  }
}

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
    var elements: [Double] = []
    elements.reserveCapacity(scores.elements.count)
    for row in 0..<scores.rows { elements += softmax(scores.row(row)) }
    return HostArray(
      shape: [images.rows, images.shape[3], network.classCount], elements: elements)
  }

  /// The network's outputs for each channel of each image, one row per channel.
  private func applied(
    _ images: HostArray<Float>, _ kernels: Kernels, _ body: @escaping @Sendable (Tensor) -> Tensor
  ) -> HostArray<Double> {
    let size = network.imageSize
    let network = FixedNetwork(imageShape: [size, size, 1], weights: weights, apply: body)
    return network(resized(channels(of: images), to: size), kernels: kernels)
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
private func softmax(_ scores: ArraySlice<Double>) -> [Double] {
  let largest = scores.reduce(-Double.infinity) { max($0, $1) }
  let powers = scores.map { Elementary.exp($0 - largest) }
  let sum = powers.reduce(0, +)
  return powers.map { $0 / sum }
}
