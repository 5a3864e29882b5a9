import ArgumentParser
import Foundation
import Records
import Runner

struct VerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Compares every stored file with its sum, and on request stored runs with new ones.",
    discussion: """
      Without an experiment every record of the store is read. With --sample or --all stored runs \
      of the experiment are trained again, and each byte that they leave is compared. Nothing is \
      changed: the next sweep moves records with a damaged result away and makes them again; what \
      only tells how a record was made, or belongs to none, stays until you remove it. Ends with \
      status 5 when anything differs.
      """)

  @OptionGroup var options: OptionalExperiment

  @Option(help: "Trains this many stored runs of the experiment again.")
  var sample: Int?

  @Option(help: "Chooses which runs the sample takes.")
  var sampleSeed = 0

  @Flag(help: "Trains all stored runs of the experiment again.")
  var all = false

  @Option(help: "The number of worker processes; all cores by default.")
  var jobs: Int?

  @OptionGroup var threadOption: ThreadOption

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("--jobs must be at least 1") }
    if let sample, sample < 1 { throw ValidationError("--sample must be at least 1") }
    if sample != nil, all { throw ValidationError("--all leaves nothing to --sample") }
    if sample != nil || all, options.experiment == nil {
      throw ValidationError("--sample and --all need an experiment")
    }
  }

  func run() async throws {
    let store = Store(options.store)
    guard let experiment = options.chosen else {
      return try Self.conclude(try await StoreAudit(store).everything())
    }
    let plan = try experiment.plan()
    let identities = experiment.identities(plan, try experiment.settings())
    let audit = try await StoreAudit(store).records(of: plan, identities)
    let count = all ? Int.max : sample ?? 0
    guard count > 0 else { return try Self.conclude(audit) }
    Self.show(audit)
    let differing = try await train(experiment, plan, identities, count: count)
    if !audit.damage.isEmpty || differing > 0 { throw ExitCode(ExitStatus.mismatch.rawValue) }
  }

  private static func show(_ audit: StoreAudit.Result) {
    for damage in audit.damage { StandardError.print("\(damage.path): \(damage.message)") }
    print(audit.summary)
    fflush(nil)
  }

  private static func conclude(_ audit: StoreAudit.Result) throws {
    show(audit)
    if !audit.damage.isEmpty { throw ExitCode(ExitStatus.mismatch.rawValue) }
    if audit.isEmpty { throw ExitCode(ExitStatus.nothingToEvaluate.rawValue) }
  }

  /// Trains stored runs again; returns how many came out otherwise, or not at all.
  private func train(
    _ experiment: ExperimentOptions, _ plan: Plan, _ identities: Identities, count: Int
  ) async throws -> Int {
    let verification = Verification(
      store: Store(options.store),
      command: try experiment.workerCommand(checkpointInterval: .infinity),
      workerCount: jobs ?? ProcessInfo.processInfo.activeProcessorCount,
      threads: try threadOption.choice(experiment.selection))
    let stored = try await verification.stored(identities)
    if stored.isEmpty {
      StandardError.print("\(options.store): no runs of \(plan.name) to train again")
      throw ExitCode(ExitStatus.nothingToEvaluate.rawValue)
    }
    let runs = Verification.sample(stored, count: count, seed: sampleSeed)
    let tally = VerificationTally(plan, total: runs.count)
    let signals = Signals { StandardError.print($0) }
    signals.setWorking(true)
    let isComplete = try await verification.run(runs, stop: signals.stop) { tally.note($0) }
    signals.setWorking(false)
    print(tally.summary)
    if let status = signals.status, !isComplete { throw ExitCode(status.rawValue) }
    return tally.differing
  }
}
