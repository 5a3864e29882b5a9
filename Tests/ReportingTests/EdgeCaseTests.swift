import Catalog
import Records
import Reporting
import Testing

@Suite struct EdgeCaseTests {
  private func report(_ plan: Plan, _ values: [[Double?]]) async throws -> Report {
    try await Report(
      plan: plan, records: ValueTable(plan: plan, values: values).records, tables: []
    ).drawn()
  }

  @Test func allDiverged() async throws {
    let report = try await report(
      ValueTable.plan(["a", "b"], seeds: 3), [[nil, nil, nil], [nil, nil, nil]])
    #expect(report.page.contains("0 of 6 runs finished, 6 diverged"))
    #expect(report.page.contains("No run has finished, so there is nothing to compare."))
    #expect(report.row("b", after: "Differences from").last == "no pairs")
    #expect(report.files.map(\.path) == ["README.md"])
  }

  @Test func singleSeed() async throws {
    let report = try await report(ValueTable.plan(["a", "b"], seeds: 1), [[2], [1]])
    #expect(report.row("b", after: "## Results")[1].contains("**1**"))
    #expect(report.page.contains("One run has no interval."))
    #expect(report.page.contains("With 1 seed no difference can be significant"))
    #expect(report.page.contains("that needs 6 seeds"))
    #expect(report.row("b", after: "Differences from")[3...4] == ["1", "1"])
    #expect(report.text("figures/arms-score.svg").contains("</svg>"))
  }

  /// Student's t of two values is wide, and an axis shows values: an interval that goes on beyond it
  /// is drawn open.
  @Test func intervalsBeyondTheAxis() async throws {
    let plan = ValueTable.plan(["a", "b"], seeds: 2)
    let report = try await report(plan, [[1, 2], [3, 5]])
    #expect(report.page.contains("An interval with an arrow goes on beyond the axis."))
    let blocks = report.text("figures/arms-score.dat").split(separator: "\n\n\n").map {
      $0.split(separator: "\n").dropFirst().map(String.init)
    }
    // 0.06 of 1 ... 5 are on either side.
    #expect(blocks.contains(["1.5 -4.8531 7.8531 1 1.5 1.5"]))
    #expect(blocks.contains(["1.5 1 0.76", "1.5 1 5.24"]))
    #expect(blocks.contains(["4 -8.7062 16.706 2 4 4"]))
    #expect(report.text("figures/arms-score.svg").contains("</svg>"))
    #expect(report.text("figures/arms-score.gp").contains("with vectors head"))
    let seven: [Double?] = [1, 2, 3, 4, 5, 6, 7]
    let narrow = try await self.report(ValueTable.plan(["a", "b"], seeds: 7), [seven, seven])
    #expect(!narrow.page.contains("with an arrow"))
    #expect(!narrow.text("figures/arms-score.gp").contains("vectors"))
  }

  /// A number alone does not say what it is of.
  @Test func numbersAreNamedByTheirAxis() throws {
    let plan = ValueTable.plan(["0", "0.05"], seeds: 7)
    let values: [Double?] = [1, 2, 3, 4, 5, 6, 7]
    let records = ValueTable(
      plan: plan, values: [values, values.map { $0.map { $0 - 0.5 } }]
    ).records
    let page = try Report(plan: plan, records: records, tables: []).page
    #expect(page.contains("comparison with the baseline *x=0* is better"))
    #expect(page.contains("| x=0.05 (-0.5) |"))
  }

  @Test func noBaseline() async throws {
    let plan = ValueTable.plan(["a", "b"], seeds: 4, hasBaseline: false)
    let report = try await report(plan, [[1, 2, 3, 4], [2, 3, 4, 5]])
    #expect(report.page.contains("The experiment names no baseline, so nothing is tested"))
    #expect(!report.page.contains("Differences from") && !report.page.contains("better than"))
    #expect(report.row("All arms")[1] == "a (2.5)")
    #expect(report.page.contains("those of the cheapest arm"))
  }

  /// An experiment without axes: one arm, nothing to compare.
  @Test func oneArm() async throws {
    let metrics = [GridPlan.metric("score", .max, primary: true)]
    let plan = GridPlan(axes: [], baseline: [:], seeds: [0, 1], metrics: metrics).plan
    let report = try await report(plan, [[1, 3]])
    #expect(report.page.contains("1 arm, 2 seeds each"))
    #expect(report.row("All arms")[1] == "\(plan.arms[0].name) (2)")
    #expect(report.text("figures/arms-score.svg").contains(">\(plan.arms[0].name)<"))
  }

  /// An included arm that no cell of the grid can be compared with stands in a stratum of its own.
  @Test func includedArm() throws {
    let grid = ValueTable.plan(["a", "b"], seeds: 7)
    let recipe = Arm(
      index: 2, labels: [nil], includedName: "recipe", configuration: .map([:]),
      canonical: .map([:]), stratum: 1, baseline: nil, mentions: [])
    let plan = Plan(
      name: "included", question: "", file: "included.yaml", axes: grid.axes,
      arms: grid.arms + [recipe], seeds: grid.seeds, metrics: grid.metrics, claims: [], charts: [],
      exclusions: [], diagnostics: [], isAdHoc: false)
    let values: [Double?] = [1, 2, 3, 4, 5, 6, 7]
    let records = ValueTable(
      plan: plan, values: [values, values.map { $0.map { $0 - 0.5 } }, values]
    ).records
    let page = try Report(plan: plan, records: records, tables: []).page
    #expect(page.hasPrefix("# included\n"))
    #expect(page.contains("| recipe | – | – | – | recipe (4) | 0 of 7 | 0 |"))
    #expect(page.contains("**1** of 1 comparison with the baseline *a* is better"))
  }

