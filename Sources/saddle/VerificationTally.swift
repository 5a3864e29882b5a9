import Foundation
import Records
import Runner

/// Counts how stored runs compare with runs trained again, and tells each as it comes.
final class VerificationTally: @unchecked Sendable {
  // All state is touched under the lock alone.
  private let lock = NSLock()
  private let plan: Plan
  private let total: Int
  private var same = 0
  private var others = 0

  init(_ plan: Plan, total: Int) {
    self.plan = plan
    self.total = total
  }

  /// Runs that came out otherwise, or not at all.
  var differing: Int { lock.withLock { others } }

  func note(_ event: SweepEvent) {
    lock.withLock {
      switch event {
      case .verified(let arm, let seed, _, let files):
        if files.isEmpty { same += 1 } else { others += 1 }
        say(arm, seed, files.isEmpty ? "same bytes" : "differs in \(files.joined(separator: ", "))")
      case .failed(let arm, let seed, _, let message, _):
        others += 1
        say(arm, seed, "failed: \(message)")
      case .began, .started, .resumed, .stepped, .finished, .stopped: break
      }
    }
  }

  private func say(_ arm: Int, _ seed: Int, _ text: String) {
    let name = "\(plan.arms[arm].name) · seed \(seed)"
    StandardError.print("[\(same + others)/\(total)] \(name) · \(text)")
  }

  /// What it came to.
  var summary: String {
    lock.withLock {
      "\(Count.text(same + others, "run")) trained again: \(same) with the same bytes"
        + (others > 0 ? ", \(others) without" : "")
    }
  }
}
