import Arrays
import Catalog
import Datasets
import Engine
import Features
import Metrics
import Records

/// What the samples of a problem are compared with: real samples, the feature spaces fitted to them, and what metrics make of
/// them. Each is computed when it is first asked for, once for all runs.
final class RealSide {
  let dataset: Dataset
  let settings: EvaluationSettings
  /// The features that the experiment asks for, fitted to the real samples.
  let features: FittedExtractor
  /// The features of the real samples.
  let realFeatures: HostArray<Double>
  /// How many real samples there are to compare with: fewer than asked for where the data hold fewer.
  let referenceCount: Int
  /// How many real samples stand in for generated ones, likewise.
  let heldOutCount: Int

  private let kernels: Kernels
  private var known: (space: ClassSpace, real: HostArray<Double>)?
  private var measurements: [Value: Metric.Measurement] = [:]

  /// - Parameter kernels: compute features and classes; all give the same bits.
  init(_ dataset: Dataset, _ settings: EvaluationSettings, kernels: Kernels) throws {
    self.dataset = dataset
    self.settings = settings
    self.kernels = kernels
    let samples = Self.samples(dataset, settings)
    referenceCount = samples.rows
    heldOutCount = Self.heldOutCount(dataset, settings)
    let (entry, arguments) = featureTable.selection(settings.features)
    features = try entry.body.fitted(
      to: RealSamples(samples, of: dataset.name), arguments, kernels: kernels)
    realFeatures = try features(samples)
  }

  /// The real samples that generated ones are compared with.
  static func samples(_ dataset: Dataset, _ settings: EvaluationSettings) -> HostArray<Float> {
    dataset.evaluationSamples(
      count: settings.reference, split: .train, seed: EvaluationSettings.dataSeed)
  }

  /// Real samples that training never sees, to be measured as if they had been generated.
  var heldOut: HostArray<Float> {
    dataset.evaluationSamples(
      count: settings.samples, split: .heldOut, seed: EvaluationSettings.dataSeed)
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

  /// The probabilities of classes as a space, and those of the real samples.
  func classes() throws -> (space: ClassSpace, real: HostArray<Double>) {
    if let known { return known }
    let space = try ClassSpace(dataset, beside: features, kernels: kernels)
    let made = (space, try space(Self.samples(dataset, settings), features: realFeatures))
    known = made
    return made
  }

  /// A metric whose real side has been dealt with.
  ///
  /// - Parameter metric: a complete entry of `metricTable`.
  func measurement(_ metric: Value) throws -> Metric.Measurement {
    if let known = measurements[metric] { return known }
    let (entry, arguments) = metricTable.selection(metric)
    let real = entry.body.space == .classes ? try classes().real : realFeatures
    let made = try entry.body.prepared(Reference(real: real, mixture: dataset.mixture), arguments)
    measurements[metric] = made
    return made
  }
}
