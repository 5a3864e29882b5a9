import ArgumentParser
import Datasets
import Foundation
import Records
import Runner

struct StatusCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Shows what a store holds and how far experiments are.",
    discussion: """
      Without an experiment: what is in the store, and how far each experiment of Experiments/ is; \
      with one: each run of each arm, and failures with their logs. Records are looked for by their \
      names, and not verified: 'saddle sweep' does that before it uses them.
      """)

  @Argument(help: ExperimentOptions.help)
  var experiment: String?

  @OptionGroup var records: StoreOption

  @Flag(help: "Writes one JSON document.")
  var json = false

  func run() async throws {
    let settings = try Settings(environment: ProcessInfo.processInfo.environment)
    let store = Store(records.store)
    let contents = try store.contents()
    guard let experiment else {
      let status = try await StoreStatus(store, contents, settings)
      return json ? StandardOutput.print(status.json) : StandardOutput.print(status.text)
    }
    let options = try ExperimentOptions.of(experiment, in: store.path)
    let plan = try options.plan()
    var status = ExperimentStatus(plan, options)
    do {
      try await status.look(store, contents, options.identities(plan, settings))
    } catch let error as DatasetError where error.isAbsence {
      StandardError.print("warning: \(error)")
    }
    return json ? StandardOutput.print(status.json) : StandardOutput.print(status.text)
  }
}
