import Arrays
import Catalog
import Crypto
import Engine
import Foundation
import Records

/// What a finished run says of itself in one small file of its record.
struct RunSummary: Codable, Equatable {
  /// `done` or `diverged`.
  let state: RunState
  /// The last finite generator step.
  let steps: Int
  let isDead: Bool
  let operations: Int
  /// SHA-256 of all states at the last finite step.
  let digest: String
}

extension RunSummary {
  /// Reads the file of a record; nil when the bytes are not what such a file holds.
  init?(_ bytes: [UInt8]) {
    guard let summary = try? JSONDecoder().decode(RunSummary.self, from: Data(bytes)),
      [.done, .diverged].contains(summary.state)
    else { return nil }
    self = summary
  }
}

/// What the records of a run say of its way.
public struct StoredCourse: Sendable {
  /// The recorded moments, with the values of `RunEvent.recordedColumns`.
  public let history: [(step: Int, values: [Double?])]
  /// The values of the arm's metrics where they were measured.
  public let values: [(step: Int, values: [Double?])]
}

/// The files of a run's record.
enum RunFiles {
  static let configuration = "config.json"
  static let summary = "summary.json"
  static let history = "history.csv"
  static let weights = "weights.safetensors"
  static let snapshots = "snapshots.safetensors"
  /// Only of image data, and not in records of earlier versions.
  static let progress = "progress.npy"
}

/// The files of an evaluation's record.
enum EvaluationFiles {
  static let values = "values.csv"
  static let samples = "samples.npy"
  static let protocolText = "protocol.txt"

  /// The column of a metric: its whole setting, so that experiments which name it otherwise share it.
  static func column(_ request: MetricRequest) -> String {
    request.metric.canonicalJSON.replacing(",", with: ";")
  }

  /// The last value of a metric in the bytes of `values`; nil where there is none.
  static func finalValue(_ bytes: [UInt8], _ request: MetricRequest) -> Double? {
    StepTable.Content(bytes)?.selecting([column(request)])?.last?.values.first ?? nil
  }
}

extension StateTable {
  /// SHA-256 over name, shape and bytes of every state, in the order of declaration.
  var digest: String {
    var hash = SHA256()
    for entry in entries {
      hash.update(data: Data("\(entry.name) \(entry.shape) \(precision.rawValue)\n".utf8))
      hash.update(bufferPointer: UnsafeRawBufferPointer(bytes(entry.name)))
    }
    return hash.finalize().hexadecimal
  }
}

/// A table of numbers over steps as CSV text: shortest round-trip numbers, an empty field where there is none.
enum StepTable {
  static func text(_ columns: [String], _ rows: [(step: Int, values: [Double?])]) -> String {
    let lines = rows.map { row in
      ([String(row.step)] + row.values.map { $0.map { $0.isFinite ? "\($0)" : "" } ?? "" })
        .joined(separator: ",")
    }
    return ((["step"] + columns).joined(separator: ",") + "\n")
      + lines.map { $0 + "\n" }.joined()
  }

  /// Whether two tables have the same columns and steps, and values that agree within 1e-9 of the larger.
  static func agree(_ first: [UInt8], _ second: [UInt8]) -> Bool {
    guard let first = Content(first), let second = Content(second),
      first.columns == second.columns, first.rows.map(\.step) == second.rows.map(\.step)
    else { return false }
    return zip(first.rows.flatMap(\.values), second.rows.flatMap(\.values)).allSatisfy { pair in
      guard let one = pair.0, let other = pair.1 else { return pair.0 == pair.1 }
      return abs(one - other) <= 1e-9 * max(abs(one), abs(other))
    }
  }

  /// What the text of a table says; nil when the bytes are not what `text` writes.
  struct Content {
    let columns: [String]
    let rows: [(step: Int, values: [Double?])]

    init?(_ bytes: [UInt8]) {
      let lines = bytes.split(separator: UInt8(ascii: "\n"))
      guard let header = lines.first else { return nil }
      columns = Self.fields(header).dropFirst().map { String(decoding: $0, as: UTF8.self) }
      var rows: [(step: Int, values: [Double?])] = []
      for line in lines.dropFirst() {
        let fields = Self.fields(line)
        guard fields.count == columns.count + 1,
          let step = Int(String(decoding: fields[0], as: UTF8.self))
        else { return nil }
        rows.append((step, fields.dropFirst().map { Double(String(decoding: $0, as: UTF8.self)) }))
      }
      self.rows = rows
    }

    private static func fields(_ line: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
      line.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    }

    /// The rows with the given columns alone, in their order; nil where one is missing.
    func selecting(_ wanted: [String]) -> [(step: Int, values: [Double?])]? {
      let positions = wanted.compactMap { columns.firstIndex(of: $0) }
      guard positions.count == wanted.count else { return nil }
      return rows.map { row in (row.step, positions.map { row.values[$0] }) }
    }
  }
}
