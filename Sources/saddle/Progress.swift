import Catalog
import Foundation
import Records
import Reporting
import Runner

/// Shows how a sweep goes.
final class Progress: @unchecked Sendable {
  /// How it is shown.
  enum Form {
    /// On a terminal: a block that is drawn over again.
    case block
    /// A line per ended run and, when none ends for long, one that says how things stand.
    case lines
    /// JSON on standard output, one object a line.
    case documents
    /// Failures alone.
    case quiet
  }

  /// Seconds between two drawings of the block.
  private static let drawingInterval = 0.1
  /// Seconds between two documents that only say how things stand.
  private static let documentInterval = 1.0
  /// Seconds without a line after which one is written where there is no terminal.
  private static let silence = 60.0

  // All state is touched under the lock alone.
  private let lock = NSLock()
  private let form: Form
  private let start = Date()
  private var status: SweepStatus
  private var block = TerminalBlock()
  private var lastDrawing = Date.distantPast
  private var lastLine = Date()

  init(_ plan: Plan, _ form: Form) {
    self.form = form
    status = SweepStatus(plan)
  }

  func show(_ event: SweepEvent) {
    lock.lock()
    defer { lock.unlock() }
    let document = form == .documents ? EventDocument(event, status)?.value : nil
    status.note(event)
    if case .failed(let arm, let seed, _, let message, let log) = event, form != .documents {
      let position = form == .quiet ? "" : "[\(status.position)] "
      let place = log.map { " (\($0))" } ?? ""
      line("\(position)\(status.name(arm, seed)) · failed: \(message)\(place)")
    }
    switch form {
    case .block:
      if case .began = event { line(status.opening) }
      redraw()
    case .lines:
      if let text = text(event) { line(text) }
      if Date().timeIntervalSince(lastLine) > Self.silence { line(status.line(after: seconds)) }
    case .documents: write(document)
    case .quiet: break
    }
  }

  /// What an event is to people without a terminal; nil for nothing.
  private func text(_ event: SweepEvent) -> String? {
    switch event {
    case .began: return status.opening
    case .finished(let arm, let seed?, _, let state, let primary):
      let value = primary.flatMap { value in
        status.ranking.metric.map { "\($0.name) \(NumberText.significant(value))" }
      }
      let parts = [
        status.name(arm, seed), state.rawValue, value, status.remaining(after: seconds),
      ]
      return "[\(status.position)] \(parts.compactMap { $0 }.joined(separator: " · "))"
    case .stopped(let arm, let seed?, _, let step):
      return "[\(status.position)] \(status.name(arm, seed)) · stopped after step \(step)"
    case .finished, .stopped, .started, .resumed, .stepped, .failed, .verified:
      return nil
    }
  }

  /// Whether results of earlier sweeps are shown too.
  var wantsResults: Bool { form == .block }

  /// Counts the results of earlier sweeps among those by which arms are ranked.
  func recall(_ results: [StoredResult]) {
    lock.lock()
    defer { lock.unlock() }
    status.recall(results)
  }

  /// Says something once, above the block.
  func say(_ text: String) { lock.withLock { line(text) } }

  /// Says what is done while no run is under way, on a terminal alone.
  func show(activity: String) {
    lock.lock()
    defer { lock.unlock() }
    if form == .block { block.draw([TerminalLine(activity)]) }
  }

  /// Takes the block away and says what the sweep came to.
  func end() {
    lock.lock()
    defer { lock.unlock() }
    block.erase()
    switch form {
    case .block, .lines: if status.hasWork { line(status.closing(after: seconds)) }
    case .documents: StandardOutput.print(EventDocument.ended(status, after: seconds))
    case .quiet: break
    }
  }

  /// Takes the block away, before something else is written.
  func clear() {
    lock.lock()
    defer { lock.unlock() }
    block.erase()
  }

  /// Tells the report's answer and where it lies.
  func announce(_ report: Report, in folder: String) {
    if form == .documents {
      StandardOutput.print(EventDocument.report(report, path: "\(folder)/README.md"))
    } else {
      report.announce(in: folder)
    }
  }

  private var seconds: Double { Date().timeIntervalSince(start) }

  private func line(_ text: String) {
    block.erase()
    StandardError.print(text)
    lastLine = Date()
    lastDrawing = .distantPast
  }

  private func redraw() {
    guard status.hasWork, isDue(Self.drawingInterval) else { return }
    let screen = SweepScreen(status: status, seconds: seconds, size: TerminalBlock.size)
    block.draw(screen.lines)
  }

  /// Writes the document of an event; steps have none, but now and then one that says how things stand.
  private func write(_ document: Value?) {
    if let document {
      StandardOutput.print(document)
    } else if isDue(Self.documentInterval) {
      StandardOutput.print(EventDocument.progress(status, after: seconds))
    }
  }

  /// Whether it is that long since the last time that this was so.
  private func isDue(_ interval: Double) -> Bool {
    guard Date().timeIntervalSince(lastDrawing) > interval else { return false }
    lastDrawing = Date()
    return true
  }
}
