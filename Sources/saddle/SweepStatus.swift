import Foundation
import Records
import Runner

/// How far a sweep is, in words; a function of the events so far and of the time since they began.
struct SweepStatus {
  /// What a worker does.
  private struct Assignment {
    let arm: Int
    let seed: Int?
    var step = 0
  }

  private let plan: Plan
  private(set) var extent = SweepExtent()
  private var tasks: [Assignment?] = []
  private var endedSteps = 0
  private(set) var finished = 0
  private(set) var diverged = 0
  private(set) var failed = 0

  init(_ plan: Plan) { self.plan = plan }

  /// The runs that have ended in this sweep.
  var ended: Int { finished + diverged + failed }

  /// Whether there was anything to do.
  var hasWork: Bool { extent.workers > 0 }

  mutating func note(_ event: SweepEvent) {
    switch event {
    case .began(let extent):
      self.extent = extent
      tasks = Array(repeating: nil, count: extent.workers)
    case .started(let arm, let seed, let worker): tasks[worker] = Assignment(arm: arm, seed: seed)
    case .resumed(let worker, let step), .stepped(let worker, let step): tasks[worker]?.step = step
    case .stopped(_, _, let worker, _), .verified(_, _, let worker, _): tasks[worker] = nil
    case .finished(let arm, let seed, let worker, let state, _):
      tasks[worker] = nil
      guard seed != nil else { return }
      if state == .diverged { diverged += 1 } else { finished += 1 }
      endedSteps += steps(arm)
    case .failed(let arm, _, let worker, _, _):
      tasks[worker] = nil
      failed += 1
      endedSteps += steps(arm)
    }
  }

  private func steps(_ arm: Int) -> Int { RunConfiguration(plan.arms[arm].configuration).steps }

  // MARK: Words

  /// What the sweep is about to do.
  var opening: String {
    let size =
      "\(plan.name): \(Count.text(plan.arms.count, "arm")) × "
      + "\(Count.text(plan.seeds.count, "seed")) = \(Count.text(extent.total, "run"))"
    var parts: [String] = []
    if extent.done > 0 {
      parts.append(extent.done == extent.total ? "all done" : "\(extent.done) done")
    }
    if extent.failed > 0 { parts.append("\(extent.failed) failed earlier") }
    if extent.toMeasure > 0 { parts.append("\(extent.toMeasure) to measure") }
    if extent.toTrain > 0 { parts.append("\(extent.toTrain) to train") }
    if extent.toTrain + extent.toMeasure == 0, extent.references > 0 {
      parts.append("real data to measure")
    }
    let workers = hasWork ? " on \(Count.text(extent.workers, "worker"))" : ""
    return size + ": " + parts.joined(separator: ", ") + workers
  }

  /// How many runs have a result or a failure, of all.
  var position: String { "\(extent.done + extent.failed + ended)/\(extent.total)" }

  /// A run in words.
  func name(_ arm: Int, _ seed: Int) -> String { "\(plan.arms[arm].name) · seed \(seed)" }

  /// How the runs of this sweep ended, those that there are.
  var outcomes: [String] {
    [(finished, "finished"), (diverged, "diverged"), (failed, "failed")]
      .filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
  }

  /// The share of the generator steps that is done.
  var share: Double {
    guard extent.steps > 0 else { return 0 }
    let running = tasks.reduce(0) { $0 + ($1?.step ?? 0) }
    return min(1, Double(endedSteps + running) / Double(extent.steps))
  }

  /// The time that is left, as far as the steps so far tell; nil while they tell little.
  func remaining(after seconds: Double) -> String? {
    let share = share
    guard share > 0.02, share < 1, seconds > 1 else { return nil }
    return "about \(TimeText.text(seconds * (1 - share) / share)) left"
  }

  /// One line that says how things stand.
  func line(after seconds: Double) -> String {
    var parts = ["\(position) runs"]
    if let remaining = remaining(after: seconds) { parts.append(remaining) }
    parts += outcomes
    if ended > 2, seconds > 1 {
      parts.append("\(Int((Double(ended) / seconds * 60).rounded())) a minute")
    }
    return parts.joined(separator: " · ")
  }

  /// One line per busy worker, at most `limit` of them.
  func workerLines(limit: Int) -> [String] {
    let busy = tasks.compactMap { $0 }
    let lines = busy.prefix(limit).map { task in
      guard let seed = task.seed else { return "measuring real data" }
      let steps = steps(task.arm)
      let stage =
        task.step == 0
        ? "preparing" : task.step < steps ? "step \(task.step)/\(steps)" : "measuring"
      return "\(name(task.arm, seed)) · \(stage)"
    }
    return busy.count > limit ? lines + ["and \(busy.count - limit) more"] : lines
  }

  /// What the sweep came to.
  func closing(after seconds: Double) -> String {
    let time = "in \(TimeText.text(seconds))"
    if ended == 0 { return "real data measured \(time)" }
    return "\(Count.text(ended, "run")) \(time): \(outcomes.joined(separator: ", "))"
  }
}

/// Numbers of things for people.
enum Count {
  /// `1 run`, `2 runs`.
  static func text(_ number: Int, _ word: String) -> String {
    "\(number) \(word)\(number == 1 ? "" : "s")"
  }
}

/// Lengths of time for people.
enum TimeText {
  static func text(_ seconds: Double) -> String {
    if seconds < 90 { return "\(Int(max(seconds, 1).rounded())) s" }
    if seconds < 5400 { return "\(Int((seconds / 60).rounded())) min" }
    return String(format: "%.1f h", seconds / 3600)
  }
}
