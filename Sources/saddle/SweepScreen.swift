import Records
import Reporting

/// The block that a terminal shows of a sweep, the most important lines first.
struct SweepScreen {
  private typealias Piece = TerminalLine.Piece

  let status: SweepStatus
  /// Seconds since the sweep began.
  let seconds: Double
  let size: TerminalBlock.Size

  private var columns: Int { max(1, size.columns - 1) }

  /// At most as many lines as the terminal has, but for one: a bar and counts, then workers and the best arms, which share
  /// the room that is left.
  var lines: [TerminalLine] {
    let room = max(0, size.rows - 3)
    let busy = status.tasks.compactMap { $0 }
    let ranked = status.ranking.places.reduce(0) { $0 + $1.count }
    // A title and the best arm at least.
    let reserved = ranked == 0 || room < 4 ? 0 : min(ranked + 1, max(2, room / 2))
    let workers = workerLines(busy, limit: min(16, room - reserved))
    let best = bestLines(limit: min(11, room - workers.count))
    return [bar, counts] + workers + best
  }

  // MARK: Bar and counts

  /// The share of runs that are settled, how many these are, and the time that is left.
  private var bar: TerminalLine {
    let parts = ["\(status.position) runs", status.remaining(after: seconds)].compactMap { $0 }
    let text = fitting(
      parts.map { Piece($0) } + (status.rate(after: seconds).map { [Piece($0)] } ?? []))
    let width = min(40, columns - text.width - 1)
    guard width >= 8 else { return text }
    return TerminalLine(barPieces(width) + [Piece(" ")] + text.pieces)
  }

  private func barPieces(_ width: Int) -> [Piece] {
    let unit = Double(width) / Double(max(1, status.extent.total))
    let full = Int(status.share * Double(width))
    let failures = status.failed + status.extent.failed
    let red = failures == 0 ? 0 : min(full, max(1, Int(Double(failures) * unit)))
    let yellow =
      status.diverged == 0 ? 0 : min(full - red, max(1, Int(Double(status.diverged) * unit)))
    func run(_ count: Int) -> String { String(repeating: "█", count: count) }
    return [
      Piece(run(full - red - yellow), .green), Piece(run(yellow), .yellow), Piece(run(red), .red),
      Piece(String(repeating: "░", count: width - full), .faint),
    ]
  }

  /// How many runs are in which state; where there is no room for all, what went wrong remains.
  private var counts: TerminalLine {
    let done = status.extent.done + status.finished
    let failures = status.failed + status.extent.failed
    let all: [(importance: Int, count: Int, piece: Piece)] = [
      (2, done, Piece("\(done) done", .green)),
      (3, status.running, Piece("\(status.running) running")),
      (4, status.waiting, Piece("\(status.waiting) to go")),
      (1, status.diverged, Piece("\(status.diverged) diverged", .yellow)),
      (0, failures, Piece("\(failures) failed", .red)),
    ]
    var shown = all.filter { $0.count > 0 }
    while TerminalLine.joined(shown.map(\.piece)).width > columns, shown.count > 1,
      let least = shown.map(\.importance).max()
    {
      shown.removeAll { $0.importance == least }
    }
    return TerminalLine.joined(shown.map(\.piece))
  }

  /// As many of the parts, from the first on, as fit.
  private func fitting(_ parts: [Piece]) -> TerminalLine {
    var shown = parts
    while TerminalLine.joined(shown).width > columns, shown.count > 1 { shown.removeLast() }
    return TerminalLine.joined(shown)
  }

  // MARK: Workers

  private func workerLines(_ busy: [SweepStatus.Task], limit: Int) -> [TerminalLine] {
    guard limit > 0 else { return [] }
    if busy.count <= limit { return busy.map(workerLine) }
    guard limit > 1 else { return [] }
    let more = TerminalLine([Piece("  and \(busy.count - limit + 1) more", .faint)])
    return busy.prefix(limit - 1).map(workerLine) + [more]
  }

  private func workerLine(_ task: SweepStatus.Task) -> TerminalLine {
    guard let seed = task.seed else { return TerminalLine("  measuring real data") }
    let steps = status.steps[task.arm]
    let stage: String =
      switch task.step {
      case nil, 0: "preparing"
      case let step? where step < steps: "step \(step)/\(steps)"
      default: "measuring"
      }
    return TerminalLine("  " + named(task.arm, " · seed \(seed) · \(stage)", columns - 2))
  }

  /// An arm's name, cut so that what follows remains.
  private func named(_ arm: Int, _ rest: String, _ columns: Int) -> String {
    let room = max(columns / 4, columns - TerminalText.width(rest))
    return TerminalText.cut(status.plan.arms[arm].name, to: room) + rest
  }

  // MARK: Best arms

  private func bestLines(limit: Int) -> [TerminalLine] {
    guard limit > 1, let metric = status.ranking.metric else { return [] }
    let places = status.ranking.best(limit - 1)
    guard !places.isEmpty else { return [] }
    let isDivided = status.ranking.places.count > 1
    let group = status.plan.arms.contains { $0.baseline != nil } ? "stratum" : "problem"
    let title =
      "\(metric.name) so far, \(metric.goal == .min ? "smallest" : "largest") mean first"
      + (isDivided ? " in each \(group)" : "")
    let numbers = places.map { NumberText.significant($0.mean) }
    let width = numbers.map(\.count).max() ?? 0
    return [TerminalLine([Piece(title, .faint)])]
      + zip(places, numbers).map { place, number in
        let padding = String(repeating: " ", count: width - number.count)
        let lead = "\(isDivided && place.rank == 1 ? "• " : "  ")\(padding)\(number)  "
        var rest = "  n = \(place.count)"
        if place.diverged > 0 { rest += ", \(place.diverged) diverged" }
        return TerminalLine(lead + named(place.arm, rest, columns - lead.count))
      }
  }
}
