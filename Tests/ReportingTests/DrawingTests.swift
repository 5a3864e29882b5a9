import Records
import Reporting
import Testing

@Suite struct DrawingTests {
  /// Every figure of the widest experiment is drawn, is well under a forge's limits and shows what
  /// it should.
  @Test func wideExperiment() async throws {
    let (plan, records) = Experiments.wide()
    let report = try await Report(plan: plan, records: records, tables: Experiments.tables).drawn()
    try report.keep("wide")
    let scripts = report.files.filter { $0.path.hasSuffix(".gp") }
    let drawings = report.files.filter { $0.path.hasSuffix(".svg") }
    #expect(scripts.count == drawings.count && drawings.count == 20)
    // Written in this order, no drawing is ever older than the script and data beside it.
    let places = Dictionary(uniqueKeysWithValues: report.files.enumerated().map { ($1.path, $0) })
    for (path, place) in places where path.hasSuffix(".svg") {
      let figure = String(path.dropLast(4))
      for other in [places[figure + ".gp"], places[figure + ".dat"]] {
        #expect(place < other ?? 0, "\(path)")
      }
    }
    for drawing in drawings {
      #expect(drawing.bytes.count < 160_000, "\(drawing.path): \(drawing.bytes.count) bytes")
    }
    for path in report.page.matches(of: /src="([^"]+)"/).map({ String($0.output.1) }) {
      #expect(report.files.contains { $0.path == path }, "\(path)")
    }
    let heatMap = report.text("figures/heatmap-frechet.svg")
    for label in ["r1 weight=0.1", "consistency", "hinge", "optimizer = sgd", "10 div."] {
      #expect(heatMap.contains(">\(label)<"), "\(label)")
    }
  }

  /// Sixty arms: long tables are folded, and the page stays short enough to read.
  @Test func wideReportIsReadable() throws {
    let (plan, records) = Experiments.wide()
    let page = try Report(plan: plan, records: records, tables: Experiments.tables).page
    var depth = 0
    var open = 0
    for line in page.split(separator: "\n") {
      if line == "<details>" { depth += 1 }
      if line == "</details>" { depth -= 1 }
      #expect(depth >= 0 && depth <= 2)
      if depth == 0 { open += 1 }
    }
    #expect(depth == 0)
    #expect(open < 90, "\(open) lines are not folded")
    let headings = page.split(separator: "\n").filter { $0.hasPrefix("## ") }
    #expect(
      headings == [
        "## Answer", "## Claims", "## Overview", "## Results", "## Training", "## Samples",
        "## Cost", "## Left out, and doubts", "## Method", "## Appendix: definitions",
        "## Reproduce",
      ])
    #expect(page.contains("Not described here: penalty `absent`."))
    #expect(page.contains("[arXiv:1705.02894](https://arxiv.org/abs/1705.02894)"))
  }

  /// Values that leave an axis little or too much room.
  @Test(arguments: [
    [8, 8, 8, 8], [8.00001, 8.00002, 8.00001, 8], [0, 0, 0, 0], [-0.0, 1e-300, 0, 0],
    [1e-300, 1e300, 1, 2], [1e9, 1e9 + 1, 1e9, 1e9], [-1e12, 1e12, 0, 1], [.nan, .infinity, 1, 2],
    [1e-9, 3e-9, 2e-9, 5e-7], [.nan, .nan, .nan, .nan],
  ])
  func extremeValues(_ values: [Double]) async throws {
    let plan = ValueTable.plan(["a", "b"], seeds: 2)
    var records = ValueTable(
      plan: plan, values: [values[..<2].map(Optional.some), values[2...].map(Optional.some)]
    ).records
    let rows = values.enumerated().map { index, value in
      HistoryTable.Row(arm: index / 2, seed: index % 2, step: 0, values: [value])
    }
    records.evaluation = HistoryTable(columns: ["score"], rows: rows)
    records.training = HistoryTable(columns: ["critic_loss"], rows: rows)
    records.clouds = [
      SampleCloud(
        arm: 0, seed: 0, points: values.map { SIMD2(Float($0), Float($0)) })
    ]
    let report = try await Report(plan: plan, records: records, tables: []).drawn()
    for file in report.files where file.path.hasSuffix(".svg") {
      #expect(report.text(file.path).hasSuffix("</svg>\n\n"), "\(file.path)")
    }
  }

  /// Titles of panels are their labels alone where the names of axes leave no room for them.
  @Test(arguments: [
    ("order", "fixed", "'loss = wasserstein, order = fixed'"),
    ("order of play", "simultaneous", "'wasserstein · simultaneous'"),
  ])
  func panelTitles(_ axis: String, _ label: String, _ title: String) throws {
    let plan = GridPlan(
      axes: [
        Axis(name: "loss", labels: ["hinge", "minimax", "wasserstein"]),
        Axis(name: axis, labels: [label, "other"]), Axis(name: "penalty", labels: ["none", "r1"]),
      ], baseline: ["penalty": "none"], seeds: [0, 1],
      metrics: [GridPlan.metric("score", .min, primary: true)]
    ).plan
    var records = ValueTable(plan: plan, values: plan.arms.map { _ in [1, 2] }).records
    records.evaluation = HistoryTable(
      columns: ["score"],
      rows: plan.arms.map { .init(arm: $0.index, seed: 0, step: 10, values: [1]) })
    let report = try Report(plan: plan, records: records, tables: [])
    for figure in ["arms", "curve"] {
      let script = report.text("figures/\(figure)-score.gp")
      #expect(script.contains("set title \(title)"), "\(figure)")
      #expect(!script.contains("…"), "\(figure)")
    }
  }

  @Test func scatterHoldsFewPoints() throws {
    let (plan, records) = Experiments.small()
    let report = try Report(plan: plan, records: records, tables: [])
    let blocks = report.text("figures/samples.dat").split(separator: "\n\n\n")
    #expect(blocks.count == 6)
    for block in blocks { #expect(block.split(separator: "\n").count <= 251) }
  }

  @Test func gnuplotIsMissing() async throws {
    let (plan, records) = Experiments.small()
    let report = try Report(plan: plan, records: records, tables: [])
    let error = await #expect(throws: ReportError.self) {
      try await report.drawn(by: Gnuplot(executable: "saddle-no-such-gnuplot"))
    }
    #expect(error == .gnuplotMissing)
    #expect(error?.description.contains("apt-get install gnuplot-nox") == true)
  }

  @Test func gnuplotFails() async throws {
    let (plan, records) = Experiments.small()
    let report = try Report(plan: plan, records: records, tables: [])
    let error = await #expect(throws: ReportError.self) {
      try await report.drawn(by: Gnuplot(executable: "false"))
    }
    guard case .gnuplotFailed(let figure, _) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(figure == "heatmap-frechet")
  }
}
