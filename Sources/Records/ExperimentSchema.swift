import Catalog

/// What experiment files may say: the settings of a run, the metrics, and which combinations make
/// sense.
public struct ExperimentSchema: Sendable {
  /// The settings of a run.
  public let configuration: [Parameter]
  /// Top-level settings that are no part of a run's identity, because they only say how it is
  /// measured.
  public let evaluationKeys: [String]
  /// The metrics that an experiment can ask for.
  public let metrics: EntryTable
  /// Which direction of a metric is better where a file does not say; nil where it must.
  public let goal: @Sendable (_ metric: String) -> MetricRequest.Goal?
  /// What is wrong with a complete configuration whose settings are each valid.
  public let check: @Sendable (Value) -> [Remark]

  /// Collects a schema.
  public init(
    configuration: [Parameter], evaluationKeys: [String], metrics: EntryTable,
    goal: @escaping @Sendable (_ metric: String) -> MetricRequest.Goal? = { _ in nil },
    check: @escaping @Sendable (Value) -> [Remark]
  ) {
    self.configuration = configuration
    self.evaluationKeys = evaluationKeys
    self.metrics = metrics
    self.goal = goal
    self.check = check
  }

  /// The configuration without defaults, presets' names and evaluation settings: what a run's id is
  /// a digest of.
  ///
  /// - Parameter configuration: a complete configuration.
  public func canonical(_ configuration: Value) -> Value {
    let minimal = ParameterType.group(self.configuration).minimal(configuration)
    guard var members = minimal.asMap else { return minimal }
    for key in evaluationKeys { members[key] = nil }
    return .map(members)
  }
}

/// That a combination of settings makes no sense, or little.
public struct Remark: Hashable, Sendable {
  /// Whether the combination is refused; else it is a warning.
  public let isError: Bool
  /// The key that caused it, dotted from the root of the configuration, for example
  /// `critic.normalizer`.
  public let keyPath: String
  /// What is wrong and why, without a final full stop.
  public let message: String

  /// Makes a remark.
  public init(isError: Bool, keyPath: String, message: String) {
    self.isError = isError
    self.keyPath = keyPath
    self.message = message
  }
}
