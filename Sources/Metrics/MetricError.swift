import LinearAlgebra

/// Which of the two sample sets of a comparison.
public enum Side: String, Hashable, Sendable {
  /// The data's.
  case real
  /// The generator's.
  case fake
}

/// Why a metric has no value.
public enum MetricError: Error, Hashable, Sendable {
  /// A sample holds a NaN or an infinity.
  case notFinite(metric: String, side: Side, row: Int)
  /// The two sets do not lie in the same space.
  case dimensions(metric: String, real: Int, fake: Int)
  /// The metric is not defined for so few samples.
  case tooFewSamples(metric: String, side: Side, count: Int, needed: Int)
  /// The metric counts modes, and the data have none that are known.
  case noMixture(metric: String)
  /// The samples and the modes do not lie in the same space.
  case mixtureDimension(metric: String, mixture: Int, samples: Int)
  /// A row of what should be probabilities holds a negative number or does not sum to 1.
  case notProbabilities(metric: String, side: Side, row: Int)
  /// The formula has no value on these samples.
  case undefined(metric: String, reason: String)
  /// A matrix computation failed.
  case linearAlgebra(metric: String, LinearAlgebraError)
}

extension MetricError: CustomStringConvertible {
  /// One sentence that says which metric, which samples, and what to do.
  public var description: String {
    switch self {
    case .notFinite(let metric, let side, let row):
      "\(metric): \(side.rawValue) sample \(row) holds a NaN or an infinity; "
        + "measure an earlier step or leave the sample out"
    case .dimensions(let metric, let real, let fake):
      "\(metric): real samples have \(real) dimensions and fake samples \(fake); "
        + "pass both through the same feature extractor"
    case .tooFewSamples(let metric, let side, let count, let needed):
      "\(metric): \(count) \(side.rawValue) samples, at least \(needed) are needed"
    case .noMixture(let metric):
      "\(metric): the data have no known modes; use it with a mixture such as ring8 or grid25"
    case .mixtureDimension(let metric, let mixture, let samples):
      "\(metric): modes have \(mixture) dimensions and samples \(samples); use the raw features"
    case .notProbabilities(let metric, let side, let row):
      "\(metric): row \(row) of the \(side.rawValue) samples holds no probabilities of classes; "
        + "give it the softmax of a classifier, [n, classes] or [n, parts, classes]"
    case .undefined(let metric, let reason): "\(metric): \(reason)"
    case .linearAlgebra(let metric, let error): "\(metric): \(error)"
    }
  }
}
