import ArgumentParser
import Datasets
import Foundation
import Records
import Runner

struct PlanCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Checks an experiment file and shows what a sweep would do.",
    discussion: """
      Operations are counted, not measured. The expected time comes from the times of finished runs \
      of a machine like this one, their measuring included, or where there are none from a short \
      measurement of training alone.
      """)

  @OptionGroup var options: ExperimentOptions

  @Option(help: "The number of worker processes to expect; all cores by default.")
  var jobs: Int?

  @OptionGroup var threadOption: ThreadOption

  @Flag(help: "Shows every arm with its settings, and its runs with their ids and states.")
  var arms = false

  @Flag(help: "Writes one JSON document; with --arms the complete settings of each arm as well.")
  var json = false

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("--jobs must be at least 1") }
  }

  func run() async throws {
    let plan = try options.plan()
    let settings = try options.settings()
    let identities = options.identities(plan, settings)
    var summary = PlanSummary(
      plan: plan, jobs: jobs ?? ProcessInfo.processInfo.activeProcessorCount,
      threads: try threadOption.choice(options.selection))
    do {
      try plan.checkData(identities)
      try await summary.look(Store(options.store), identities, options.executor(settings))
    } catch let error as DatasetError where error.isAbsence {
      try identities.checkPresentData()
      StandardError.print("warning: \(error)")
    }
    if json {
      StandardOutput.print(summary.json(withSettings: arms))
    } else {
      StandardOutput.print(summary.text(withArms: arms))
    }
  }
}
