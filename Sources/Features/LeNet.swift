import Arrays
import Engine

/// A small convolutional classifier after LeNet-5: two convolutions of 5 × 5, each with ReLU and maxima of 2 × 2, then
/// 64 rectified units, which are the features, and one output per class.
///
/// States are called as in PyTorch's `Sequential(Conv2d, ReLU, MaxPool2d, Conv2d, ReLU, MaxPool2d, Flatten, Linear,
/// ReLU, Linear)`, and hold images channels last. Source: LeCun et al., Proc. IEEE 86, 1998.
struct LeNet: Sendable {
  /// The number of features, the outputs of the last hidden layer.
  static let featureCount = 64
  private static let channels = (first: 16, second: 32)
  private static let kernel = 5

  /// Height and width of the images.
  let imageSize: Int
  /// Zeros around the images of both convolutions.
  let padding: Int
  /// The number of classes.
  let classCount: Int

  /// One weight or bias.
  struct Parameter: Sendable {
    /// The name of its state.
    let name: String
    /// The extent of each axis.
    let shape: [Int]

    /// The number of terms that an output of the layer is a sum of; nil for a bias.
    var fanIn: Int? { shape.count > 1 ? shape.dropFirst().reduce(1, *) : nil }
  }

  /// Height and width of the maps that the last pooling leaves.
  var mapSize: Int {
    let first = (imageSize + 2 * padding - Self.kernel + 1) / 2
    return (first + 2 * padding - Self.kernel + 1) / 2
  }

  /// The number of maps that the last pooling leaves.
  var mapCount: Int { Self.channels.second }

  /// All weights and biases in the order of the layers.
  var parameters: [Parameter] {
    let (first, second) = Self.channels
    let (kernel, flat) = (Self.kernel, mapSize * mapSize * second)
    let layers: [(String, [Int])] = [
      ("0", [first, kernel, kernel, 1]), ("3", [second, kernel, kernel, first]),
      ("7", [Self.featureCount, flat]), ("9", [classCount, Self.featureCount]),
    ]
    return layers.flatMap { name, shape in
      [
        Parameter(name: name + ".weight", shape: shape),
        Parameter(name: name + ".bias", shape: [shape[0]]),
      ]
    }
  }

  /// The features of grey images `[n, size, size, 1]` in [−1, 1], shape `[n, 64]`.
  func features(_ images: Tensor) -> Tensor {
    let states = parameters.map { images.graph.state($0.name, $0.shape) }
    let first = (images.convolved(states[0], padding: padding) + states[1]).relu().maxPooled(2)
    let maps = (first.convolved(states[2], padding: padding) + states[3]).relu().maxPooled(2)
    let flat = maps.reshaped([maps.shape[0], maps.count / maps.shape[0]])
    return (flat.matmul(states[4].transposed) + states[5]).relu()
  }

  /// The scores of the classes whose softmax are their probabilities, shape `[n, classes]`.
  func scores(_ images: Tensor) -> Tensor { scores(after: features(images)) }

  /// The scores that features `[n, 64]` give, shape `[n, classes]`.
  func scores(after features: Tensor) -> Tensor {
    let output = parameters.suffix(2).map { features.graph.state($0.name, $0.shape) }
    return features.matmul(output[0].transposed) + output[1]
  }
}
