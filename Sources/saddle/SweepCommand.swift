import ArgumentParser
import Foundation
import Records
import Reporting
import Runner

struct SweepCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sweep",
    abstract: "Trains and measures what is missing, then writes the report.")

  @OptionGroup var options: ExperimentOptions

  @Option(help: "The number of worker processes; all cores by default.")
  var jobs: Int?

  @Flag(help: "Tries runs again that failed earlier.")
  var retryFailed = false

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("--jobs must be at least 1") }
  }

  func run() async throws {
    let plan = try options.plan()
    let settings = try options.settings()
    for warning in plan.diagnostics { StandardError.print(warning.description) }
    if !Gnuplot().isInstalled {
      StandardError.print("warning: \(ReportError.gnuplotMissing); runs are kept meanwhile")
    }
    Signals.handle()
    let identities = options.identities(plan, settings)
    let store = Store(options.store)
    let progress = Progress(plan)
    defer { progress.clear() }
    progress.show(activity: "\(plan.name): reading data and records…")
    try plan.checkData(identities)
    let sweep = Sweep(
      plan, store: store,
      command: Sweep.Command(
        executable: try Self.executable(), arguments: ["worker"] + options.arguments),
      workerCount: jobs ?? ProcessInfo.processInfo.activeProcessorCount)
    let failed = try await sweep.run(identities, retriesFailed: retryFailed) {
      progress.show($0)
    }
    progress.end()
    progress.show(activity: "\(plan.name): writing the report…")
    let folder = options.reportFolder(plan)
    let gathering = Gathering(plan, store: store, identities: identities)
    let report = try await ReportFolder(folder).update(plan, from: gathering)
    progress.clear()
    try conclude(failed: failed, report, folder)
  }

  /// The path of this program, to be started again as a worker.
  private static func executable() throws -> String {
    guard let path = Bundle.main.executablePath else {
      throw RunnerError.environment(variable: "argv[0]", message: "cannot find this program's path")
    }
    return path
  }

  private func conclude(failed: Int, _ report: Report, _ folder: String) throws {
    report.announce(in: folder)
    if failed > 0 {
      StandardError.print(
        "\(Count.text(failed, "run")) failed; with --retry-failed the same command tries "
          + "\(failed == 1 ? "it" : "them") again")
      throw ExitCode(ExitStatus.runsFailed.rawValue)
    }
    try report.failOnFalseClaims()
  }
}
