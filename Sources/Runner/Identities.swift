import Catalog
import Datasets
import Features
import Metrics
import Records

/// The ids of a plan's runs and evaluations, and the data sets that they are functions of.
///
/// Data sets are made once per setting: their content is part of a run's id.
public final class Identities {
  let plan: Plan
  private let executor: String
  private let dataFolder: String?
  private var datasets: [Value: Dataset] = [:]
  /// The files of weights that networks start with, by the path in the experiment file.
  var weightFiles: [String: WeightFile] = [:]
  private var protocols: [EvaluationKey: EvaluationIdentity] = [:]
  /// For each problem, the metrics that are asked of any of its arms.
  private lazy var problemMetrics: [Problem.Key: [MetricRequest]] = {
    var result: [Problem.Key: [MetricRequest]] = [:]
    for problem in plan.problems {
      result[problem.key] = plan.metrics.filter { request in
        problem.arms.contains { plan.asks(request, of: plan.arms[$0]) }
      }
    }
    return result
  }()

  /// - Parameters:
  ///   - executor: the executor's name.
  ///   - dataFolder: the folder of data files.
  public init(_ plan: Plan, executor: String, dataFolder: String?) {
    self.plan = plan
    self.executor = executor
    self.dataFolder = dataFolder
  }

  /// The data set of an arm.
  ///
  /// - Throws: `DatasetError` when its files are missing or damaged.
  func dataset(_ arm: Arm) throws -> Dataset {
    let setting = RunConfiguration(arm.configuration).data
    if let known = datasets[setting] { return known }
    let (entry, arguments) = Datasets.table.selection(setting)
    let dataset = try entry.body(arguments, dataFolder)
    datasets[setting] = dataset
    return dataset
  }

  /// Makes the data sets of all arms, but for those whose data are not there.
  ///
  /// - Throws: `DatasetError` when files that are there are damaged or do not fit the settings.
  public func checkPresentData() throws {
    for arm in plan.arms {
      do {
        _ = try dataset(arm)
      } catch let error as DatasetError where error.isAbsence {
        continue
      }
    }
  }

  /// The identity of a run.
  public func run(_ arm: Arm, seed: Int) throws -> RunIdentity {
    RunIdentity(
      configuration: try identified(arm), seed: seed, dataDigest: try dataset(arm).digest,
      executor: executor,
      numericsVersion: RunConfiguration(arm.configuration).numericsVersion)
  }

  /// The identity of a run's evaluation.
  public func evaluation(_ arm: Arm, seed: Int) throws -> EvaluationIdentity {
    evaluation(arm, run: try run(arm, seed: seed).id, plan.metrics(of: arm))
  }

  /// The identity of the gallery of a run, a kind of evaluation without metrics; nil where the plan shows none: for other
  /// seeds than its first and for data that are not images.
  func gallery(_ arm: Arm, seed: Int) throws -> EvaluationIdentity? {
    guard seed == plan.seeds.first, ImageShape.isShown(try dataset(arm).sampleShape) else {
      return nil
    }
    let run = try run(arm, seed: seed).id
    return evaluation(arm, run: "gallery \(Gallery.version) \(run)", [])
  }

  /// The metrics of real data in the place of an arm's samples: those that are asked of any arm with the same data and
  /// evaluation settings.
  func referenceMetrics(_ arm: Arm) -> [MetricRequest] {
    problemMetrics[arm.problem] ?? []
  }

  /// The identity of the evaluation of real data in the place of an arm's samples.
  func reference(_ arm: Arm) throws -> EvaluationIdentity {
    let data = RunConfiguration(arm.configuration).data.canonicalJSON
    return evaluation(
      arm, run: "real \(data) \(try dataset(arm).digest)", referenceMetrics(arm))
  }

  /// What the values of a run's metrics depend on besides the run.
  private struct EvaluationKey: Hashable {
    let settings: Value
    let metrics: [MetricRequest]
    /// The name of the data set, by which a classifier is chosen.
    let dataset: String
  }

  /// The identity of the evaluation of a run of this arm; made once per protocol, but for the run.
  func evaluation(_ arm: Arm, run: String) -> EvaluationIdentity {
    evaluation(arm, run: run, plan.metrics(of: arm))
  }

  private func evaluation(
    _ arm: Arm, run: String, _ metrics: [MetricRequest]
  ) -> EvaluationIdentity {
    let configuration = RunConfiguration(arm.configuration)
    let key = EvaluationKey(
      settings: configuration.evaluation, metrics: metrics,
      dataset: configuration.data["name"]?.asText ?? "")
    let known = protocols[key] ?? identity(key)
    protocols[key] = known
    return known.of(run: run)
  }

  /// The sums of the weights that come with this program and that the values of metrics are a function of, separated by
  /// blanks.
  private static func weights(_ key: EvaluationKey) -> String {
    let (features, arguments) = featureTable.selection(
      Arguments(key.settings.asMap ?? [:]).value("features"))
    var sums = [features.body.weights(dataset: key.dataset, arguments)]
    let spaces = key.metrics.map { metricTable.selection($0.metric).entry.body.space }
    if spaces.contains(.classes) { sums.append(Classifier(of: key.dataset)?.digest ?? "") }
    return Set(sums).subtracting([""]).sorted().joined(separator: " ")
  }

  /// The part of a configuration that says how it is measured.
  private static let evaluationType = ParameterType.group(
    RunSchema.configuration.filter { RunSchema.experiment.evaluationKeys.contains($0.name) })

  private func identity(_ key: EvaluationKey) -> EvaluationIdentity {
    let minimal = Self.evaluationType.minimal(.map(["evaluate": key.settings]))
    var settings = minimal["evaluate"]?.asMap ?? [:]
    settings["version"] = .integer(evaluationVersion)
    return EvaluationIdentity(
      run: "", metrics: key.metrics.map(\.metric), table: metricTable.description,
      settings: .map(settings), extractor: Self.weights(key))
  }
}
