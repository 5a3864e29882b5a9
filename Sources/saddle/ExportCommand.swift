import ArgumentParser
import Records
import Runner

struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Writes the weights of a stored run for PyTorch.",
    discussion: """
      The file holds the state_dict of an nn.Sequential whose modules its metadata list. Weights \
      that a constraint normalizes are written normalized, and the generator's are averaged where \
      the run keeps an average, so that the module gives the run's own samples. An experiment starts \
      a network with such a file by 'generator.weights: FILE'.
      """)

  @OptionGroup var options: ExperimentOptions
  @OptionGroup var chosen: ArmOptions

  @Option(
    help: """
      The network; 'critic' is an autoencoding critic's encoder, and leaves out projections of \
      features.
      """)
  var network = RunNetwork.generator

  @Option(
    help: "The generator steps after which; the end by default. Of the generator, as far as kept.")
  var point: Int?

  @Flag(help: "Takes the generator's last weights instead of their average.")
  var last = false

  @Flag(help: "Writes all states as they are, with those of constraints, to go on training with.")
  var raw = false

  @Option(
    help:
      "Also writes the inputs of eight samples and what the network gives for them to this file.")
  var examples: String?

  @OptionGroup var output: OutputFile

  func validate() throws {
    if let point, point < 0 { throw ValidationError("--point must be at least 0") }
    if last, network != .generator { throw ValidationError("--last is about the generator") }
    if examples == output.out {
      throw ValidationError("--examples must be another file than --out")
    }
  }

  func run() throws {
    let plan = try options.plan()
    let arm = try chosen.arm(of: plan, options)
    let seed = chosen.seed(of: plan)
    let settings = try options.settings()
    let identities = options.identities(plan, settings)
    try plan.checkData(identities)
    try output.check()
    if let examples { try output.check(examples, "--examples") }
    let request = WeightExport.Request(
      network: network, step: point, isAveraged: !last, isRaw: raw)
    let export: WeightExport
    do {
      export = try WeightExport(
        arm, seed: seed, request, Store(options.store), identities, options.executor(settings))
    } catch WeightExportError.notStored {
      let run = options.command("run", "--arm", arm.name, "--seed", "\(seed)")
      StandardError.print(
        "\(options.store): no run of '\(arm.name)' with seed \(seed); made by: \(run)")
      throw ExitCode(ExitStatus.nothingToEvaluate.rawValue)
    }
    try output.write(export.bytes)
    if let examples { try AtomicFile.write(export.examples, to: examples) }
    let kind = export.isAveraged ? "average after" : "after"
    StandardOutput.print(
      """
      \(plan.name) · \(arm.name) · seed \(seed) · \(network.rawValue), \(kind) \
      \(Count.text(export.step, "step"))
      \(export.modules.map { "  \($0.name): \($0.module)" }.joined(separator: "\n"))
      wrote \(([output.out] + (examples.map { [$0] } ?? [])).joined(separator: ", "))
      """)
  }
}

extension RunNetwork: ExpressibleByArgument {}
