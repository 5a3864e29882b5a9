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
    let identities = options.identities(plan, settings)
    let store = Store(options.store)
    for warning in plan.warnings { StandardError.print("warning: \(warning)") }
    Interruption.exitOnSignal()
    let progress = Progress(plan)
    let workers = jobs ?? ProcessInfo.processInfo.activeProcessorCount
    let sweep = Sweep(
      plan, store: store,
      command: Sweep.Command(
        executable: try Self.executable(), arguments: ["worker"] + options.arguments),
      workerCount: workers)
    let failed = try await sweep.run(identities, retriesFailed: retryFailed) {
      progress.show($0)
    }
    progress.end()
    let records = try Gathering(plan, store: store, identities: identities).records()
    let folder = options.reportFolder(plan)
    let report = try await ReportFolder(folder).write(plan, records)
    print("\(folder)/README.md")
    try Self.conclude(failed: failed, report)
  }

  /// The path of this program, to be started again as a worker.
  private static func executable() throws -> String {
    guard let path = Bundle.main.executablePath else {
      throw RunnerError.environment(variable: "argv[0]", message: "cannot find this program's path")
    }
    return path
  }

  private static func conclude(failed: Int, _ report: Report) throws {
    if failed > 0 {
      StandardError.print("\(failed) runs failed; 'saddle sweep --retry-failed' tries them again")
      throw ExitCode(ExitStatus.runsFailed.rawValue)
    }
    try report.failOnFalseClaims()
  }
}

/// Ctrl-C ends the command with status 130; whatever was finished is in the store.
enum Interruption {
  static func exitOnSignal() {
    for number in [SIGINT, SIGTERM] {
      signal(number) { number in
        let text: StaticString = "\nstopped; finished runs are kept, the same command goes on\n"
        _ = Foundation.write(2, text.utf8Start, text.utf8CodeUnitCount)
        _exit(128 + number)
      }
    }
  }
}
