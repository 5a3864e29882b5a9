import Foundation
import Records
import Runner

extension SweepStatus {
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
    if extent.damaged > 0 {
      parts.append("\(Count.text(extent.damaged, "damaged record")) moved to quarantine")
    }
    if extent.toMeasure > 0 { parts.append("\(extent.toMeasure) to measure") }
    if extent.toTrain > 0 { parts.append("\(extent.toTrain) to train") }
    if extent.toTrain + extent.toMeasure == 0, extent.references > 0 {
      parts.append("real data to measure")
    }
    let workers = hasWork ? " on \(Count.text(extent.workers, "worker"))" : ""
    let threads = hasWork && extent.threads > 1 ? ", \(extent.threads) threads a run" : ""
    return size + ": " + parts.joined(separator: ", ") + workers + threads
  }

  /// How many runs have a result or a failure, of all.
  var position: String { "\(settled)/\(extent.total)" }

  /// A run in words.
  func name(_ arm: Int, _ seed: Int) -> String { "\(plan.arms[arm].name) · seed \(seed)" }

  /// How the runs of this sweep ended, those that there are.
  var outcomes: [String] {
    [(finished, "finished"), (diverged, "diverged"), (failed, "failed"), (stopped, "stopped")]
      .filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
  }

  /// The time that is left, in words.
  func remaining(after seconds: Double) -> String? {
    secondsLeft(after: seconds).map { "about \(TimeText.text($0)) left" }
  }

  /// The rate, in words.
  func rate(after seconds: Double) -> String? {
    runsPerMinute(after: seconds).map {
      $0 < 10 ? String(format: "%.1f a minute", $0) : "\(Int($0.rounded())) a minute"
    }
  }

  /// One line that says how things stand.
  func line(after seconds: Double) -> String {
    let parts: [String?] =
      ["\(position) runs", remaining(after: seconds)] + outcomes + [rate(after: seconds)]
    return parts.compactMap { $0 }.joined(separator: " · ")
  }

  /// What the sweep came to.
  func closing(after seconds: Double) -> String {
    let time = "in \(TimeText.text(seconds))"
    if ended + stopped == 0 { return "real data measured \(time)" }
    return "\(Count.text(ended, "run")) \(time): \(outcomes.joined(separator: ", "))"
  }
}
