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

  @OptionGroup var chosen: ArmOptions

  @OptionGroup var threadOption: ThreadOption

  func run() async throws {
    let plan = try options.plan()
    let arm = try chosen.arm(of: plan, options)
    let settings = try options.settings()
    for warning in plan.diagnostics { StandardError.print(warning.description) }
    let seed = chosen.seed(of: plan)
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
}
