import Arrays
import CWeights

/// A classifier of grey images whose weights come with this program: trained by its own engine, pinned by their sum.
public struct Classifier: Sendable {
  /// The data set that it was trained on.
  public let name: String
  /// SHA-256 of the file of weights, 64 hexadecimal digits.
  public let digest: String
  /// How many of the 10,000 images that were held out it takes for another class.
  public let errors: Int
  /// How many classes it tells apart.
  public var classCount: Int { network.classCount }
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
    let base =
      Self.isStacked(dataset) ? String(dataset.dropFirst(Self.stackedPrefix.count)) : dataset
    guard let classifier = Self.all.first(where: { $0.name == base }) else { return nil }
    self = classifier
  }

  private static let stackedPrefix = "stacked-"

  /// Whether the channels of a data set's images are images of another set, each with a class of its own.
  ///
  /// - Parameter dataset: the name of the data set's table entry.
  public static func isStacked(_ dataset: String) -> Bool { dataset.hasPrefix(stackedPrefix) }

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
