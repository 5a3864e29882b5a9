import ArgumentParser
import Foundation
import Records
import Reporting
import Runner

/// A folder with a report and the compact records that it is made from.
struct ReportFolder {
  let path: String

  /// The name of the file with accepted results.
  static let baseline = "baseline.json"

  /// Why the compact records of a folder cannot be used; `sweep` is the command that helps, as one types it.
  enum Fault: Error, CustomStringConvertible {
    case noRecords(path: String, sweep: String)
    case damaged(reason: String)
    case incomplete(path: String, missing: Int, failed: Int)
    case notStored(store: String, runs: Int, sweep: String)
    case outdated(path: String, store: String, sweep: String)

    var description: String {
      switch self {
      case .noRecords(let path, let sweep):
        "\(path): no records; they are made by: \(sweep)"
      case .damaged(let reason): reason
      case .incomplete(let path, let missing, let failed):
        "\(path)/runs.csv: incomplete (\(missing) missing, \(failed) failed); sweep again first"
      case .notStored(let store, let runs, let sweep):
        "\(store): \(Count.text(runs, "run")) of the report without a record; made by: \(sweep)"
      case .outdated(let path, let store, let sweep):
        "\(path)/runs.csv: not what the records in \(store) give; read the new report before you "
          + "accept it, which is written by: \(sweep)"
      }
    }
  }

  private let identities: Identities?
  /// The command that makes the records.
  private let sweep: String

  /// The folder of a plan's report.
  ///
  /// - Parameter identities: the ids that the records must have; without them the ids are not compared.
  init(_ options: ExperimentOptions, _ plan: Plan, identities: Identities? = nil) {
    path = options.reportFolder(plan)
    sweep = options.command("sweep")
    self.identities = identities
  }

  /// Brings the compact records up to date where records have come or gone, then the report made from what a reader
  /// of them will see.
  func update(_ plan: Plan, from gathering: Gathering) async throws -> Report {
    if try !gathering.isCurrent(in: path) {
      try gathering.records().write(to: path, plan: plan)
    }
    let report = try await rewrite(plan)
    // In a store that cannot be written to the records are gathered anew each time.
    try? gathering.remember(path)
    return report
  }

  /// Makes the report again from the compact records of the folder.
  func rewrite(_ plan: Plan) async throws -> Report {
    let report = try await make(plan).drawn(existing: bytes)
    for file in report.files where bytes(file.path) != file.bytes { try file.write(in: path) }
    try removeStrays(report)
    return report
  }

  private func bytes(_ name: String) -> [UInt8]? {
    FileManager.default.contents(atPath: "\(path)/\(name)").map { Array($0) }
  }

  /// The report that the compact records of the folder give, with figures' scripts and data but without drawings.
  func make(_ plan: Plan) throws -> Report {
    try Report(
      plan: plan, records: try records(plan), parameters: RunSchema.configuration,
      tables: RunSchema.tables.all)
  }

  /// The compact records of the folder.
  func records(_ plan: Plan) throws -> CompactRecords {
    guard FileManager.default.fileExists(atPath: "\(path)/runs.csv") else {
      throw Fault.noRecords(path: path, sweep: sweep)
    }
    do throws(RecordsError) {
      return try CompactRecords(reading: path, plan: plan) { arm, seed in
        // Without the data files the ids are not known.
        try? identities?.run(arm, seed: seed).id
      }
    } catch .invalid(let diagnostics) {
      throw Fault.damaged(reason: RecordsError.invalid(diagnostics).description)
    }
  }

  /// The files of the report that differ from those in the folder, sorted. Drawings are not compared: they depend on
  /// gnuplot's version, and on nothing else but their scripts and data.
  func differences(_ report: Report) -> [String] {
    report.files.filter { bytes($0.path) != $0.bytes }.map(\.path).sorted()
  }

  /// What figures are written as.
  private static let figureTypes = ["svg", "gp", "dat"]

  /// Removes figures of earlier reports, but not what another process may be writing just now.
  private func removeStrays(_ report: Report) throws {
    for folder in [path, "\(path)/figures", "\(path)/grids"] {
      try AtomicFile.removeAbandoned(in: folder)
    }
    let folder = URL(fileURLWithPath: "\(path)/figures", isDirectory: true)
    let keys: Set<URLResourceKey> = [.isRegularFileKey, .isSymbolicLinkKey]
    let isLink = try? folder.resourceValues(forKeys: keys).isSymbolicLink
    guard isLink != true else { return }
    let files = try? FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: Array(keys))
    let kept = report.files.map(\.path)
    for file in files ?? [] where Self.figureTypes.contains(file.pathExtension) {
      let isFile = try? file.resourceValues(forKeys: keys).isRegularFile
      guard isFile == true, !kept.contains("figures/\(file.lastPathComponent)") else { continue }
      try? FileManager.default.removeItem(at: file)
    }
  }
}

extension ReportFile {
  /// Writes the file below a folder.
  func write(in folder: String) throws { try write(to: "\(folder)/\(path)") }

  /// Writes the file's bytes to a path, in the place of what is there.
  func write(to path: String) throws { try AtomicFile.write(bytes, to: path) }
}

extension Report {
  /// Prints the answer and the page's path.
  func announce(in folder: String) {
    print(TerminalText.plain(headline.joined(separator: "\n")))
    print("\(folder)/README.md")
    // Errors that follow on the other stream belong below.
    fflush(nil)
  }

  /// Ends the command with status 1 when a claim is false.
  func failOnFalseClaims() throws {
    let failed = claims.filter { $0.verdict == .fails }
    for result in failed { StandardError.print("claim \(result.claim.id) is false") }
    if !failed.isEmpty { throw ExitCode(ExitStatus.claimFailed.rawValue) }
  }
}
