import Arrays
import Catalog

/// A map from samples to the vectors that metrics compare, before it has seen data.
public struct Extractor: Sendable {
  private let fit: @Sendable (HostArray<Float>, Arguments) throws -> FittedExtractor

  init(fit: @escaping @Sendable (HostArray<Float>, Arguments) throws -> FittedExtractor) {
    self.fit = fit
  }

  /// The extractor fitted to real samples, shape `[n, d…]`.
  ///
  /// - Throws: `FeatureError` when the samples are too few, too small or not finite.
  public func fitted(
    to samples: HostArray<Float>, _ arguments: Arguments
  ) throws -> FittedExtractor {
    try fit(samples, arguments)
  }
}

/// A map from samples to the vectors that metrics compare.
public struct FittedExtractor: Sendable {
  /// The entry's name in the table.
  public let name: String
  /// How many numbers one sample has.
  public let inputs: Int
  /// How many numbers one feature vector has.
  public let outputs: Int
  /// The arrays that fitting found; with `identity` they determine every feature, so that both
  /// together can be digested. Empty when nothing was fitted.
  public let constants: [HostArray<Double>]

  private let transform: @Sendable (HostArray<Double>) -> HostArray<Double>

  init(
    _ name: String, inputs: Int, outputs: Int, constants: [HostArray<Double>] = [],
    transform: @escaping @Sendable (HostArray<Double>) -> HostArray<Double>
  ) {
    self.name = name
    self.inputs = inputs
    self.outputs = outputs
    self.constants = constants
    self.transform = transform
  }

  /// What the extractor is, without its constants: name and sizes.
  public var identity: Value {
    .map(["name": .text(name), "inputs": .integer(inputs), "outputs": .integer(outputs)])
  }

  /// The features of samples of shape `[m, d…]`, shape `[m, outputs]`. A sample that is not finite
  /// has features that are not.
  ///
  /// - Throws: `FeatureError.dimensions` when a sample has another size than the fitted ones.
  public func callAsFunction(_ samples: HostArray<Float>) throws -> HostArray<Double> {
    guard samples.rowCount == inputs else {
      throw FeatureError.dimensions(
        extractor: name, expected: inputs, found: samples.rowCount)
    }
    return transform(widened(samples))
  }
}

/// Single precision as double, flattened to a matrix.
func widened(_ samples: HostArray<Float>) -> HostArray<Double> {
  HostArray(shape: [samples.rows, samples.rowCount], elements: samples.elements.map(Double.init))
}
