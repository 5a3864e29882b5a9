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
  @OptionGroup var progressOptions: ProgressOptions

  @Option(help: "The number of worker processes; all cores by default.")
  var jobs: Int?

  @OptionGroup var threadOption: ThreadOption

  @Flag(help: "Tries runs again that failed earlier.")
  var retryFailed = false

  @Flag(help: "Ends the sweep at the first run that fails.")
  var failFast = false

  @Option(help: "The longest time for a run, for example 90s, 15m, 2h; 0 for any.")
  var timeout: Seconds?

  @Option(help: "The longest time without any progress of a run; 0 for any.")
  var stall = Seconds(900)

  @Option(help: "The time between checkpoints of a run; 0 for one after each step.")
  var checkpoint = Seconds(60)

  @Flag(name: .customLong("no-report"), help: "Trains and measures, and leaves the report alone.")
  var leavesReport = false

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("--jobs must be at least 1") }
  }

  func run() async throws {
    let plan = try options.plan()
    let settings = try options.settings()
    for warning in plan.diagnostics { StandardError.print(warning.description) }
    if !leavesReport, !Gnuplot().isInstalled {
      StandardError.print("warning: \(ReportError.gnuplotMissing); runs are kept meanwhile")
    }
    let identities = options.identities(plan, settings)
    let store = Store(options.store)
    let progress = Progress(plan, progressOptions.form)
    defer { progress.clear() }
    let signals = Signals { progress.say($0) }
    progress.show(activity: "\(plan.name): reading data and records…")
    try plan.checkData(identities)
    signals.setWorking(true)
    if progress.wantsResults {
      progress.recall(try await plan.storedResults(identities, in: store))
    }
    let outcome = try await sweep(plan).run(
      identities, retriesFailed: retryFailed, stop: signals.stop
    ) { progress.show($0) }
    signals.setWorking(false)
    progress.end()
    try leave(signals, outcome)
    if leavesReport { return try Self.failOnFailures(outcome.failed) }
    progress.show(activity: "\(plan.name): writing the report…")
    let folder = options.reportFolder(plan)
    let gathering = Gathering(plan, store: store, identities: identities)
    let report = try await ReportFolder(options, plan).update(plan, from: gathering)
    progress.clear()
    progress.announce(report, in: folder)
    try Self.failOnFailures(outcome.failed)
    try Self.failOnMissing(report.missingRuns)
    try report.failOnFalseClaims()
  }

  private func sweep(_ plan: Plan) throws -> Sweep {
    Sweep(
      plan, store: Store(options.store),
      command: try options.workerCommand(checkpointInterval: checkpoint.value),
      workerCount: jobs ?? ProcessInfo.processInfo.activeProcessorCount,
      threads: try threadOption.choice(options.selection),
      limits: Sweep.Limits(
        timeout: timeout?.limit, stall: stall.limit, stopsAtFailure: failFast))
  }

  /// Ends the command without a report where the sweep was not allowed to finish.
  private func leave(_ signals: Signals, _ outcome: Sweep.Outcome) throws {
    if let status = signals.status {
      StandardError.print(Signals.closing)
      throw ExitCode(status.rawValue)
    }
    if failFast, outcome.isStopped {
      StandardError.print(
        "stopped at the first failure; with --retry-failed the same command goes on")
      throw ExitCode(ExitStatus.runsFailed.rawValue)
    }
  }

  /// After a sweep that was not stopped every run has a record, unless somebody takes them away.
  private static func failOnMissing(_ count: Int) throws {
    guard count > 0 else { return }
    StandardError.print(
      "\(Count.text(count, "record")) of this sweep went missing or were damaged meanwhile; the "
        + "same command makes them again")
    throw ExitCode(ExitStatus.mismatch.rawValue)
  }

  private static func failOnFailures(_ count: Int) throws {
    guard count > 0 else { return }
    StandardError.print(
      "\(Count.text(count, "run")) failed; with --retry-failed the same command tries "
        + "\(count == 1 ? "it" : "them") again")
    throw ExitCode(ExitStatus.runsFailed.rawValue)
  }
}
