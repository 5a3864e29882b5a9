import LinearAlgebra

/// Why features cannot be computed.
public enum FeatureError: Error, Hashable, Sendable {
  /// Data of which there are no such features, and what to do.
  case unsuitable(String)
  /// Weights that come with this program and are not those that their sum was taken of.
  case damagedWeights(classifier: String, reason: String)
  /// More components are asked for than the data can have.
  case tooManyComponents(asked: Int, dimensions: Int, samples: Int)
  /// The samples differ in size from those that the extractor was fitted on.
  case dimensions(extractor: String, expected: Int, found: Int)
  /// A real sample holds a NaN or an infinity.
  case notFinite(extractor: String, row: Int)
  /// A matrix computation failed.
  case linearAlgebra(extractor: String, LinearAlgebraError)
}

extension FeatureError: CustomStringConvertible {
  /// One sentence that says which extractor, which samples, and what to do.
  public var description: String {
    switch self {
    case .unsuitable(let reason): reason
    case .damagedWeights(let classifier, let reason):
      "the built-in classifier '\(classifier)' is damaged: \(reason); build the program again"
    case .tooManyComponents(let asked, let dimensions, let samples):
      "pca: \(asked) components of \(samples) samples with \(dimensions) dimensions; "
        + "ask for at most \(max(0, min(dimensions, samples - 1))), or use the raw features"
    case .dimensions(let extractor, let expected, let found):
      "\(extractor): fitted on samples of \(expected) numbers, given samples of \(found)"
    case .notFinite(let extractor, let row):
      "\(extractor): real sample \(row) holds a NaN or an infinity; check the data set"
    case .linearAlgebra(let extractor, let error): "\(extractor): \(error)"
    }
  }
}
