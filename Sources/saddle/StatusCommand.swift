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

  @Argument(help: "An experiment's name, for Experiments/NAME.yaml, or the path of its file.")
  var experiment: String?

  @Option(help: "The folder that holds the records.")
  var store = "results"

  @Flag(help: "Writes one JSON document.")
  var json = false

  func run() async throws {
    let settings = try Settings(environment: ProcessInfo.processInfo.environment)
    let store = Store(store)
    let contents = try store.contents()
    guard let experiment else {
      let status = try await StoreStatus(store, contents, settings)
      return json ? StandardOutput.print(status.json) : StandardOutput.print(status.text)
    }
    let options = try ExperimentOptions.of(experiment, store: store.path)
    let plan = try options.plan()
    let status = try await ExperimentStatus(
      plan, options.identities(plan, settings), in: contents, of: store, named: experiment)
    return json ? StandardOutput.print(status.json) : StandardOutput.print(status.text)
  }
}

extension ExperimentOptions {
  /// The options of an experiment as its file has it.
  static func of(_ experiment: String, store: String) throws -> ExperimentOptions {
    try parse(["--store=\(store)", "--", experiment])
  }
}
