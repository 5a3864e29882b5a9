import Catalog

/// An experiment, read, expanded and validated whole: what is asked and every run that answers it.
public struct Plan: Sendable {
  /// The file's name without its extension.
  public let name: String
  /// The question that the experiment asks, in the researcher's words.
  public let question: String
  /// The file as it was named on the command line, for example `Experiments/smoke.yaml`.
  public let file: String
  /// The axes in the order of the file, with the labels of their values in order.
  public let axes: [Axis]
  /// The cells of the grid after exclude and include.
  public let arms: [Arm]
  /// The seeds that every arm is trained with, which pair the comparisons.
  public let seeds: [Int]
  /// What is measured, in the order of the file; exactly one is primary.
  public let metrics: [MetricRequest]
  /// Sentences to be checked against the records.
  public let claims: [Claim]
  /// The charts that the file asks for; empty for the default set.
  public let charts: [ChartRequest]
  /// Cells that the file left out, with their reasons.
  public let exclusions: [Exclusion]
  /// What is allowed but doubtful, each with its place.
  public let diagnostics: [Diagnostic]
  /// Whether `--set`, `--only` or `--seeds` changed the file's question: such a sweep never
  /// overwrites a committed report.
  public let isAdHoc: Bool
  /// Where the file says what; nil for a plan that was not read from one.
  let origins: PlanOrigins?

  /// Collects a plan.
  public init(
    name: String, question: String, file: String, axes: [Axis], arms: [Arm], seeds: [Int],
    metrics: [MetricRequest], claims: [Claim], charts: [ChartRequest], exclusions: [Exclusion],
    diagnostics: [Diagnostic], isAdHoc: Bool
  ) {
    self.init(
      name: name, question: question, file: file, axes: axes, arms: arms, seeds: seeds,
      metrics: metrics, claims: claims, charts: charts, exclusions: exclusions,
      diagnostics: diagnostics, isAdHoc: isAdHoc, origins: nil)
  }

  init(
    name: String, question: String, file: String, axes: [Axis], arms: [Arm], seeds: [Int],
    metrics: [MetricRequest], claims: [Claim], charts: [ChartRequest], exclusions: [Exclusion],
    diagnostics: [Diagnostic], isAdHoc: Bool, origins: PlanOrigins?
  ) {
    self.name = name
    self.question = question
    self.file = file
    self.axes = axes
    self.arms = arms
    self.seeds = seeds
    self.metrics = metrics
    self.claims = claims
    self.charts = charts
    self.exclusions = exclusions
    self.diagnostics = diagnostics
    self.isAdHoc = isAdHoc
    self.origins = origins
  }
}

/// A dimension of the grid.
public struct Axis: Hashable, Sendable {
  /// The key or the name that the file gives it.
  public let name: String
  /// A label per value, in order.
  public let labels: [String]

  /// Collects an axis.
  public init(
    name: String, labels: [String]
  ) {
    self.name = name
    self.labels = labels
  }
}

/// One cell of the grid.
public struct Arm: Sendable {
  /// The position in `Plan.arms`.
  public let index: Int
  /// The label on each axis, in the order of `Plan.axes`; nil where an included arm has no place on
  /// the axis.
  public let labels: [String?]
  /// The name of an included arm; nil for a cell of the grid.
  public let includedName: String?
  /// The complete configuration.
  public let configuration: Value
  /// The configuration without defaults and without evaluation settings: what the run's id is a
  /// digest of.
  public let canonical: Value
  /// Arms with equal numbers agree on every axis that the baseline does not name; 0 for all where
  /// there is none.
  public let stratum: Int
  /// The index of the arm that this one is compared with; its own index for a baseline; nil where
  /// the file names none.
  public let baseline: Int?
  /// The table entries that the configuration uses, for the appendix: (table's title, entry's name
  /// as written).
  public let mentions: [Mention]

  /// Collects an arm.
  public init(
    index: Int, labels: [String?], includedName: String?, configuration: Value, canonical: Value,
    stratum: Int, baseline: Int?, mentions: [Mention]
  ) {
    self.index = index
    self.labels = labels
    self.includedName = includedName
    self.configuration = configuration
    self.canonical = canonical
    self.stratum = stratum
    self.baseline = baseline
    self.mentions = mentions
  }

  /// The name of an included arm, else its labels joined by ` · `; `fixed` for the arm of an
  /// experiment without axes.
  public var name: String {
    if let includedName { return includedName }
    return labels.isEmpty ? "fixed" : labels.compactMap { $0 }.joined(separator: " · ")
  }
}

/// That a configuration uses an entry of a table.
public struct Mention: Hashable, Sendable {
  /// The title of the table, for example `loss`.
  public let table: String
  /// The name of the entry as the file writes it, presets included.
  public let entry: String

