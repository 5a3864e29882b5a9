import Arrays
import Catalog
import Metrics
import Records

/// Some metrics of an experiment on one data set, against a real side that is computed once for many runs.
struct Evaluator {
  private let real: RealSide
  /// The probabilities of classes; nil where no metric needs them.
  private let classes: ClassSpace?
  private let measurements: [(isOfClasses: Bool, value: Metric.Measurement)]
  /// The columns of the metrics' values in a record, in the order of `measure`.
  let columns: [String]

  /// - Parameter metrics: what is measured.
  init(_ real: RealSide, metrics: [MetricRequest]) throws {
    self.real = real
    let isOfClasses = metrics.map {
      metricTable.selection($0.metric).entry.body.space == .classes
    }
    classes = isOfClasses.contains(true) ? try real.classes().space : nil
    measurements = try zip(isOfClasses, metrics).map { ($0, try real.measurement($1.metric)) }
    columns = metrics.map(EvaluationFiles.column)
  }

  /// The values of the metrics; nil where the samples have none.
  func measure(_ samples: HostArray<Float>) throws -> [Double?] {
    guard samples.elements.allSatisfy(\.isFinite) else {
      return Array(repeating: nil, count: measurements.count)
    }
    let features = try real.features(samples)
    let probabilities = try classes.map { try $0(samples, features: features) }
    return try measurements.map { isOfClasses, measurement in
      do {
        return try measurement(isOfClasses ? probabilities ?? features : features)
      } catch MetricError.undefined {
        return nil
      }
    }
  }

  /// Real samples that training never sees, measured as if they had been generated.
  func realAgainstReal() throws -> [Double?] { try measure(real.heldOut) }

  /// How the values come about, in one sentence.
  var protocolText: String {
    let settings = real.settings
    let origin = real.dataset.digest.isEmpty ? "drawn" : "training"
    let places = [real.features.summary] + (classes.map { [$0.summary] } ?? [])
    let all = " (all there are)"
    let reference =
      "\(real.referenceCount) \(origin) real samples"
      + (real.referenceCount < settings.reference ? all : "")
    let heldOut =
      "\(real.heldOutCount) held-out samples" + (real.heldOutCount < settings.samples ? all : "")
    return
      "\(settings.samples) generated samples against \(reference) in "
      + "\(places.joined(separator: ", and as ")); real against real takes "
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
