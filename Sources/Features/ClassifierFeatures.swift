import Arrays
import Catalog
import Engine

let classifierEntry = Entry(
  EntryDescription(
    "classifier",
    "The last hidden layer of a classifier that comes with this program, trained on the data set; "
      + "of stacked images each channel is an image of its own, other colours are averaged to grey",
    formula: "φ(x) = (h(x₁), h(x₂), …), h 64 rectified units of a convolutional network",
    source: "LeCun et al., Proc. IEEE 86, 1998 (the network); 1706.08500 (the use of features)",
    parameters: [
      .choice(
        trainedOn, [ownData] + Classifier.all.map(\.name), default: ownData,
        "the set that the classifier was trained on; `data` for that of the experiment")
    ]),
  Extractor(
    weights: { dataset, arguments in chosen(dataset, arguments)?.digest ?? "" },
    obstacle: { dataset, sampleShape, arguments in
      if sampleShape.count != 3 {
        return "classifier features are those of images, and samples of \(dataset) are "
          + "\(sizeText(sampleShape)); use raw or pca"
      }
      return chosen(dataset, arguments) == nil
        ? "\(Classifier.absence(dataset)); use random-convolution, pca or raw features, or another "
          + "set's classifier by '\(trainedOn)'" : nil
    }
  ) { real, arguments, kernels in
    guard let classifier = chosen(real.dataset, arguments) else {
      throw FeatureError.unsuitable(Classifier.absence(real.dataset))
    }
    let trained = try classifier.loaded()
    let imageShape = Array(real.samples.shape.dropFirst())
    let isStacked = Classifier.isStacked(real.dataset)
    let outputs = (isStacked ? imageShape[2] : 1) * LeNet.featureCount
    return FittedExtractor(
      "classifier", "classifier features of dimension \(outputs) (\(classifier.summary))",
      inputs: imageShape.reduce(1, *), outputShape: [outputs], classifier: classifier
    ) {
      let images = shaped($0, imageShape)
      return trained.features(isStacked ? images : images.grey, kernels)
    }
  })

private let trainedOn = "trained-on"
private let ownData = "data"

private func chosen(_ dataset: String, _ arguments: Arguments) -> Classifier? {
  let name = arguments.text(trainedOn)
  return Classifier(of: name == ownData ? dataset : name)
}

extension Classifier {
  /// The probabilities that the classifier of a data set gives its classes, as a feature space: shape `[m, channels,
  /// classes]`, where a class of stacked images is one class per channel; of other images there is one channel, the mean of their own.
  ///
  /// - Parameters:
  ///   - dataset: the name of the data set's table entry, of which there must be a classifier.
  ///   - imageShape: the shape of one sample.
  /// - Throws: `FeatureError`.
  public static func probabilities(
    dataset: String, imageShape: [Int], kernels: Kernels
  ) throws -> FittedExtractor {
    guard let classifier = Classifier(of: dataset), imageShape.count == 3 else {
      throw FeatureError.unsuitable(absence(dataset))
    }
    let trained = try classifier.loaded()
    let isStacked = Self.isStacked(dataset)
    return FittedExtractor(
      "classes", "class probabilities (\(classifier.summary))",
      inputs: imageShape.reduce(1, *),
      outputShape: [isStacked ? imageShape[2] : 1, classifier.network.classCount]
    ) {
      let images = shaped($0, imageShape)
      return trained.probabilities(isStacked ? images : images.grey, kernels)
    }
  }

  /// The same probabilities as a map from the features of samples, which spares the layers before; nil where these
  /// features are not the last hidden layer of the classifier of the data set.
  ///
  /// - Parameters:
  ///   - dataset: the name of the data set's table entry.
  ///   - features: features of samples of this data set.
  /// - Throws: `FeatureError.damagedWeights`.
  public static func probabilities(
    dataset: String, after features: FittedExtractor, kernels: Kernels
  ) throws -> FittedExtractor? {
    guard let classifier = Classifier(of: dataset),
      features.classifier?.digest == classifier.digest
    else { return nil }
    let trained = try classifier.loaded()
    return FittedExtractor(
      "classes", "class probabilities (\(classifier.summary))", inputs: features.outputs,
      outputShape: [features.outputs / LeNet.featureCount, classifier.classCount]
    ) { trained.probabilities(after: $0, kernels) }
  }

  /// What the classifier is, for the protocol of an evaluation.
  var summary: String { "a classifier trained on \(name), weights \(digest.prefix(12))" }

  /// Says that there is no classifier for a data set, and for which there are.
  public static func absence(_ dataset: String) -> String {
    "there is no classifier for the data set \(dataset), only for "
      + all.map(\.name).joined(separator: ", ")
  }
}
