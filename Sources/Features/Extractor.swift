import Arrays
import Catalog
import Engine

/// Real samples, and what features need to know of where they come from.
public struct RealSamples: Sendable {
  /// The name of the data set's table entry, by which a classifier is chosen.
  public let dataset: String
  /// The samples, shape `[n, d…]`; images are `[n, height, width, channels]`.
  public let samples: HostArray<Float>

  /// Joins samples and the name of their data set.
  public init(_ samples: HostArray<Float>, of dataset: String) {
    self.samples = samples
    self.dataset = dataset
  }
}

/// A map from samples to the vectors that metrics compare, before it has seen data.
public struct Extractor: Sendable {
  /// Fits the extractor; networks are run by the kernels.
  typealias Fit = @Sendable (RealSamples, Arguments, Kernels) throws -> FittedExtractor
  /// Says what keeps an extractor from data of a shape.
  typealias Obstacle =
    @Sendable (_ dataset: String, _ sampleShape: [Int], Arguments) -> String?

  private let fit: Fit
  private let findObstacle: Obstacle
  private let pinnedWeights: @Sendable (_ dataset: String, Arguments) -> String

  /// Defines an extractor.
  ///
  /// - Parameters:
  ///   - weights: the digest of the pinned weights that features are a function of; empty without.
  ///   - obstacle: what keeps it from data of a shape; fitting relies on there being nothing.
  init(
    weights: @escaping @Sendable (_ dataset: String, Arguments) -> String = { _, _ in "" },
    obstacle: @escaping Obstacle = { _, _, _ in nil }, fit: @escaping Fit
  ) {
    self.fit = fit
    findObstacle = obstacle
    pinnedWeights = weights
  }

  /// What keeps the extractor from samples of a data set, and what to do about it; nil when nothing does.
  ///
  /// - Parameter sampleShape: the shape of one sample.
  public func obstacle(
    dataset: String, sampleShape: [Int], _ arguments: Arguments
  ) -> String? {
    findObstacle(dataset, sampleShape, arguments)
  }

  /// The digest of the weights that come with this program and that the features of a data set are a function of;
  /// empty where there are none.
  public func weights(dataset: String, _ arguments: Arguments) -> String {
    pinnedWeights(dataset, arguments)
  }

  /// The extractor fitted to real samples.
  ///
  /// - Parameter kernels: run the networks; all give the same bits.
  /// - Throws: `FeatureError` when the samples are of a shape that it has no features of, too few or not finite.
  public func fitted(
    to real: RealSamples, _ arguments: Arguments, kernels: Kernels
  ) throws -> FittedExtractor {
    let shape = Array(real.samples.shape.dropFirst())
    if let reason = findObstacle(real.dataset, shape, arguments) {
      throw FeatureError.unsuitable(reason)
    }
    return try fit(real, arguments, kernels)
  }
}

/// A map from samples to the vectors that metrics compare.
public struct FittedExtractor: Sendable {
  /// The entry's name in the table.
  public let name: String
  /// What the features are, for the protocol of an evaluation: a noun phrase.
  public let summary: String
  /// How many numbers one sample has.
  public let inputs: Int
  /// The shape of the features of one sample.
  public let outputShape: [Int]
  /// The arrays that fitting found or drew; empty when there are none.
  public let constants: [HostArray<Double>]

  /// The classifier whose last hidden layer the features are; nil for all others.
  let classifier: Classifier?

  private let transform: @Sendable (HostArray<Float>) -> HostArray<Double>

  /// Defines a map.
  ///
  /// - Parameter transform: from samples `[m, d…]` of the right size to features `[m] + outputShape`.
  init(
    _ name: String, _ summary: String, inputs: Int, outputShape: [Int],
    constants: [HostArray<Double>] = [], classifier: Classifier? = nil,
    transform: @escaping @Sendable (HostArray<Float>) -> HostArray<Double>
  ) {
    self.name = name
    self.summary = summary
    self.inputs = inputs
    self.outputShape = outputShape
    self.constants = constants
    self.classifier = classifier
    self.transform = transform
  }

  /// How many numbers the features of one sample are.
  public var outputs: Int { outputShape.reduce(1, *) }

  /// The features of samples of shape `[m, d…]`, shape `[m] + outputShape`. A sample that is not finite
  /// has features that are not.
  ///
  /// - Throws: `FeatureError.dimensions` when a sample has another size than the fitted ones.
  public func callAsFunction(_ samples: HostArray<Float>) throws -> HostArray<Double> {
    guard samples.rowCount == inputs else {
      throw FeatureError.dimensions(
        extractor: name, expected: inputs, found: samples.rowCount)
    }
    return transform(samples)
  }
}

/// Single precision as double, flattened to a matrix.
func widened(_ samples: HostArray<Float>) -> HostArray<Double> {
  HostArray(shape: [samples.rows, samples.rowCount], elements: samples.elements.map(Double.init))
}
