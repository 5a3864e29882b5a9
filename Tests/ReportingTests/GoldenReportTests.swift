import Records
import Reporting
import Testing

@Suite struct GoldenReportTests {
  @Test func smallExperiment() throws {
    let (plan, records) = Experiments.small()
    let report = try Report(plan: plan, records: records, tables: Experiments.tables)
    for file in report.files { try Golden.check(file, in: "small") }
    #expect(Golden.paths(in: "small") == report.files.map(\.path).sorted())
  }

  @Test func imageExperiment() throws {
    let (plan, records) = Experiments.images()
    let report = try Report(plan: plan, records: records, tables: [])
    try Golden.check(ReportFile(path: "README.md", bytes: Array(report.page.utf8)), in: "images")
    let pictures = report.files.filter { $0.path.hasPrefix("grids/") }
    let arms = ["0-batch-0", "1-spectral-0", "2-none-0"].flatMap { name in
      ["", "-training", "-interpolations", "-neighbours"].map { name + $0 }
    }
    #expect(pictures.map(\.path) == (["real-0"] + arms).map { "grids/\($0).png" })
    #expect(pictures.map(\.bytes) == records.grids.map(\.png))
  }
}
