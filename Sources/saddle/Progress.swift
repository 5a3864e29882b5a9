import Foundation
import Records
import Runner

/// Shows how a sweep goes: on a terminal one redrawn line, elsewhere a line per finished run.
final class Progress: @unchecked Sendable {
  // All state is touched under the lock alone.
  private let lock = NSLock()
  private let plan: Plan
  private let isTerminal = StandardError.isTerminal
  private let start = Date()
  private var total = 0
  private var done = 0
  private var workers = 1
  private var ended = 0
  private var diverged = 0
  private var failed = 0
  private var isLineOpen = false

  init(_ plan: Plan) { self.plan = plan }

  func show(_ event: SweepEvent) {
    lock.lock()
    defer { lock.unlock() }
    switch event {
    case .began(let total, let done, let workers):
      (self.total, self.done, self.workers) = (total, done, workers)
      let missing = total - done
      line(
        "\(plan.name): \(plan.arms.count) arms × \(plan.seeds.count) seeds = \(total) runs, "
          + (missing == 0 ? "all done" : "\(done) done, \(missing) to train on \(workers) workers"))
    case .finished(let arm, let seed, _, let state):
      ended += 1
      if state == .diverged { diverged += 1 }
      if !isTerminal {
        line("\(count) \(plan.arms[arm].name) · seed \(seed) · \(state.rawValue)\(remaining)")
      }
    case .failed(let arm, let seed, _, let message, let log):
      ended += 1
      failed += 1
      line("failed: \(plan.arms[arm].name) · seed \(seed): \(message) (\(log))")
    case .started, .stepped: break
    }
    redraw()
  }

  /// Leaves the last state of the line on the screen.
  func end() {
    lock.lock()
    defer { lock.unlock() }
    if isLineOpen { StandardError.write("\n") }
    isLineOpen = false
  }

  private var count: String { "[\(done + ended)/\(total)]" }

  private var remaining: String {
    let left = total - done - ended
    guard ended > 2, left > 0 else { return "" }
    let seconds = Date().timeIntervalSince(start) / Double(ended) * Double(left)
    return " · about \(Self.duration(seconds)) left"
  }

  private static func duration(_ seconds: Double) -> String {
    if seconds < 90 { return "\(Int(seconds.rounded(.up))) s" }
    if seconds < 5400 { return "\(Int((seconds / 60).rounded(.up))) min" }
    return "\(Int((seconds / 3600).rounded(.up))) h"
  }

  private func line(_ text: String) {
    if isLineOpen { StandardError.write("\r\u{1B}[K") }
    isLineOpen = false
    StandardError.print(text)
  }

  private func redraw() {
    guard isTerminal, total > done else { return }
    var parts = ["\(count) runs"]
    if diverged > 0 { parts.append("\(diverged) diverged") }
    if failed > 0 { parts.append("\(failed) failed") }
    let rate = Double(ended) / max(Date().timeIntervalSince(start), 0.001)
    if ended > 2 { parts.append("\(Int((rate * 60).rounded())) a minute") }
    StandardError.write("\r\u{1B}[K" + parts.joined(separator: " · ") + remaining)
    isLineOpen = true
  }
}
