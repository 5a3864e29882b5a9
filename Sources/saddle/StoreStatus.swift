import Catalog
import Datasets
import Foundation
import Records
import Runner

/// What a store holds, and how far the experiments at hand are in it.
struct StoreStatus {
  /// An experiment with the states of its runs, or why these are not known.
  private struct Row {
    let name: String
    let options: ExperimentOptions
    let status: Result<PlanStatus, Fault>
  }

  /// Why the states of an experiment's runs are not known.
  private struct Fault: Error {
    let text: String
  }

  /// About how many records of a kind are looked at for the size of the store.
  private static let sizeSample = 10_000

  private let path: String
  private let contents: StoreContents
  private let size: (bytes: Double, isExact: Bool)
  private let rows: [Row]

  init(_ store: Store, _ contents: StoreContents, _ settings: Settings) async throws {
    path = store.path
    self.contents = contents
    size = try store.size(sample: Self.sizeSample)
    var rows: [Row] = []
    for entry in try ExperimentFolder.entries(store: store.path) {
      rows.append(await Self.row(entry, store, contents, settings))
    }
    self.rows = rows
  }

  private static func row(
    _ entry: ExperimentFolder.Entry, _ store: Store, _ contents: StoreContents,
    _ settings: Settings
  ) async -> Row {
    do {
      let plan = try entry.plan.get()
      let runs = try await entry.options.identities(plan, settings).runs()
      let status = await PlanStatus(runs, in: contents, of: store, tellsDiverged: false)
      return Row(name: entry.name, options: entry.options, status: .success(status))
    } catch {
      return Row(
        name: entry.name, options: entry.options,
        status: .failure(Fault(text: entry.fault ?? "\(error)")))
    }
  }

  // MARK: Text

  /// The status for people.
  var text: String {
    let held = [
      Count.text(contents.runs.count, "run"), Count.text(contents.evaluations.count, "evaluation"),
      "\(size.isExact ? "" : "about ")\(ByteText.text(size.bytes))",
    ]
    var lines = ["\(path): \(held.joined(separator: ", "))"]
    let others = [
      (
        contents.checkpoints.count, "checkpoints",
        "of interrupted runs, which the next sweep takes up"
      ),
      (contents.failures.count, "failed", "whose last attempt gave no result"),
      (contents.partials.count, "partial", "being written, or left by a process that died"),
      (contents.quarantined.count, "quarantine", "records that did not match their sums"),
    ]
    lines += others.filter { $0.0 > 0 }.map { "  \(path)/\($0.1): \($0.0) \($0.2)" }
    if rows.isEmpty { return (lines + ["no experiments in Experiments/"]).joined(separator: "\n") }
    return (lines + [""] + table + hint).joined(separator: "\n")
  }

  private var table: [String] {
    let columns = RunStatus.allCases.filter { column in
      column == .done || rows.contains { row in ((try? row.status.get())?.count(column) ?? 0) > 0 }
    }
    let width = rows.map { TerminalText.width($0.name) }.max() ?? 0
    func padded(_ text: String) -> String {
      text + String(repeating: " ", count: max(0, max(width, 10) - TerminalText.width(text)))
    }
    func cell(_ text: String) -> String {
      String(repeating: " ", count: max(0, 10 - text.count)) + text
    }
    let header = padded("experiment") + cell("runs") + columns.map { cell($0.words) }.joined()
    return [header]
      + rows.map { row in
        switch row.status {
        case .success(let status):
          return padded(row.name) + cell("\(status.entries.count)")
            + columns.map { cell("\(status.count($0))") }.joined()
        case .failure(let fault): return padded(row.name) + "  \(fault.text)"
        }
      }
  }

  /// The command to type next.
  private var hint: [String] {
    let unfinished = rows.first { row in
      guard let status = try? row.status.get() else { return false }
      return status.count(.done) < status.entries.count
    }
    guard let unfinished else { return [] }
    return ["", "next: \(unfinished.options.command("status"))"]
  }

  // MARK: JSON

  /// The status for scripts.
  var json: Value {
    .map([
      "store": .text(path), "runs": .integer(contents.runs.count),
      "evaluations": .integer(contents.evaluations.count), "bytes": .real(size.bytes),
      "bytesExact": .boolean(size.isExact), "checkpoints": .integer(contents.checkpoints.count),
      "failed": .integer(contents.failures.count), "partial": .integer(contents.partials.count),
      "quarantined": .integer(contents.quarantined.count),
      "experiments": .list(
        rows.map { row in
          switch row.status {
          case .success(let status):
            .map(["name": .text(row.name), "runs": status.json, "error": .null])
          case .failure(let fault):
            .map(["name": .text(row.name), "runs": .null, "error": .text(fault.text)])
          }
        }),
    ])
  }
}
