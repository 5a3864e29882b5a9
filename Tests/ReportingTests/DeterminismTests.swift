import Foundation
import Records
import Reporting
import Testing

@Suite struct DeterminismTests {
  @Test func sameBytesTwice() async throws {
    let (plan, records) = Experiments.small()
    let tables = Experiments.tables
    let first = try await Report(plan: plan, records: records, tables: tables).drawn()
    let second = try await Report(plan: plan, records: records, tables: tables).drawn()
    #expect(first.files == second.files)
    #expect(Set(first.files.map(\.path)).count == first.files.count)
  }

  @Test func orderOfRecordsDoesNotMatter() throws {
    let (plan, records) = Experiments.small()
    var shuffled = records
    shuffled.runs.reverse()
    shuffled.evaluation = HistoryTable(
      columns: records.evaluation.columns, rows: records.evaluation.rows.reversed())
    shuffled.training = HistoryTable(
      columns: records.training.columns, rows: records.training.rows.reversed())
    let straight = try Report(plan: plan, records: records, tables: [])
    #expect(try Report(plan: plan, records: shuffled, tables: []).files == straight.files)
  }

  @Test func noTraceOfThisMachine() async throws {
    let (plan, records) = Experiments.small()
    let report = try await Report(plan: plan, records: records, tables: []).drawn()
    let host = ProcessInfo.processInfo.hostName
    for file in report.files {
      let text = String(decoding: file.bytes, as: UTF8.self)
      #expect(!text.contains(NSTemporaryDirectory()) && !text.contains(NSHomeDirectory() + "/"))
      #expect(host.count < 6 || !text.contains(host), "\(file.path)")
      #expect(!text.contains(/GNUPLOT [0-9]/), "\(file.path)")
    }
  }

  /// Final values that look like real ones, huge, tiny, negative zero, not a number.
  @Test func atMostFiveDigitsAndNoNegativeZero() throws {
    let plan = ValueTable.plan(["a", "b", "c", "d", "e"], seeds: 7)
    var numbers = SyntheticNumbers(8)
    let rows: [[Double?]] = [1e-9, 1, 1234.5678, 1e12].map { scale in
      (0..<7).map { _ in scale * (1 + numbers.normal()) }
    }
    let odd: [Double?] = [-0.0, -0.0, -1e-15, 0, 0, .nan, 1e-17]
    let records = ValueTable(plan: plan, values: rows + [odd]).records
    let page = try Report(plan: plan, records: records, tables: []).page
    for match in page.matches(of: /-?[0-9]+(\.[0-9]+)?(e-?[0-9]+)?/) {
      let mantissa = match.output.0.split(separator: "e")[0].drop { "-0.".contains($0) }
      #expect(mantissa.count { $0.isNumber } <= 5, "\(match.output.0)")
      let isNegativeZero =
        match.output.0.hasPrefix("-0") && !match.output.0.contains { ("1"..."9").contains($0) }
      #expect(!isNegativeZero, "\(match.output.0)")
    }
    #expect(!page.contains("nan") && !page.contains("NaN"))
    #expect(page.contains("6 of 7 finished runs have a finite value"))
  }
}
