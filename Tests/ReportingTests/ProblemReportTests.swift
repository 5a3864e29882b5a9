import Catalog
import Records
import Reporting
import Testing

/// Reports on several problems: values of different data are never ranked, averaged or drawn together.
@Suite struct ProblemReportTests {
  private static func report(hasBaseline: Bool) throws -> Report {
    let score = GridPlan.metric("score", .min, primary: true)
    let modes = MetricRequest(
      name: "modes", metric: .map(["name": .text("modes")]), goal: .max, isPrimary: false,
      when: [Coordinate(axis: "data", label: "ring8")])
    let plan = GridPlan(
      axes: [
        Axis(name: "data", labels: ["ring8", "digits"]), Axis(name: "loss", labels: ["a", "b"]),
        Axis(name: "penalty", labels: ["none", "r1"]),
      ], baseline: hasBaseline ? ["penalty": "none"] : [:], seeds: Array(0..<6),
      metrics: [score, modes]
    ).plan
    let records = SyntheticRecords(plan: plan) { arm in
      (arm.labels[0] == "digits" ? 500 : 1) * (arm.labels[2] == "r1" ? 0.5 : 1)
    }.records
    let asked = records.runs.map { run in
      RunResult(
        arm: run.arm, seed: run.seed, id: run.id, state: run.state, steps: run.steps,
        isDead: run.isDead, operations: run.operations, digest: run.digest,
        metrics: [run.metrics[0], plan.asks(modes, of: plan.arms[run.arm]) ? run.metrics[1] : nil])
    }
    var shown = records
    shown.runs = asked
    return try Report(plan: plan, records: shown, tables: [])
  }

  @Test(arguments: ["heatmap", "arms", "curve"])
  func figuresHaveScalesOfTheirOwn(_ kind: String) throws {
    let report = try Self.report(hasBaseline: true)
    #expect(!report.files.contains { $0.path == "figures/\(kind)-score.gp" })
    let rings = report.text("figures/\(kind)-score-data-ring8.gp")
    let digits = report.text("figures/\(kind)-score-data-digits.gp")
    #expect(rings.contains("data = ring8: score") && digits.contains("data = digits: score"))
    #expect(!rings.contains("digits") && !digits.contains("ring8"))
  }

  @Test func metricsAreShownWhereTheyAreAsked() throws {
    let report = try Self.report(hasBaseline: true)
    func header(_ stratum: String) -> String {
      let lines = report.page.split(separator: "\n").map(String.init)
      let heading = lines.firstIndex { $0.hasPrefix("#") && $0.hasSuffix(stratum) } ?? 0
      return lines[heading...].first { $0.hasPrefix("| Arm |") } ?? ""
    }
    #expect(header("data = ring8, loss = a").contains("modes"))
    #expect(header("data = digits, loss = a").contains("score"))
    #expect(!header("data = digits, loss = a").contains("modes"))
  }

  /// Without a baseline the arms of each problem are one group, and the best is named in each.
  @Test func nothingIsRankedAcrossProblems() throws {
    let report = try Self.report(hasBaseline: false)
    #expect(report.row("data = ring8")[1].contains("r1"))
    #expect(report.row("data = digits")[1].contains("r1"))
    #expect(report.row("All arms").isEmpty)
    #expect(report.page.contains("those of the cheapest arm of its problem"))
  }

  /// Where arms differ on one axis alone, none is the best under a label of it.
  @Test func anAxisAloneHasNoBestArms() throws {
    let plan = GridPlan(
      axes: [Axis(name: "data", labels: ["c8", "c40"])], baseline: [:], seeds: [0, 1],
      metrics: [GridPlan.metric("score", .min, primary: true)]
    ).plan
    let records = ValueTable(plan: plan, values: [[1, 2], [3, 5]]).records
    let page = try Report(plan: plan, records: records, tables: []).page
    #expect(page.contains("data = c40") && !page.contains("Does it depend on"))
  }

  /// Another axis' best arm is named for each problem.
  @Test func dependenceNamesTheBestOfEachProblem() throws {
    let page = try Self.report(hasBaseline: true).page
    #expect(
      page.contains("Best mean under a: ring8 · r1, digits · r1; b: ring8 · r1, digits · r1."))
  }
}
