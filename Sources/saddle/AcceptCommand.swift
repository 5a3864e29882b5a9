import ArgumentParser
import Foundation
import Records
import Reporting
import Runner

struct AcceptCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "accept",
    abstract: "Accepts the results of a report: later ones are compared with them by 'check'.",
    discussion: """
      Writes reports/NAME/baseline.json from the records beside the report, which must be whole and \
      those of the store. Read the report first.
      """)

  @Argument(help: ExperimentOptions.help)
  var experiment: String

  @OptionGroup var records: StoreOption

  func run() throws {
    let options = try ExperimentOptions.of(experiment, in: records.store)
    let plan = try options.plan()
    let fresh = try FreshResults(options, plan)
    let folder = ReportFolder(options, plan, identities: fresh.identities)
    let records = try folder.records(plan)
    try Self.checkComplete(records, folder)
    try Self.checkStored(records, fresh.records, folder, options)
    let baseline = try fresh.baseline(traceSeed: plan.seeds.min() ?? 0)
    try ReportFile(path: ReportFolder.baseline, bytes: Array(baseline.text.utf8))
      .write(in: folder.path)
    print(
      "\(folder.path)/\(ReportFolder.baseline): accepted \(Count.text(records.runs.count, "run")) "
        + "in \(Count.text(plan.arms.count, "arm"))")
  }

  private static func checkComplete(_ records: CompactRecords, _ folder: ReportFolder) throws {
    let missing = records.runs.count { $0.state == .missing }
    let failed = records.runs.count { $0.state == .failed }
    if missing + failed > 0 {
      throw ReportFolder.Fault.incomplete(path: folder.path, missing: missing, failed: failed)
    }
  }

  /// Sees that the records which a person has read are those of the store, which knows more of them.
  private static func checkStored(
    _ records: CompactRecords, _ stored: CompactRecords, _ folder: ReportFolder,
    _ options: ExperimentOptions
  ) throws {
    let (store, sweep) = (options.store, options.command("sweep"))
    let absent = stored.runs.count { $0.state == .missing || $0.state == .failed }
    if absent > 0 {
      throw ReportFolder.Fault.notStored(store: store, runs: absent, sweep: sweep)
    }
    if stored.runs != records.runs {
      throw ReportFolder.Fault.outdated(path: folder.path, store: store, sweep: sweep)
    }
  }
}