  /// Collects a mention.
  public init(
    table: String, entry: String
  ) {
    self.table = table
    self.entry = entry
  }
}

/// A metric that the experiment asks for.
public struct MetricRequest: Hashable, Sendable {
  /// Which direction is better.
  public enum Goal: String, Sendable, CaseIterable {
    /// Smaller is better.
    case min
    /// Larger is better.
    case max
  }

  /// The column's name: the key in the file, which is also the metric's name unless `metric`
  /// differs.
  public let name: String
  /// The complete metric entry: a map with `name` and its parameters.
  public let metric: Value
  /// Which direction is better.
  public let goal: Goal
  /// Whether this is the one metric that verdicts rest on, which is asked of every arm.
  public let isPrimary: Bool
  /// The labels of the arms that it is asked of; several on one axis are alternatives, and none at all means every arm.
  public let when: [Coordinate]

  /// Collects a request.
  public init(
    name: String, metric: Value, goal: Goal, isPrimary: Bool, when: [Coordinate] = []
  ) {
    self.name = name
    self.metric = metric
    self.goal = goal
    self.isPrimary = isPrimary
    self.when = when
  }
}

extension MetricRequest {
  /// Whether it is asked of the cell with these labels on these axes.
  func isAsked(of labels: [String?], on axes: [String]) -> Bool {
    zip(axes, labels).allSatisfy { axis, label in
      let alternatives = when.filter { $0.axis == axis }.map(\.label)
      return alternatives.isEmpty || label.map(alternatives.contains) ?? false
    }
  }
}

/// A sentence of the report that is checked against the records.
public struct Claim: Hashable, Sendable {
  /// What is claimed.
  public enum Statement: Hashable, Sendable {
    /// The arm beats its baseline on a random pair of seeds with at least this probability.
    case improves(probability: Double)
    /// The arm's mean improves on its baseline's by at least this much in the metric's unit.
    case improvesBy(Double)
    /// The arm's mean is on the good side of this value.
    case reaches(Double)
  }

  /// The name by which it is cited.
  public let id: String
  /// The indices of the arms it speaks of; it holds when it holds for each.
  public let arms: [Int]
  /// The name of the metric.
  public let metric: String
  /// What is claimed.
  public let statement: Statement
  /// Where the experiment file, or one that it extends, states it; nil for a claim that was not read from one.
  public let place: Place?

  /// Collects a claim.
  public init(
    id: String, arms: [Int], metric: String, statement: Statement, place: Place? = nil
  ) {
    self.id = id
    self.arms = arms
    self.metric = metric
    self.statement = statement
    self.place = place
  }
}

/// A chart that the file asks for.
public enum ChartRequest: Hashable, Sendable {
  /// A metric over training with a band over seeds, one panel per value of the axis `facet`.
  case curve(metric: String, facet: String?)
  /// Critic's and generator's losses over training, one panel per arm or per value of the axis
  /// `facet`.
  case losses(facet: String?)
  /// A metric's mean over two axes.
  case heatmap(metric: String, rows: String?, columns: String?)
  /// Samples over the true modes, one panel per arm.
  case scatter
  /// Pictures of image samples.
  case pictures(PictureKind)
}

/// A label on an axis.
public struct Coordinate: Hashable, Sendable {
  /// The axis' name.
  public let axis: String
  /// The label of one of its values.
  public let label: String

  /// Collects a coordinate.
  public init(
    axis: String, label: String
  ) {
    self.axis = axis
    self.label = label
  }
}

/// A cell that the file left out.
public struct Exclusion: Hashable, Sendable {
  /// The labels that it matches; several on one axis are alternatives.
  public let when: [Coordinate]
  /// The reason that the file gives; empty when none.
  public let why: String
  /// How many cells it removed.
  public let count: Int

  /// Collects an exclusion.
  public init(
    when: [Coordinate], why: String, count: Int
  ) {
    self.when = when
    self.why = why
    self.count = count
  }
}

extension Plan {
  /// Sentences on things that are allowed but doubtful.
  public var warnings: [String] { diagnostics.map(\.message) }

  /// Whether a metric is asked of an arm: whether the arm has one of its labels on each axis that it names.
  public func asks(_ metric: MetricRequest, of arm: Arm) -> Bool {
    metric.isAsked(of: arm.labels, on: axes.map(\.name))
  }

  /// The metrics that are asked of an arm, in the order of the file.
  public func metrics(of arm: Arm) -> [MetricRequest] { metrics.filter { asks($0, of: arm) } }

  /// The metric that verdicts rest on.
  public var primaryMetric: Int { metrics.firstIndex(where: \.isPrimary) ?? 0 }
}
