import ArgumentParser
import Records
import Runner

struct WorkerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "worker", abstract: "Does the runs that a sweep asks for on standard input.",
    shouldDisplay: false)

  @OptionGroup var options: ExperimentOptions

  func run() throws {
    let settings = try options.settings()
    let jobs = JobRunner(
      try options.plan(), store: Store(options.store), executor: options.executor(settings),
      dataFolder: settings.dataFolder)
    Worker(jobs).serve()
  }
}
