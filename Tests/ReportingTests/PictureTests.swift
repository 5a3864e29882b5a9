import Records
import Reporting
import Testing

/// Which pictures a page shows, and where.
@Suite struct PictureTests {
  /// A plan of many arms, each with all pictures.
  private func big(labels: (Int) -> String = { "r\($0)" }) throws -> (
    plan: Plan, records: CompactRecords
  ) {
    let grid = GridPlan(
      axes: [
        Axis(name: "loss", labels: (0..<12).map { "l\($0)" }),
        Axis(name: "regularizer", labels: (0..<6).map(labels)),
      ], baseline: ["regularizer": labels(0)], seeds: [0, 1],
      metrics: [GridPlan.metric("frechet", .min, primary: true)])
    let plan = grid.plan
    var records = SyntheticRecords(plan: plan, level: { Double($0.index % 6 + 1) }).records
    records.grids = plan.arms.flatMap { arm in
      PictureKind.allCases.map {
        SampleGrid(
          arm: arm.index, seed: 0, kind: $0, png: PortablePicture.png(seed: 0, noise: 0))
      }
    }
    return (plan, records)
  }

  /// Paths of pictures outside and inside of folded parts.
  private func pictures(_ page: String) -> (open: [String], folded: [String]) {
    var (open, folded): ([String], [String]) = ([], [])
    var depth = 0
    for line in page.split(separator: "\n") {
      if line.hasPrefix("<details>") { depth += 1 }
      if line.hasPrefix("</details>") { depth -= 1 }
      for match in line.matches(of: /<img src="(grids\/[^"]*)"/) {
        if depth == 0 { open.append(String(match.1)) } else { folded.append(String(match.1)) }
      }
    }
    return (open, folded)
  }

  @Test func manyArmsAreFolded() throws {
    let (plan, records) = try big()
    let report = try Report(plan: plan, records: records, tables: [])
    let (open, folded) = pictures(report.page)
    #expect(open.count == 4 * 18 && folded.count == 4 * (72 - 18))
    let shown = (open + folded).sorted()
    #expect(shown == records.grids.map { "grids/" + $0.fileName(in: plan) }.sorted())
    #expect(Set(shown).count == shown.count)
    // The baseline, the best and the worst of the first strata: the level rises with the arm.
    let samples = open.prefix(18).compactMap { $0.dropFirst(6).prefix { $0 != "-" } }
    #expect(samples.prefix(3).contains("0") && samples.prefix(3).contains("5"))
    #expect(samples.contains("30") && !samples.contains("2"))
  }

  @Test func onlyWhatIsAskedFor() throws {
    var (plan, records) = Experiments.images()
    for kind in PictureKind.allCases {
      let asked = plan.asking([.pictures(kind), .pictures(kind)])
      let report = try Report(plan: asked, records: records, tables: [])
      let shown = report.files.filter { $0.path.hasPrefix("grids/") }.map(\.path)
      let expected = records.grids.filter { $0.kind == kind }
      #expect(shown == expected.map { "grids/" + $0.fileName(in: plan) })
      #expect(!report.page.contains("There are no"))
    }
    plan = plan.asking(PictureKind.allCases.map(ChartRequest.pictures))
    records.grids = records.grids.filter { $0.kind == .samples }
    let page = try Report(plan: plan, records: records, tables: []).page
    #expect(page.contains("There are no samples over training"))
    #expect(page.contains("There are no interpolations"))
    #expect(page.contains("There are no nearest images"))
    #expect(!page.contains("There are no sample grids"))
    #expect(!page.contains("**Over training.**"))
  }

  @Test func nothingIsSaidOfPicturesThatTheDefaultLacks() throws {
    var (plan, records) = Experiments.images()
    plan = plan.asking([])
    records.grids = []
    let page = try Report(plan: plan, records: records, tables: []).page
    #expect(!page.contains("There are no") && !page.contains("<img src=\"grids"))
  }

  @Test func runsWithoutAPictureAreCounted() throws {
    var (plan, records) = try big()
    plan = plan.asking([])
    records.grids = records.grids.filter { $0.arm != 7 && $0.arm != 8 }
    let page = try Report(plan: plan, records: records, tables: []).page
    #expect(page.contains("2 arms have no picture here"))
  }

  @Test(arguments: ["../../x", "\"><script>", "a|b\n# c", "`$(touch x)`", "%2e%2e", ""])
  func hostileNames(_ text: String) throws {
    let (plan, records) = try big { "\($0)\(text)" }
    let report = try Report(plan: plan, records: records, tables: [])
    for file in report.files where file.path.hasPrefix("grids/") {
      #expect(file.path.wholeMatch(of: /grids\/[A-Za-z0-9._=-]+\.png/) != nil, "\(file.path)")
      #expect(!file.path.contains("/.."))
    }
    #expect(pictures(report.page).open.count == 4 * 18)
    for line in report.page.split(separator: "\n") where line.contains("<img") {
      #expect(!line.contains("<script>") && line.ranges(of: "<img ").count <= 3)
    }
  }

  /// Where all means are equal no arm is the best or the worst.
  @Test func tiesHaveNoRole() throws {
    var images = Experiments.images()
    images.records.runs = images.records.runs.map {
      RunResult(
        arm: $0.arm, seed: $0.seed, id: $0.id, state: .done, steps: $0.steps, isDead: false,
        operations: $0.operations, digest: $0.digest, metrics: [1])
    }
    let page = try Report(plan: images.plan, records: images.records, tables: []).page
    #expect(page.contains("none<br>baseline; mean frechet 1 |"))
    #expect(page.contains("batch<br>mean frechet 1 |"))
    #expect(!page.contains("<br>best") && !page.contains("worst;"))
  }

  @Test func recordsThatDoNotFitAreRefused() throws {
    var (plan, records) = Experiments.images()
    plan = plan.asking([])
    records.grids.append(records.grids[2])
    #expect(throws: ReportError.self) { try Report(plan: plan, records: records, tables: []) }
    records.grids.removeLast()
    records.neighbours.append(
      NeighbourCheck(
        arm: 9, seed: 0, samples: 1, candidates: 1, origin: .drawn, generated: 1, heldOut: 1,
        nearer: 1))
    #expect(throws: ReportError.self) { try Report(plan: plan, records: records, tables: []) }
  }
}

extension Plan {
  /// The same with other charts.
  fileprivate func asking(_ charts: [ChartRequest]) -> Plan {
    Plan(
      name: name, question: question, file: file, axes: axes, arms: arms, seeds: seeds,
      metrics: metrics, claims: claims, charts: charts, exclusions: exclusions,
      diagnostics: diagnostics, isAdHoc: isAdHoc)
  }
}