  @Test func noClaims() throws {
    let plan = ValueTable.plan(["a", "b"], seeds: 2)
    let records = ValueTable(plan: plan, values: [[1, 2], [3, 4]]).records
    let report = try Report(plan: plan, records: records, tables: [])
    #expect(!report.page.contains("## Claims") && report.claims.isEmpty)
  }

  @Test func missingAndFailedRuns() throws {
    let plan = ValueTable.plan(["a", "b"], seeds: 3)
    var records = ValueTable(plan: plan, values: [[1, 2, 3], [3, 4, 5]]).records
    records.runs.removeLast()
    let lost = records.runs.removeLast()
    records.runs.append(
      RunResult(
        arm: lost.arm, seed: lost.seed, id: "", state: .failed, steps: 0, isDead: false,
        operations: 0, digest: "", metrics: [nil]))
    let page = try Report(plan: plan, records: records, tables: []).page
    #expect(page.contains("**Incomplete:** of 6 runs 1 are missing and 1 failed"))
    #expect(page.contains("4 of 6 runs finished, 0 diverged, 1 failed, 1 missing"))
  }

  @Test func equalWeightsUnderDifferentSettings() throws {
    let plan = ValueTable.plan(["a", "b", "c"], seeds: 2)
    var records = ValueTable(plan: plan, values: [[1, 2], [3, 4], [3, 4]]).records
    func rewire(_ digest: (RunResult) -> String) {
      records.runs = records.runs.map {
        RunResult(
          arm: $0.arm, seed: $0.seed, id: "", state: .done, steps: 1, isDead: false,
          operations: 1, digest: digest($0), metrics: $0.metrics)
      }
    }
    rewire { $0.arm == 0 ? "a\($0.seed)" : "b\($0.seed)" }
    let page = try Report(plan: plan, records: records, tables: []).page
    #expect(page.contains("**Not wired: x.**") && page.contains("no effect: b; c."))
    // One seed that differs is enough to show that the setting is read.
    rewire { $0.arm == 2 && $0.seed == 1 ? "c" : $0.arm == 0 ? "a\($0.seed)" : "b\($0.seed)" }
    #expect(!(try Report(plan: plan, records: records, tables: []).page.contains("Not wired")))
  }

  @Test func dependenceOnAnotherAxis() throws {
    var grid = GridPlan(
      axes: [
        Axis(name: "optimizer", labels: ["adam", "sgd"]), Axis(name: "x", labels: ["n", "u", "v"]),
      ], baseline: ["x": "n"], seeds: Array(0..<8),
      metrics: [GridPlan.metric("score", .min, primary: true)])
    grid.name = "dependence"
    let plan = grid.plan
    func shifted(_ by: Double) -> [Double?] { (0..<8).map { Double($0 * $0) + by } }
    let records = ValueTable(
      plan: plan,
      values: [shifted(0), shifted(-1), shifted(-2), shifted(0), shifted(3), shifted(-2)]
    ).records
    let page = try Report(plan: plan, records: records, tables: []).page
    #expect(page.contains("Better in all 2 strata: v."))
    #expect(page.contains("1 of 2 comparisons change their verdict with it"))
    #expect(page.contains("reversed from better to worse or back: u."))
    // Pairs n–u, n–v, u–v under adam: +, +, +; under sgd: −, +, +: two of three alike.
    #expect(page.contains("ordered alike under different labels in 67 % of cases"))
    #expect(page.contains("Best mean under adam: v; sgd: v."))
  }

  @Test func askedChartsThatCannotBeDrawn() throws {
    var grid = GridPlan(
      axes: [Axis(name: "x", labels: ["a", "b"])], baseline: ["x": "a"], seeds: [1, 5],
      metrics: [GridPlan.metric("score", .min, primary: true)])
    grid.charts = [
      .heatmap(metric: "score", rows: nil, columns: nil), .losses(facet: nil), .scatter,
    ]
    grid.isAdHoc = true
    let plan = grid.plan
    let records = ValueTable(plan: plan, values: [[1, 2], [3, 5]]).records
    let page = try Report(plan: plan, records: records, tables: []).page
    #expect(page.contains("There is no heat map of score"))
    #expect(page.contains("There are no loss curves") && page.contains("There is no scatter"))
    #expect(page.contains("**Ad-hoc sweep:**") && page.contains("2 per arm (1, 5)"))
  }

  @Test func recordsOfAnotherPlan() throws {
    let plan = ValueTable.plan(["a", "b"], seeds: 2)
    let good = ValueTable(plan: plan, values: [[1, 2], [3, 4]]).records
    var twice = good
    twice.runs.append(good.runs[0])
    var stranger = good
    stranger.clouds = [SampleCloud(arm: 2, seed: 0, points: [])]
    var doubled = good
    doubled.grids = Array(repeating: SampleGrid(arm: 0, seed: 3, png: []), count: 2)
    var ragged = good
    ragged.evaluation = HistoryTable(
      columns: ["score"], rows: [.init(arm: 0, seed: 0, step: 0, values: [])])
    for (records, words) in [
      (twice, "arm 0, seed 0 occurs twice"), (stranger, "a sample cloud names arm 2 of 2"),
      (doubled, "two pictures of arm 0, seed 3"),
      (ragged, "a row of the evaluation history has 0 values for 1 columns"),
    ] {
      let error = #expect(throws: ReportError.self) {
        try Report(plan: plan, records: records, tables: [])
      }
      #expect(error?.description.contains(words) == true, "\(String(describing: error))")
    }
  }
}
