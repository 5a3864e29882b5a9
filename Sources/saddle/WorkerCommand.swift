import ArgumentParser
import Foundation
import Records
import Runner

struct WorkerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "worker", abstract: "Does the runs that a sweep asks for on standard input.",
    shouldDisplay: false)

  @OptionGroup var options: ExperimentOptions

  func run() throws {
    Self.leaveEndingToSweep()
    let settings = try options.settings()
    let jobs = JobRunner(
      try options.plan(), store: Store(options.store), executor: options.executor(settings),
      dataFolder: settings.dataFolder)
    Worker(jobs).serve()
  }

  /// Ctrl-C reaches every process of a terminal, but an interrupted run has not failed: the sweep ends, and without a
  /// reader of its events the worker ends at the next one.
  private static func leaveEndingToSweep() {
    signal(SIGINT, SIG_IGN)
    signal(SIGTERM, SIG_IGN)
    signal(SIGPIPE, SIG_DFL)
  }
}
