import Catalog
import Records

/// A plan over the whole product of some axes, as the reader of experiment files would make it.
struct GridPlan {
  var name = "regularizers"
  var question = "Which critic regularizer helps, and does it depend on the loss?"
  var axes: [Axis]
  /// The label that a baseline has on each axis that it names.
  var baseline: [String: String]
  var seeds = Array(0..<10)
  var metrics: [MetricRequest]
  var claims: [Claim] = []
  var charts: [ChartRequest] = []
  var exclusions: [Exclusion] = []
  var warnings: [String] = []
  var isAdHoc = false
  /// Mentions of every arm.
  var mentions: [Mention] = []
  /// The configuration that all arms share, beside one key per axis.
  var settings: ValueMap = [:]

  static func metric(_ name: String, _ goal: MetricRequest.Goal, primary: Bool = false)
    -> MetricRequest
  {
    MetricRequest(
      name: name, metric: .map(["name": .text(name)]), goal: goal, isPrimary: primary)
  }

  /// The labels of every cell, the last axis running fastest.
  private var cells: [[String]] {
    axes.reduce([[]]) { cells, axis in cells.flatMap { cell in axis.labels.map { cell + [$0] } } }
  }

  var plan: Plan {
    let cells = cells
    func outer(_ cell: [String]) -> [String] {
      zip(axes, cell).filter { baseline[$0.0.name] == nil }.map(\.1)
    }
    var strata: [[String]] = []
    for cell in cells where !baseline.isEmpty && !strata.contains(outer(cell)) {
      strata.append(outer(cell))
    }
    let arms = cells.enumerated().map { index, cell in
      var configuration = settings
      for (axis, label) in zip(axes, cell) { configuration[axis.name] = .text(label) }
      let standard = cells.firstIndex { other in
        outer(other) == outer(cell)
          && zip(axes, other).allSatisfy { baseline[$0.0.name] ?? $0.1 == $0.1 }
      }
      return Arm(
        index: index, labels: cell, includedName: nil, configuration: .map(configuration),
        canonical: .map(configuration),
        stratum: baseline.isEmpty ? 0 : strata.firstIndex(of: outer(cell)) ?? 0,
        baseline: baseline.isEmpty ? nil : standard, mentions: mentions)
    }
    return Plan(
      name: name, question: question, file: "Experiments/\(name).yaml", axes: axes, arms: arms,
      seeds: seeds, metrics: metrics, claims: claims, charts: charts, exclusions: exclusions,
      diagnostics: warnings.map {
        Diagnostic(Place(file: "Experiments/\(name).yaml"), $0, severity: .warning)
      }, isAdHoc: isAdHoc)
  }
}
