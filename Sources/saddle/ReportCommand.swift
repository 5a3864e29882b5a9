import ArgumentParser
import Records
import Reporting
import Runner

struct ReportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Makes the report again from the compact records beside it, without training.")

  @OptionGroup var options: ExperimentOptions

  @Flag(help: "Writes nothing; ends with status 5 when the report differs from its records.")
  var check = false

  func run() async throws {
    let plan = try options.plan()
    let folder = ReportFolder(
      options, plan, identities: options.identities(plan, try options.settings()))
    guard check else {
      let report = try await folder.rewrite(plan)
      report.announce(in: folder.path)
      return try report.failOnFalseClaims()
    }
    let differences = folder.differences(try folder.make(plan))
    for path in differences { StandardError.print("\(folder.path)/\(path): differs") }
    if !differences.isEmpty { throw ExitCode(ExitStatus.mismatch.rawValue) }
    print("\(folder.path): the report is what its records give")
  }
}
