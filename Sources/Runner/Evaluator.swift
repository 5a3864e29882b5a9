import Arrays
import Catalog
import Datasets
import Engine
import Features
import Metrics
import Records

/// The metrics of an experiment on one data set, with the real side computed once for many runs.
struct Evaluator {
  /// The spaces that the metrics compare samples in: the features that the experiment asks for, then the probabilities
  /// of classes where a metric needs them.
  private let spaces: [FittedExtractor]
  private let measurements: [(space: Int, value: Metric.Measurement)]
  /// The columns of the metrics' values in a record, in the order of `measure`.
  let columns: [String]
  private let dataset: Dataset
  private let settings: EvaluationSettings
  /// How many real samples there are to compare with: fewer than asked for where the data hold fewer.
  private let referenceCount: Int
  /// How many real samples stand in for generated ones, likewise.
  private let heldOutCount: Int

  /// The features that the experiment asks for, fitted to the real samples.
  var features: FittedExtractor { spaces[0] }

  /// - Parameters:
  ///   - metrics: what is measured.
  ///   - kernels: compute features and classes; all give the same bits.
  init(
    _ dataset: Dataset, _ settings: EvaluationSettings, metrics: [MetricRequest], kernels: Kernels
  ) throws {
    self.dataset = dataset
    self.settings = settings
    let real = dataset.evaluationSamples(
      count: settings.reference, split: .train, seed: EvaluationSettings.dataSeed)
    referenceCount = real.rows
    heldOutCount = Self.heldOutCount(dataset, settings)
    let selections = metrics.map { metricTable.selection($0.metric) }
    let (features, arguments) = featureTable.selection(settings.features)
    var spaces = [
      try features.body.fitted(
        to: RealSamples(real, of: dataset.name), arguments, kernels: kernels)
    ]
    if selections.contains(where: { $0.entry.body.space == .classes }) {
      spaces.append(
        try Classifier.probabilities(
          dataset: dataset.name, imageShape: dataset.sampleShape, kernels: kernels))
    }
    let references = try spaces.map { Reference(real: try $0(real), mixture: dataset.mixture) }
    measurements = try selections.map { entry, arguments in
      let space = entry.body.space == .classes ? spaces.count - 1 : 0
      return (space, try entry.body.prepared(references[space], arguments))
    }
    columns = metrics.map(EvaluationFiles.column)
    self.spaces = spaces
  }

  /// How many held-out samples evaluation gets when it asks for as many as are generated.
  private static func heldOutCount(_ dataset: Dataset, _ settings: EvaluationSettings) -> Int {
    guard dataset.trainingCount != nil else { return settings.samples }
    let seed = EvaluationSettings.dataSeed
    let labels = dataset.evaluationLabels(count: settings.samples, split: .heldOut, seed: seed)
    // Labels need no pixels, but not all data have them.
    return labels?.count
      ?? dataset.evaluationSamples(count: settings.samples, split: .heldOut, seed: seed).rows
  }

  /// The values of the metrics; nil where the samples have none.
  func measure(_ samples: HostArray<Float>) throws -> [Double?] {
    guard samples.elements.allSatisfy(\.isFinite) else {
      return Array(repeating: nil, count: measurements.count)
    }
    let features = try spaces.map { try $0(samples) }
    return try measurements.map { space, measurement in
      do {
        return try measurement(features[space])
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
    let origin = dataset.digest.isEmpty ? "drawn" : "training"
    let places = spaces.map(\.summary).joined(separator: ", and as ")
    let all = " (all there are)"
    let real =
      "\(referenceCount) \(origin) real samples" + (referenceCount < settings.reference ? all : "")
    let heldOut =
      "\(heldOutCount) held-out samples" + (heldOutCount < settings.samples ? all : "")
    return
      "\(settings.samples) generated samples against \(real) in \(places); real against real takes "
      + "\(heldOut) in the place of the generated ones."
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
