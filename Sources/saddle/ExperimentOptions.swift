import ArgumentParser
import Engine
import Foundation
import Records
import Runner

/// Which experiment a verb is about, and where things lie.
struct ExperimentOptions: ParsableArguments {
  @Argument(help: "An experiment's name, for Experiments/NAME.yaml, or the path of its file.")
  var experiment: String

  @Option(help: "The folder that holds the records.")
  var store = "results"

  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: "Changes a setting: key=value. The sweep is ad hoc then and overwrites no report.")
  var set: [String] = []

  @Option(
    parsing: .singleValue,
    help:
      "Keeps the arms with these labels, axis=label,…, or the included arm of this name (ad hoc).")
  var only: [String] = []

  @Option(help: "The number of seeds, or a list: 0,1,5 (ad hoc).")
  var seeds: String?

  @Flag(help: "Computes in Float64 with the reference executor: slow, for small experiments.")
  var reference = false

  /// The path of the experiment file.
  var path: String {
    experiment.hasSuffix(".yaml") || experiment.hasSuffix(".yml")
      ? experiment : "Experiments/\(experiment).yaml"
  }

  func plan() throws -> Plan {
    if !FileManager.default.fileExists(atPath: path) { throw UsageError(missing) }
    let plan = try Plan(
      reading: path, schema: RunSchema.experiment,
      overrides: Overrides(set: set, only: only, seeds: seeds))
    if plan.name == "." || plan.name == ".." {
      throw UsageError("\(path): the report's folder is called as the file, so not '\(plan.name)'")
    }
    return plan
  }

  /// That there is no such experiment, and which there are.
  private var missing: String {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "Experiments")) ?? []
    let known = names.filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted()
    let list = known.isEmpty ? "" : "; there are: \(known.joined(separator: ", "))"
    return "\(path): no such file\(path.hasPrefix("Experiments/") ? list : "")"
  }

  func settings() throws -> Settings {
    try Settings(environment: ProcessInfo.processInfo.environment)
  }

  func executor(_ settings: Settings) -> Executor {
    reference ? .reference : .fast(settings.kernels)
  }

  func identities(_ plan: Plan, _ settings: Settings) -> Identities {
    Identities(
      plan, executor: executor(settings).name, dataFolder: settings.dataFolder)
  }

  /// The folder of the experiment's report: a committed one, or one beside the records for an ad-hoc sweep.
  func reportFolder(_ plan: Plan) -> String {
    plan.isAdHoc || reference ? "\(store)/reports/\(plan.name)" : "reports/\(plan.name)"
  }

  /// What starts a worker that serves this plan and store.
  ///
  /// - Parameter checkpointInterval: seconds between checkpoints of a run.
  func workerCommand(checkpointInterval: Double) throws -> Sweep.Command {
    guard let path = Bundle.main.executablePath else {
      throw RunnerError.environment(variable: "argv[0]", message: "cannot find this program's path")
    }
    return Sweep.Command(
      executable: path,
      arguments: ["worker", "--checkpoint-interval", "\(checkpointInterval)"] + workerArguments)
  }

  /// The arguments that make another process see the same plan and store. A value may begin with a hyphen, so each is
  /// part of its option.
  private var workerArguments: [String] {
    ["--store=\(store)"] + set.map { "--set=\($0)" } + only.map { "--only=\($0)" }
      + (seeds.map { ["--seeds=\($0)"] } ?? []) + (reference ? ["--reference"] : [])
      + ["--", experiment]
  }

  /// The same as a person types them.
  var arguments: [String] {
    [experiment, "--store", store] + set.flatMap { ["--set", $0] }
      + only.flatMap { ["--only", $0] } + (seeds.map { ["--seeds", $0] } ?? [])
      + (reference ? ["--reference"] : [])
  }
}
