import ArgumentParser
import Foundation
import Records
import Reporting
import Runner

/// A folder with a report and the compact records that it is made from.
struct ReportFolder {
  let path: String

  init(_ path: String) { self.path = path }

  /// Writes the compact records, then the report made from what a reader of them will see.
  func write(_ plan: Plan, _ records: CompactRecords) async throws -> Report {
    try records.write(to: path, plan: plan)
    return try await rewrite(plan)
  }

  /// Makes the report again from the compact records of the folder.
  func rewrite(_ plan: Plan) async throws -> Report {
    let report = try await make(plan)
    for file in report.files { try file.write(in: path) }
    try removeStrays(report)
    return report
  }

  /// The report that the compact records of the folder give.
  func make(_ plan: Plan) async throws -> Report {
    let records = try CompactRecords(reading: path, plan: plan)
    return try await Report(plan: plan, records: records, tables: RunSchema.tables).drawn()
  }

  /// The files of the report that differ from those in the folder, sorted.
  func differences(_ report: Report) -> [String] {
    report.files.filter { file in
      FileManager.default.contents(atPath: "\(path)/\(file.path)").map { Array($0) } != file.bytes
    }.map(\.path).sorted()
  }

  /// Removes figures of earlier reports.
  private func removeStrays(_ report: Report) throws {
    let folder = "\(path)/figures"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    for name in names where !report.files.contains(where: { $0.path == "figures/\(name)" }) {
      try? FileManager.default.removeItem(atPath: "\(folder)/\(name)")
    }
  }
}

extension ReportFile {
  /// Writes the file below a folder.
  fileprivate func write(in folder: String) throws {
    let target = URL(fileURLWithPath: "\(folder)/\(path)")
    do {
      try FileManager.default.createDirectory(
        at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(bytes).write(to: target, options: .atomic)
    } catch {
      throw RecordsError.inputOutput(
        action: "write", path: "\(folder)/\(path)", reason: error.localizedDescription)
    }
  }
}

extension Report {
  /// Ends the command with status 1 when a claim is false.
  func failOnFalseClaims() throws {
    let failed = claims.filter { $0.verdict == .fails }
    for result in failed { StandardError.print("claim \(result.claim.id) is false") }
    if !failed.isEmpty { throw ExitCode(ExitStatus.claimFailed.rawValue) }
  }
}
