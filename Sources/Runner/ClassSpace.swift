import Arrays
import Datasets
import Engine
import Features

/// The probabilities of classes, a space beside the features of an evaluation.
struct ClassSpace {
  private let extractor: FittedExtractor
  /// Whether the classifier goes on from the features, its own last hidden layer, rather than from samples.
  private let readsFeatures: Bool

  /// - Parameter features: the features of the evaluation.
  /// - Throws: `FeatureError` where there is no classifier of the data.
  init(_ dataset: Dataset, beside features: FittedExtractor, kernels: Kernels) throws {
    let next = try Classifier.probabilities(
      dataset: dataset.name, after: features, kernels: kernels)
    readsFeatures = next != nil
    extractor =
      try next
      ?? Classifier.probabilities(
        dataset: dataset.name, imageShape: dataset.sampleShape, kernels: kernels)
  }

  /// What the space is, for the protocol of an evaluation.
  var summary: String { extractor.summary }

  /// The probabilities of samples whose features are known.
  func callAsFunction(
    _ samples: @autoclosure () -> HostArray<Float>, features: HostArray<Double>
  ) throws -> HostArray<Double> {
    guard readsFeatures else { return try extractor(samples()) }
    // A network's outputs are single precision in double.
    return try extractor(
      HostArray(shape: features.shape, elements: features.elements.map(Float.init)))
  }
}
