import ArgumentParser
import Foundation
import Records
import Runner

struct WorkerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "worker", abstract: "Does the runs that a sweep asks for on standard input.",
    shouldDisplay: false)

  @OptionGroup var options: ExperimentOptions

  @Option(help: "Seconds of training between checkpoints.")
  var checkpointInterval = 60.0

  @Option(help: "The threads that share each run.")
  var threads = 1

  func validate() throws { try ThreadOption.check(threads) }

  func run() throws {
    let stop = StopRequest()
    let signals = Self.listen(stop)
    defer { signals.cancel() }
    let settings = try options.settings()
    let jobs = JobRunner(
      try options.plan(), store: Store(options.store),
      executor: options.executor(settings).shared(by: threads), dataFolder: settings.dataFolder)
    Worker(jobs, checkpointInterval: checkpointInterval, stop: stop).serve()
  }

  /// Ctrl-C reaches every process of a terminal, but it is the sweep that tells its workers to stop, with SIGTERM.
  /// Without a reader of its events the worker ends at the next one.
  private static func listen(_ stop: StopRequest) -> any DispatchSourceSignal {
    signal(SIGINT, SIG_IGN)
    signal(SIGPIPE, SIG_DFL)
    return Signals.source(SIGTERM) { stop.make() }
  }
}
