import Foundation
import Records
import Runner

/// Shows how a sweep goes: on a terminal a block that is drawn over again, elsewhere a line per ended run and, when
/// none ends for long, one that says how things stand.
final class Progress: @unchecked Sendable {
  /// Seconds between two drawings of the block.
  private static let drawingInterval = 0.1
  /// Seconds without a line after which one is written where there is no terminal.
  private static let silence = 60.0

  // All state is touched under the lock alone.
  private let lock = NSLock()
  private let isTerminal = StandardError.isTerminal
  private let start = Date()
  private var status: SweepStatus
  private var block = TerminalBlock()
  private var lastDrawing = Date.distantPast
  private var lastLine = Date()

  init(_ plan: Plan) { status = SweepStatus(plan) }

  func show(_ event: SweepEvent) {
    lock.lock()
    defer { lock.unlock() }
    status.note(event)
    switch event {
    case .began: line(status.opening)
    case .finished(let arm, let seed?, _, let state, _) where !isTerminal:
      let parts = [status.name(arm, seed), state.rawValue] + remaining
      line("[\(status.position)] \(parts.joined(separator: " · "))")
    case .failed(let arm, let seed, _, let message, let log):
      let place = log.map { " (\($0))" } ?? ""
      line("[\(status.position)] \(status.name(arm, seed)) · failed: \(message)\(place)")
    case .started, .resumed, .stepped, .finished, .stopped, .verified: break
    }
    if isTerminal { redraw() } else { breakSilence() }
  }

  /// Says something once, above the block.
  func say(_ text: String) { lock.withLock { line(text) } }

  /// Says what is done while no run is under way, on a terminal alone.
  func show(activity: String) {
    lock.lock()
    defer { lock.unlock() }
    if isTerminal { block.draw([activity]) }
  }

  /// Takes the block away and says what the sweep came to.
  func end() {
    lock.lock()
    defer { lock.unlock() }
    block.erase()
    if status.hasWork { line(status.closing(after: seconds)) }
  }

  /// Takes the block away, before something else is written.
  func clear() {
    lock.lock()
    defer { lock.unlock() }
    block.erase()
  }

  private var seconds: Double { Date().timeIntervalSince(start) }

  private var remaining: [String] { status.remaining(after: seconds).map { [$0] } ?? [] }

  private func line(_ text: String) {
    block.erase()
    StandardError.print(text)
    lastLine = Date()
    lastDrawing = .distantPast
  }

  private func redraw() {
    guard status.hasWork, Date().timeIntervalSince(lastDrawing) > Self.drawingInterval else {
      return
    }
    lastDrawing = Date()
    let workers = status.workerLines(limit: max(1, min(16, TerminalBlock.size.rows - 6)))
    block.draw([bar + status.line(after: seconds)] + workers.map { "  " + $0 })
  }

  /// The share of the steps that is done, as a bar.
  private var bar: String {
    let width = 20
    let full = Int(status.share * Double(width))
    return String(repeating: "█", count: full) + String(repeating: "░", count: width - full) + " "
  }

  private func breakSilence() {
    guard Date().timeIntervalSince(lastLine) > Self.silence else { return }
    line(status.line(after: seconds))
  }
}
