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

  func validate() throws {
    if let seed, seed < 0 { throw ValidationError("--seed must be at least 0") }
  }

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
    if let arm { options.only.append(arm) }
    let plan = try options.plan()
    guard plan.arms.count > 1 else { return plan }
    let names = plan.arms.prefix(10).map { "'\($0.name)'" }.joined(separator: ", ")
    throw UsageError(
      "\(plan.arms.count) arms match: \(names)\(plan.arms.count > 10 ? ", …" : ""); choose one with "
        + "--arm \(plan.axes.map { "\($0.name)=…" }.joined(separator: ","))")
  }
}

/// A run's course as a table: losses, critic outputs and gradients, and the metrics where they are measured.
final class RunView: @unchecked Sendable {
  /// Rows of training that are shown at most.
  private static let rows = 40

  // All state is touched under the lock alone.
  private let lock = NSLock()
  private let plan: Plan
  private let steps: Int
  private var shown = 0
  private var hasHeader = false

  init(_ plan: Plan) {
    self.plan = plan
    steps = RunConfiguration(plan.arms[0].configuration).steps
  }

  /// Whether there was anything to show.
  var hasShown: Bool { lock.withLock { hasHeader } }

  func show(_ event: RunEvent) {
    lock.withLock {
      switch event {
      case .resumed(let step): line("goes on after step \(step)")
      case .recorded(let step, let values) where isShown(step): row(step, values)
      case .measured(let step, let values): line("\(step)".padded(8) + "  " + text(values))
      case .recorded, .stepped: break
      }
    }
  }

  /// Shows a run that was made earlier.
  func show(_ stored: StoredCourse) throws {
    var measured = stored.values[...]
    func showMeasured(to step: Int) {
      while let next = measured.first, next.step <= step {
        show(.measured(step: next.step, values: next.values))
        measured.removeFirst()
      }
    }
    for moment in stored.history {
      showMeasured(to: moment.step - 1)
      show(.recorded(step: moment.step, values: moment.values.map { $0 ?? .nan }))
    }
    showMeasured(to: .max)
  }

  /// One moment of each of `rows` equal parts of training is shown.
  private func isShown(_ step: Int) -> Bool {
    let part = (step * Self.rows - 1) / steps + 1
    guard part > shown else { return false }
    shown = part
    return true
  }

  /// The columns that fit on a screen, with what they are called there.
  private static let columns = [
    ("critic_loss", "critic"), ("penalty", "penalty"), ("generator_loss", "generator"),
    ("real", "D(real)"), ("fake", "D(fake)"), ("critic_gradient", "‖∇critic‖"),
    ("generator_gradient", "‖∇gen.‖"),
  ]

  private func row(_ step: Int, _ values: [Double]) {
    let shown = Self.columns.map { column, _ in
      RunEvent.recordedColumns.firstIndex(of: column).map { String(format: "%.3g", values[$0]) }
        ?? ""
    }
    line("\(step)".padded(8) + shown.map { $0.padded(10) }.joined())
  }

  private func text(_ values: [Double?]) -> String {
    zip(plan.metrics(of: plan.arms[0]), values).map { metric, value in
      "\(metric.name) \(value.map(number) ?? "–")"
    }.joined(separator: "  ")
  }

  private func number(_ value: Double) -> String { String(format: "%.4g", value) }

  private func line(_ text: String) {
    if !hasHeader {
      hasHeader = true
      print("step".padded(8) + Self.columns.map { $0.1.padded(10) }.joined())
    }
    print(TerminalText.plain(text))
    fflush(nil)
  }
}

extension String {
  /// The text moved to the right edge of a column.
  fileprivate func padded(_ width: Int) -> String {
    String(repeating: " ", count: max(0, width - count)) + self
  }
}
