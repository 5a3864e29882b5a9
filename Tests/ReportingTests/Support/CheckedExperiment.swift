import Catalog
import Records

@testable import Reporting

/// An experiment of two losses and three regularizers whose results can be changed, then accepted and checked.
struct CheckedExperiment {
  static let columns = ["real", "fake", "critic_loss", "generator_loss"]
  static let steps = [1, 2, 4, 8]

  /// The settings of a run in these experiments.
  static let schema = ExperimentSchema(
    configuration: [
      .choice("loss", ["hinge", "wasserstein"], default: "hinge", "the loss"),
      .choice("regularizer", ["none", "gp", "clip"], default: "none", "the regularizer"),
      Parameter("penalty", .entries(Experiments.tables[1]), default: .text("none"), "penalties"),
      Parameter(
        "evaluate", .group([.integer("samples", 1...100, default: 10, "samples")]), "measuring"),
    ], evaluationKeys: ["evaluate"],
    metrics: Table<Int>(
      "metric",
      ["frechet", "modes"].map { name in
        Entry(
          EntryDescription(
            name, name, parameters: [.real("radius", .positive, default: 3, "a radius")]), 0)
      }
    ).description, check: { _ in [] })

  var grid = GridPlan(
    axes: [
      Axis(name: "loss", labels: ["hinge", "wasserstein"]),
      Axis(name: "regularizer", labels: ["none", "gp", "clip"]),
    ], baseline: ["regularizer": "none"], seeds: Array(0..<8),
    metrics: [GridPlan.metric("frechet", .min, primary: true), GridPlan.metric("modes", .max)])
  var conditions = Baseline.Conditions(
    numericsVersion: 1, evaluationVersion: 1, executor: "fast", fingerprint: "here")
  /// Changes a run.
  var run: (RunResult) -> RunResult = { $0 }
  /// Changes a moment of training of an arm: (arm, step, column, value).
  var moment: (Int, Int, String, Double) -> Double = { $3 }

  init() {
    grid.name = "checked"
    grid.settings = ["penalty": .list([.map(["preset": .text("r1"), "weight": .real(10)])])]
  }

  /// The plan, whose arms have canonical settings as the reader of experiment files makes them.
  var plan: Plan {
    let plan = grid.plan
    let arms = plan.arms.map { arm in
      Arm(
        index: arm.index, labels: arm.labels, includedName: nil, configuration: arm.configuration,
        canonical: Self.schema.canonical(arm.configuration), stratum: arm.stratum,
        baseline: arm.baseline, mentions: arm.mentions)
    }
    return Plan(
      name: plan.name, question: plan.question, file: plan.file, axes: plan.axes, arms: arms,
      seeds: plan.seeds, metrics: plan.metrics, claims: plan.claims, charts: [], exclusions: [],
      diagnostics: [], isAdHoc: false)
  }

  var records: CompactRecords {
    let plan = plan
    var records = SyntheticRecords(plan: plan, level: { 0.4 + 0.1 * Double($0.index) }).records
    records.runs = records.runs.map { run($0) }
    return records
  }

  var baseline: Baseline {
    get throws {
      let plan = plan
      let rows = plan.arms.flatMap { arm in
        Self.steps.map { step in
          HistoryTable.Row(
            arm: arm.index, seed: 0, step: step,
            values: Self.columns.enumerated().map { index, column in
              moment(arm.index, step, column, Double(step) + Double(index) / 7)
            })
        }
      }
      return try Baseline(
        plan: plan, records: records, traces: HistoryTable(columns: Self.columns, rows: rows),
        traceSeed: 0, conditions: conditions, schema: Self.schema)
    }
  }

  /// This experiment's results compared with those of another, which were accepted.
  func check(
    against accepted: CheckedExperiment = CheckedExperiment(), isEveryArm: Bool = true,
    isEverySeed: Bool = true
  ) throws -> RegressionCheck {
    RegressionCheck(
      of: try baseline, with: try accepted.baseline, plan: plan,
      scope: RegressionCheck.Scope(isEveryArm: isEveryArm, isEverySeed: isEverySeed),
      sweepCommand: "saddle sweep checked", schema: Self.schema)
  }
}

extension RunResult {
  /// A copy with some things changed.
  func with(
    id: String? = nil, state: RunState? = nil, operations: Int? = nil, digest: String? = nil,
    metrics: [Double?]? = nil
  ) -> RunResult {
    RunResult(
      arm: arm, seed: seed, id: id ?? self.id, state: state ?? self.state, steps: steps,
      isDead: isDead, operations: operations ?? self.operations, digest: digest ?? self.digest,
      metrics: metrics ?? self.metrics)
  }
}
