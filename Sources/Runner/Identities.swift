import Catalog
import Datasets
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
  private var protocols: [Value: EvaluationIdentity] = [:]

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

  /// The identity of a run.
  public func run(_ arm: Arm, seed: Int) throws -> RunIdentity {
    RunIdentity(
      configuration: arm.canonical, seed: seed, dataDigest: try dataset(arm).digest,
      executor: executor, numericsVersion: numericsVersion)
  }

  /// The identity of a run's evaluation.
  public func evaluation(_ arm: Arm, seed: Int) throws -> EvaluationIdentity {
    evaluation(arm, run: try run(arm, seed: seed).id)
  }

  /// The identity of the evaluation of real data in the place of an arm's samples.
  func reference(_ arm: Arm) throws -> EvaluationIdentity {
    let data = RunConfiguration(arm.configuration).data.canonicalJSON
    return evaluation(arm, run: "real \(data) \(try dataset(arm).digest)")
  }

  /// The identity of the evaluation of a run of this arm; made once per setting of `evaluate`, but for the run.
  func evaluation(_ arm: Arm, run: String) -> EvaluationIdentity {
    let setting = RunConfiguration(arm.configuration).evaluation
    let known = protocols[setting] ?? makeProtocol(setting)
    protocols[setting] = known
    return known.of(run: run)
  }

  private func makeProtocol(_ evaluation: Value) -> EvaluationIdentity {
    let parameters = RunSchema.configuration.filter { $0.name == "evaluate" }
    let minimal = ParameterType.group(parameters).minimal(.map(["evaluate": evaluation]))
    var settings = minimal["evaluate"]?.asMap ?? [:]
    settings["version"] = .integer(evaluationVersion)
    return EvaluationIdentity(
      run: "", metrics: plan.metrics.map(\.metric), table: metricTable.description,
      settings: .map(settings), extractor: "")
  }
}
