import Records
import Runner

/// How far a sweep is: a function of the events so far and of the time since they began.
struct SweepStatus {
  /// What a worker does.
  struct Task {
    let arm: Int
    /// The seed; nil for the measuring of real data.
    let seed: Int?
    /// The generator step at which this sweep took the run up.
    var start = 0
    /// The last generator step known of; nil until there is one.
    var step: Int?
  }

  /// A run by its place in the grid.
  private struct Run: Hashable {
    let arm: Int
    let seed: Int
  }

  let plan: Plan
  private(set) var extent = SweepExtent()
  /// What each worker does; nil for an idle one.
  private(set) var tasks: [Task?] = []
  private(set) var finished = 0
  private(set) var diverged = 0
  private(set) var failed = 0
  private(set) var ranking: Ranking
  /// Generator steps of a whole run, by arm.
  let steps: [Int]
  /// The runs that were interrupted and not taken up again, and whether they are counted in `trained`.
  private var interrupted: [Run: Bool] = [:]
  /// Runs that ended, and that took training steps or are bound to have done.
  private var trained = 0
  /// Work that this sweep did on runs that have ended.
  private var endedWork = 0.0

  init(_ plan: Plan) {
    self.plan = plan
    steps = plan.arms.map { RunConfiguration($0.configuration).steps }
    ranking = Ranking(plan)
  }

  /// Counts the results of earlier sweeps among those by which arms are ranked.
  mutating func recall(_ results: [StoredResult]) {
    for result in results {
      ranking.note(arm: result.arm, state: result.state, primary: result.primary)
    }
  }

  mutating func note(_ event: SweepEvent) {
    switch event {
    case .began(let extent):
      self.extent = extent
      tasks = Array(repeating: nil, count: extent.workers)
    case .started(let arm, let seed, let worker):
      if let seed { takeUp(Run(arm: arm, seed: seed)) }
      tasks[worker] = Task(arm: arm, seed: seed)
    case .resumed(let worker, let step):
      tasks[worker]?.start = step
      tasks[worker]?.step = step
    case .stepped(let worker, let step): tasks[worker]?.step = step
    case .verified(_, _, let worker, _): tasks[worker] = nil
    case .stopped(let arm, let seed, let worker, let step):
      tasks[worker]?.step = step
      let isTrained = endTask(worker, isWhole: false)
      if let seed { interrupted[Run(arm: arm, seed: seed)] = isTrained }
    case .finished(let arm, let seed, let worker, let state, let primary):
      endTask(worker, isWhole: state == .done)
      guard seed != nil else { return }
      if state == .diverged { diverged += 1 } else { finished += 1 }
      ranking.note(arm: arm, state: state, primary: primary)
    case .failed(_, _, let worker, _, _):
      endTask(worker, isWhole: false)
      failed += 1
    }
  }

  /// Takes back what was counted when a run was interrupted that is begun again: where its worker alone was asked to
  /// stop, another one goes on.
  private mutating func takeUp(_ run: Run) {
    if interrupted.removeValue(forKey: run) == true { trained -= 1 }
  }

  /// Counts a worker's work; returns whether the run is counted in `trained`.
  @discardableResult
  private mutating func endTask(_ worker: Int, isWhole: Bool) -> Bool {
    guard var task = tasks[worker] else { return false }
    tasks[worker] = nil
    guard isTraining(task) else { return false }
    if isWhole { task.step = steps[task.arm] }
    trained += 1
    endedWork += work(task)
    return true
  }

  // MARK: Numbers

  /// The runs that have ended in this sweep.
  var ended: Int { finished + diverged + failed }

  /// The runs that were interrupted and that no worker has taken up again.
  var stopped: Int { interrupted.count }

  /// The runs that a worker is at.
  var running: Int { tasks.count { $0?.seed != nil } }

  /// The runs that have neither ended nor begun, nor failed in an earlier sweep.
  var waiting: Int { max(0, extent.toTrain + extent.toMeasure - ended - running - stopped) }

  /// Whether there was anything to do.
  var hasWork: Bool { extent.workers > 0 }

  /// The runs of the plan that have a result or a failure.
  var settled: Int { extent.done + extent.failed + ended }

  /// Whether a task trains: where some runs are only to be measured, that is known from its first step on.
  private func isTraining(_ task: Task) -> Bool {
    guard task.seed != nil, extent.toTrain > 0 else { return false }
    return task.step != nil || extent.toMeasure == 0
  }

  /// What training a run of an arm takes: counted operations, or steps where these were not counted.
  private func cost(_ arm: Int) -> Double {
    extent.operations.indices.contains(arm) ? Double(extent.operations[arm]) : Double(steps[arm])
  }

  /// The part of a run's work that this sweep has done.
  private func work(_ task: Task) -> Double {
    let taken = max(0, (task.step ?? task.start) - task.start)
    return cost(task.arm) * min(1, Double(taken) / Double(steps[task.arm]))
  }

  private var training: [Task] { tasks.compactMap { $0 }.filter(isTraining) }

  /// The work that this sweep has done; measuring counts nothing.
  var doneWork: Double { training.reduce(endedWork) { $0 + work($1) } }

  /// The work that is left: runs that have not begun are taken to cost what the arms with runs to train do on average.
  var remainingWork: Double {
    let running = training.reduce(0) { sum, task in
      sum + cost(task.arm) * (1 - min(1, Double(task.step ?? 0) / Double(steps[task.arm])))
    }
    let costs = plan.arms.indices.map(cost).filter { $0 > 0 }
    let left = max(0, extent.toTrain - trained - training.count)
    guard left > 0, !costs.isEmpty else { return running }
    return running + Double(left) * costs.reduce(0, +) / Double(costs.count)
  }

  /// The seconds that are left at the rate so far; nil while that tells little.
  func secondsLeft(after seconds: Double) -> Double? {
    let (done, remaining) = (doneWork, remainingWork)
    guard remaining > 0, done > 0.02 * (done + remaining), seconds > 1 else { return nil }
    return seconds * remaining / done
  }

  /// Runs that end in a minute at the rate so far; nil while that tells little.
  func runsPerMinute(after seconds: Double) -> Double? {
    ended > 2 && seconds > 1 ? Double(ended) / seconds * 60 : nil
  }

  /// The share of all runs of the plan that is settled, runs under way by the steps that they have taken.
  var share: Double {
    guard extent.total > 0 else { return 0 }
    let running = training.reduce(0) { $0 + Double($1.step ?? 0) / Double(steps[$1.arm]) }
    return min(1, (Double(settled) + running) / Double(extent.total))
  }
}
