import Catalog
import Records
import Reporting
import Runner

/// An event of a sweep as a JSON object, for scripts.
struct EventDocument {
  let value: Value

  /// The document of an event; nil for a step.
  ///
  /// - Parameter status: how far the sweep was before the event.
  init?(_ event: SweepEvent, _ status: SweepStatus) {
    switch event {
    case .began(let extent): value = Self.began(extent, status.plan)
    case .started(let arm, let seed, let worker):
      value = Self.make("started", Self.run(arm, seed, worker, status))
    case .resumed(let worker, let step):
      guard let task = status.tasks[worker] else { return nil }
      let run = Self.run(task.arm, task.seed, worker, status)
      value = Self.make("resumed", run + [("step", .integer(step))])
    case .stepped, .verified: return nil
    case .finished(let arm, let seed, let worker, let state, let primary):
      let result: [(String, Value)] = [
        ("state", .text(state.rawValue)), ("primary", primary.map(Value.real) ?? .null),
      ]
      value = Self.make("finished", Self.run(arm, seed, worker, status) + result)
    case .failed(let arm, let seed, let worker, let message, let log):
      let reason: [(String, Value)] = [
        ("message", .text(message)), ("log", log.map(Value.text) ?? .null),
      ]
      value = Self.make("failed", Self.run(arm, seed, worker, status) + reason)
    case .stopped(let arm, let seed, let worker, let step):
      let run = Self.run(arm, seed, worker, status)
      value = Self.make("stopped", run + [("step", .integer(step))])
    }
  }

  private static func began(_ extent: SweepExtent, _ plan: Plan) -> Value {
    make(
      "began",
      [
        ("experiment", .text(plan.name)), ("runs", .integer(extent.total)),
        ("done", .integer(extent.done)), ("failedEarlier", .integer(extent.failed)),
        ("toTrain", .integer(extent.toTrain)), ("toMeasure", .integer(extent.toMeasure)),
        ("references", .integer(extent.references)), ("workers", .integer(extent.workers)),
        ("threads", .integer(extent.threads)),
        ("primary", plan.metrics.isEmpty ? .null : .text(plan.metrics[plan.primaryMetric].name)),
      ])
  }

  /// How things stand.
  static func progress(_ status: SweepStatus, after seconds: Double) -> Value {
    let numbers: [(String, Value)] = [
      ("running", .integer(status.running)), ("toGo", .integer(status.waiting)),
      ("share", .real(status.share)),
      ("runsPerMinute", status.runsPerMinute(after: seconds).map(Value.real) ?? .null),
      ("secondsLeft", status.secondsLeft(after: seconds).map(Value.real) ?? .null),
    ]
    return make("progress", totals(status, seconds) + numbers)
  }

  /// What the sweep came to.
  static func ended(_ status: SweepStatus, after seconds: Double) -> Value {
    make("ended", totals(status, seconds))
  }

  /// The report's answer and the page's path.
  static func report(_ report: Report, path: String) -> Value {
    make(
      "report",
      [("headline", .list(report.headline.map(Value.text))), ("path", .text(path))])
  }

  private static func totals(_ status: SweepStatus, _ seconds: Double) -> [(String, Value)] {
    [
      ("finished", .integer(status.finished)), ("diverged", .integer(status.diverged)),
      ("failed", .integer(status.failed)), ("stopped", .integer(status.stopped)),
      ("seconds", .real(seconds)),
    ]
  }

  /// A run, or the measuring of real data, whose seed is null.
  private static func run(
    _ arm: Int, _ seed: Int?, _ worker: Int, _ status: SweepStatus
  ) -> [(String, Value)] {
    [
      ("arm", .text(status.plan.arms[arm].name)),
      ("seed", seed.map(Value.integer) ?? .null), ("worker", .integer(worker)),
    ]
  }

  private static func make(_ event: String, _ members: [(String, Value)]) -> Value {
    .map(ValueMap(uniqueKeysWithValues: [("event", .text(event))] + members))
  }
}
