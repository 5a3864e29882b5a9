import Foundation
import Records
import Runner

/// A run's course as a table: losses, critic outputs and gradients, and the metrics where they are measured.
final class RunView: @unchecked Sendable {
  /// Rows of training that are shown at most.
  private static let rows = 40

  // All state is touched under the lock alone.
  private let lock = NSLock()
  private let metrics: [MetricRequest]
  private let steps: Int
  private var shown = 0
  private var hasHeader = false

  init(_ plan: Plan, _ arm: Arm) {
    metrics = plan.metrics(of: arm)
    steps = RunConfiguration(arm.configuration).steps
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
    zip(metrics, values).map { metric, value in
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
