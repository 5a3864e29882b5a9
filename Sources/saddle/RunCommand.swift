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

  @Option(help: "The arm by its labels, axis=label,…; not needed where there is one arm.")
  var arm: String?

  @Option(help: "The seed; the experiment's first by default.")
  var seed: Int?

  func run() async throws {
    let plan = try chosenPlan()
    let settings = try options.settings()
    for warning in plan.diagnostics { StandardError.print(warning.description) }
    let seed = seed ?? plan.seeds.first ?? 0
    let identities = options.identities(plan, settings)
    try plan.checkData(identities)
    let store = Store(options.store)
    try store.prepare()
    let jobs = JobRunner(
      plan, store: store, executor: options.executor(settings), dataFolder: settings.dataFolder)
    let view = RunView(plan)
    print(TerminalText.plain("\(plan.name) · \(plan.arms[0].name) · seed \(seed)"))
    let signals = Signals { StandardError.print($0) }
    signals.setWorking(true)
    do {
      let state = try jobs.perform(
        arm: 0, seed: seed, monitor: RunMonitor(stop: signals.stop) { view.show($0) })
      let id = try identities.run(plan.arms[0], seed: seed).id
      if !view.hasShown { try view.show(jobs.stored(arm: 0, seed: seed)) }
      print("\(state.rawValue): \(store.folder(.run, id))")
    } catch let interruption as RunInterrupted {
      StandardError.print("stopped after step \(interruption.step); the same command goes on there")
      throw ExitCode((signals.status ?? .interrupted).rawValue)
    }
  }

  /// The plan with the chosen arm alone.
  private func chosenPlan() throws -> Plan {
    var options = options
    if let arm { options.selection.only.append(arm) }
    let plan = try options.plan()
    guard plan.arms.count > 1 else { return plan }
    let names = plan.arms.prefix(10).map { "'\($0.name)'" }.joined(separator: ", ")
    throw UsageError(
      "\(plan.arms.count) arms match: \(names)\(plan.arms.count > 10 ? ", …" : ""); choose one with "
        + "--arm \(plan.axes.map { "\($0.name)=…" }.joined(separator: ","))")
  }
}
