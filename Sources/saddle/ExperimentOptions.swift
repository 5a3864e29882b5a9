import ArgumentParser
import Engine
import Foundation
import Records
import Runner

/// Which experiment a verb is about, and where things lie.
struct ExperimentOptions: ParsableArguments {
  static let help: ArgumentHelp =
    "An experiment's name, for Experiments/NAME.yaml, or the path of its file."

  @Argument(help: Self.help)
  var experiment: String

  @OptionGroup var records: StoreOption
  @OptionGroup var selection: SelectionOptions

  init() {}

  init(_ experiment: String, _ records: StoreOption, _ selection: SelectionOptions) {
    self.experiment = experiment
    self.records = records
    self.selection = selection
  }

  /// An experiment as its file has it.
  static func of(_ experiment: String, in store: String) throws -> ExperimentOptions {
    try parse(["--store=\(store)", "--", experiment])
  }

  /// The folder that holds the records.
  var store: String { records.store }

  /// The path of the experiment file.
  var path: String {
    experiment.hasSuffix(".yaml") || experiment.hasSuffix(".yml")
      ? experiment : "\(ExperimentFolder.path)/\(experiment).yaml"
  }

  func plan() throws -> Plan {
    if !FileManager.default.fileExists(atPath: path) { throw UsageError(try missing()) }
    let plan = try Plan(
      reading: path, schema: RunSchema.experiment,
      overrides: selection.overrides)
    if plan.name == "." || plan.name == ".." {
      throw UsageError("\(path): the report's folder is called as the file, so not '\(plan.name)'")
    }
    return plan
  }

  /// That there is no such experiment, and which there are.
  private func missing() throws -> String {
    let message = "\(path): no such file"
    guard path.hasPrefix("\(ExperimentFolder.path)/") else { return message }
    let known = try ExperimentFolder.names()
    return known.isEmpty ? message : "\(message); there are: \(known.joined(separator: ", "))"
  }

  func settings() throws -> Settings {
    try Settings(environment: ProcessInfo.processInfo.environment)
  }

  func executor(_ settings: Settings) -> Executor {
    selection.reference ? .reference : .fast(settings.kernels)
  }

  func identities(_ plan: Plan, _ settings: Settings) -> Identities {
    Identities(
      plan, executor: executor(settings).name, dataFolder: settings.dataFolder)
  }

  /// The folder of the experiment's report: a committed one, or one beside the records for an ad-hoc sweep.
  func reportFolder(_ plan: Plan) -> String {
    plan.isAdHoc || selection.reference ? "\(store)/reports/\(plan.name)" : "reports/\(plan.name)"
  }

  /// What starts a worker that serves this plan and store.
  ///
  /// - Parameter checkpointInterval: seconds between checkpoints of a run.
  func workerCommand(checkpointInterval: Double) throws -> Sweep.Command {
    Sweep.Command(executable: try ProgramPath.current) { [arguments] threads in
      ["worker", "--checkpoint-interval", "\(checkpointInterval)", "--threads", "\(threads)"]
        + arguments
    }
  }

  /// The arguments that make another process see the same plan and store.
  var arguments: [String] { arguments(with: []) }

  private func arguments(with flags: [String]) -> [String] {
    let options = records.arguments + selection.arguments + flags
    return experiment.hasPrefix("-") ? options + ["--", experiment] : [experiment] + options
  }

  /// The command that does something else with the same plan and store, as one types it.
  func command(_ verb: String, _ flags: String...) -> String {
    Shell.words(["saddle", verb] + arguments(with: flags))
  }
}
