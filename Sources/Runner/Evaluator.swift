import Arrays
import Catalog
import Datasets
import Features
import Metrics
import Records

/// The metrics of an experiment on one data set, with the real side computed once for many runs.
struct Evaluator {
  /// The feature space, fitted to the real samples.
  let extractor: FittedExtractor
  private let measurements: [Metric.Measurement]
  /// The columns of the metrics' values in a record, in the order of `measure`.
  let columns: [String]
  private let dataset: Dataset
  private let settings: EvaluationSettings

  /// - Parameter metrics: what is measured.
  init(_ dataset: Dataset, _ settings: EvaluationSettings, metrics: [MetricRequest]) throws {
    self.dataset = dataset
    self.settings = settings
    let real = dataset.evaluationSamples(
      count: settings.reference, split: .train, seed: EvaluationSettings.dataSeed)
    let (features, arguments) = featureTable.selection(settings.features)
    let extractor = try features.body.fitted(to: real, arguments)
    let reference = Reference(real: try extractor(real), mixture: dataset.mixture)
    let selections = metrics.map { metricTable.selection($0.metric) }
    columns = metrics.map(EvaluationFiles.column)
    measurements = try selections.map { try $0.entry.body.prepared(reference, $0.arguments) }
    self.extractor = extractor
  }

  /// The values of the metrics; nil where the samples have none.
  func measure(_ samples: HostArray<Float>) throws -> [Double?] {
    guard samples.elements.allSatisfy(\.isFinite) else {
      return Array(repeating: nil, count: measurements.count)
    }
    let features = try extractor(samples)
    return try measurements.map { measurement in
      do {
        return try measurement(features)
      } catch MetricError.undefined {
        return nil
      }
    }
  }

  /// Real samples that training never sees, measured as if they had been generated.
  func realAgainstReal() throws -> [Double?] {
    try measure(
      dataset.evaluationSamples(
        count: settings.samples, split: .heldOut, seed: EvaluationSettings.dataSeed))
  }

  /// How the values come about, in one sentence.
  var protocolText: String {
    let space =
      extractor.name == "raw"
      ? "the data's own space"
      : "\(extractor.name) features of dimension \(extractor.outputs), fitted to the real samples"
    let origin = dataset.digest.isEmpty ? "drawn" : "training"
    return
      "\(settings.samples) generated samples against \(settings.reference) \(origin) real samples in \(space); real against real takes \(settings.samples) held-out samples in the place of the generated ones."
  }
}

/// How runs are measured, apart from the metrics.
struct EvaluationSettings {
  /// The seed of the real samples, the same for all runs.
  static let dataSeed: UInt64 = 0

  let points: Int
  let samples: Int
  let reference: Int
  let features: Value

  init(_ configuration: RunConfiguration) {
    points = configuration.evaluationPoints
    samples = configuration.sampleCount
    reference = configuration.referenceCount
    features = configuration.features
  }

  /// The steps at which a run is measured: initialization, then `points` evenly spaced ones, the last step among them.
  func steps(of steps: Int) -> [Int] {
    let all = (0...points).map { $0 * steps / points }
    return all.indices.filter { $0 == 0 || all[$0] != all[$0 - 1] }.map { all[$0] }
  }
}
