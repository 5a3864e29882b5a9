import ArgumentParser
import Foundation
import Records
import Runner

struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Trains and measures one run in the foreground and shows how it goes.",
    discussion: """
      The record goes to the store, where the sweep finds it. A run that is stored already is \
      shown from there; 'saddle verify' trains it again.
      """)

  @OptionGroup var options: ExperimentOptions

  @Option(help: "The arm by its name, or by labels as axis=label,…; not needed where there is one.")
  var arm: String?

  @Option(help: "The seed; the experiment's first by default.")
  var seed: Int?

  @OptionGroup var threadOption: ThreadOption

  func validate() throws {
    if let seed, seed < 0 { throw ValidationError("--seed must be at least 0") }
  }

  func run() async throws {
    let plan = try options.plan()
    let arm = try chosen(of: plan)
    let settings = try options.settings()
    for warning in plan.diagnostics { StandardError.print(warning.description) }
    let seed = seed ?? plan.seeds.first ?? 0
    let identities = options.identities(plan, settings)
    try plan.checkData(identities)
    let store = Store(options.store)
    try store.prepare()
    let threads = try threadOption.choice(options.selection).count(
      runs: 1, workers: ProcessInfo.processInfo.activeProcessorCount)
    let jobs = JobRunner(
      plan, store: store, executor: options.executor(settings).shared(by: threads),
      dataFolder: settings.dataFolder)
    let view = RunView(plan, arm)
    print(TerminalText.plain("\(plan.name) · \(arm.name) · seed \(seed)"))
    let signals = Signals { StandardError.print($0) }
    signals.setWorking(true)
    do {
      let state = try jobs.perform(
        arm: arm.index, seed: seed, monitor: RunMonitor(stop: signals.stop) { view.show($0) })
      let id = try identities.run(arm, seed: seed).id
      if !view.hasShown { try view.show(jobs.stored(arm: arm.index, seed: seed)) }
      print("\(state.rawValue): \(store.folder(.run, id))")
    } catch let interruption as RunInterrupted {
      StandardError.print("stopped after step \(interruption.step); the same command goes on there")
      throw ExitCode((signals.status ?? .interrupted).rawValue)
    }
  }

  /// The arm that is meant: by its name as it is shown, by labels, or because there is no other.
  private func chosen(of plan: Plan) throws -> Arm {
    var candidates = plan.arms
    if let arm {
      if let named = plan.arms.first(where: { $0.name == arm }) { return named }
      var narrowed = options
      narrowed.selection.only.append(arm)
      let names = try narrowed.plan().arms.map(\.name)
      candidates = plan.arms.filter { names.contains($0.name) }
      // Labels are those of the grid; included arms have them for the sake of comparison.
      let cells = candidates.filter { $0.includedName == nil }
      if !cells.isEmpty { candidates = cells }
    }
    guard candidates.count > 1 else { return candidates[0] }
    let names = candidates.prefix(10).map { "'\($0.name)'" }.joined(separator: ", ")
    throw UsageError(
      "\(candidates.count) arms match: \(names)\(candidates.count > 10 ? ", …" : ""); choose one "
        + "with --arm and its name, or \(plan.axes.map { "\($0.name)=…" }.joined(separator: ","))")
  }
}
