import Engine
import Records
import Runner

/// What there is to say of a plan: how far it is, and what is left to do.
struct PlanSummary {
  let plan: Plan
  /// The number of workers to expect.
  let jobs: Int
  private let threadChoice: RunThreads
  /// How far each run is; nil where ids are not known for want of data.
  private(set) var status: PlanStatus?
  /// What runs cost; nil where it is not known for want of data.
  private(set) var costs: RunCosts?
  /// How fast machines of this kind train; nil where nothing is left to train or it cannot be known.
  private(set) var rate: TrainingRate?

  init(plan: Plan, jobs: Int, threads: RunThreads) {
    self.plan = plan
    self.jobs = jobs
    threadChoice = threads
  }

  /// The number of threads that would share each run that is left.
  var threads: Int { threadChoice.count(runs: status?.untrained.count ?? 0, workers: jobs) }

  /// Looks at data and records.
  ///
  /// - Throws: `DatasetError` where the data are missing or damaged.
  mutating func look(
    _ store: Store, _ identities: Identities, _ executor: Executor
  ) async throws {
    let runs = try await identities.runs()
    let status = await PlanStatus(runs, in: try store.contents(), of: store, tellsDiverged: false)
    let costs = try await RunCosts(plan, identities)
    self.status = status
    self.costs = costs
    let untrained = status.untrained
    guard !untrained.isEmpty else { return }
    let executor = executor.shared(by: threads)
    let finished = status.entries.filter { $0.status == .done }.map(\.run)
    rate =
      try TrainingRate(of: finished, in: store, executor)
      ?? TrainingRate(measuring: untrained.map { plan.arms[$0.arm] }, costs, identities, executor)
  }

  /// The operations of training all runs.
  var operations: Double? {
    costs.map { $0.operations.reduce(0) { $0 + Double($1) } * Double(plan.seeds.count) }
  }

  /// The operations of training the runs that are not trained, from their start.
  var remaining: Double? {
    guard let costs, let status else { return nil }
    return status.untrained.reduce(0) { $0 + Double(costs.operations[$1.arm]) }
  }

  /// The seconds that what is left should take with the given number of workers, its measuring included where the rate
  /// is that of records; nil where it is not known.
  var seconds: Double? {
    guard let rate, let remaining, let status else { return nil }
    return remaining / rate.operationsPerSecond / Double(min(jobs, status.untrained.count))
  }

  /// What is doubtful, that the seeds are too few included.
  var warnings: [String] {
    (significanceCaution.map { ["warning: \($0)"] } ?? []) + plan.diagnostics.map(\.description)
  }

  /// The smallest two-sided sign-flip p of n seeds is 2^(1−n), before any correction for the number of arms.
  private var significanceCaution: String? {
    var comparisons: [Int: Int] = [:]
    for arm in plan.arms where arm.baseline != nil && arm.baseline != arm.index {
      comparisons[arm.stratum, default: 0] += 1
    }
    guard let largest = comparisons.values.max() else { return nil }
    var needed = 1
    var smallest = 1.0
    while smallest * Double(largest) > 0.05 {
      needed += 1
      smallest /= 2
    }
    guard plan.seeds.count < needed else { return nil }
    return "\(Count.text(plan.seeds.count, "seed")) cannot reach p ≤ .05 against "
      + "\(Count.text(largest, "comparison")) in a stratum (Holm); \(needed) can"
  }
}
