import Arrays
import Engine

/// All that an interrupted run needs to go on as if nothing had happened: the state table, the history so far, the
/// kept generator weights and images, and the values measured so far.
///
/// It is a safetensors file with `state/<name>`, `snapshot/<step>/<name>`, `progress/<step>`, `history` and `values`
/// (Float64 tables whose first column is the step; NaN where there is no value) and metadata.
struct Checkpoint {
  /// The id of the run.
  var run: String
  /// Generator steps taken.
  var step: Int
  /// What the moments before were like.
  var history: [HistoryRecord]
  /// The id of the evaluation that `values` belong to.
  var evaluation: String
  /// What was measured before.
  var values: [(step: Int, values: [Double?])]
  /// The kept generator weights.
  var snapshots: [Safetensors.Entry]
  /// The images of the moments so far, by their steps; nothing for data that are not images.
  var progress: [Safetensors.Entry]
  /// The states.
  var states: [Safetensors.Entry]
  /// Seconds of training so far, for provenance.
  var seconds: Double

  private static let format = "saddle checkpoint 2"

  func encoded() -> [UInt8] {
    let entries =
      prefixed("state/", states) + prefixed("snapshot/", snapshots)
      + prefixed("progress/", progress)
    let tables = [
      Safetensors.Entry("history", Self.table(history.map { ($0.step, $0.values) })),
      Safetensors.Entry("values", Self.table(values)),
    ]
    let metadata = [
      "format": Self.format, "run": run, "step": "\(step)", "evaluation": evaluation,
      "seconds": "\(seconds)",
    ]
    return Safetensors(entries + tables, metadata: metadata).encoded()
  }

  /// Reads a checkpoint; nil when this is none, or one of another format.
  init?(decoding bytes: [UInt8]) {
    guard let file = try? Safetensors(decoding: bytes, file: "checkpoint"),
      file.metadata["format"] == Self.format,
      let run = file.metadata["run"], let step = file.metadata["step"].flatMap(Int.init),
      let evaluation = file.metadata["evaluation"],
      let seconds = file.metadata["seconds"].flatMap(Double.init),
      let history = file["history"].flatMap(Self.rows),
      let values = file["values"].flatMap(Self.rows)
    else { return nil }
    self.run = run
    self.step = step
    self.history = history.compactMap { HistoryRecord(step: $0.step, values: $0.values) }
    guard self.history.count == history.count else { return nil }
    self.evaluation = evaluation
    self.values = values.map { ($0.step, $0.values.map { $0.isNaN ? nil : $0 }) }
    self.seconds = seconds
    states = Self.unprefixed("state/", file)
    snapshots = Self.unprefixed("snapshot/", file)
    progress = Self.unprefixed("progress/", file)
  }

  /// A run as it stands.
  init(
    _ trainer: Trainer, run: String, history: [HistoryRecord], evaluation: String,
    values: [(step: Int, values: [Double?])], snapshots: [Safetensors.Entry],
    progress: [Safetensors.Entry], seconds: Double
  ) {
    self.run = run
    step = trainer.step
    self.history = history
    self.evaluation = evaluation
    self.values = values
    self.snapshots = snapshots
    self.progress = progress
    self.seconds = seconds
    states = trainer.state.exported { _ in true }
  }

  /// Puts the trainer where the checkpoint was taken; false, with nothing changed, when it is of another run's form.
  func restore(_ trainer: Trainer) -> Bool {
    let saved = StateTable(of: trainer.training.graph, precision: trainer.state.precision)
    guard (0...trainer.configuration.steps).contains(step), saved.load(states), saved.isFinite
    else { return false }
    trainer.restore(step: step, from: saved)
    return true
  }

  // MARK: Tables

  private static func table(_ rows: [(step: Int, values: [Double?])]) -> TypedArray {
    let width = 1 + (rows.first?.values.count ?? 0)
    let elements = rows.flatMap { [Double($0.step)] + $0.values.map { $0 ?? .nan } }
    return .float64(HostArray(shape: [rows.count, width], elements: elements))
  }

  private static func table(_ rows: [(step: Int, values: [Double])]) -> TypedArray {
    table(rows.map { (step: $0.step, values: $0.values.map(Optional.some)) })
  }

  private static func rows(_ array: TypedArray) -> [(step: Int, values: [Double])]? {
    guard case .float64(let table) = array, table.shape.count == 2, table.shape[1] > 0 else {
      return nil
    }
    let width = table.shape[1]
    var rows: [(step: Int, values: [Double])] = []
    for row in 0..<table.shape[0] {
      let values = table.elements[row * width..<(row + 1) * width]
      guard let step = values.first.flatMap({ Int(exactly: $0) }) else { return nil }
      rows.append((step, Array(values.dropFirst())))
    }
    return rows
  }

  // MARK: Names

  private func prefixed(_ prefix: String, _ entries: [Safetensors.Entry]) -> [Safetensors.Entry] {
    entries.map { Safetensors.Entry(prefix + $0.name, $0.array) }
  }

  private static func unprefixed(_ prefix: String, _ file: Safetensors) -> [Safetensors.Entry] {
    file.entries.filter { $0.name.hasPrefix(prefix) }.map {
      Safetensors.Entry(String($0.name.dropFirst(prefix.count)), $0.array)
    }
  }
}

extension StateTable {
  /// Takes all states from arrays of their names, shapes and precision; false, with nothing changed, when these are not
  /// exactly the table's.
  func load(_ states: [Safetensors.Entry]) -> Bool {
    let file = Safetensors(states)
    let fits = entries.allSatisfy { entry in
      guard let array = file[entry.name], array.shape == entry.shape else { return false }
      return array.elementType == (precision == .float32 ? .float32 : .float64)
    }
    guard fits, states.count == entries.count else { return false }
    for entry in entries {
      switch file[entry.name] {
      case .float32(let array): _ = floats(entry.name).update(fromContentsOf: array.elements)
      case .float64(let array): _ = doubles(entry.name).update(fromContentsOf: array.elements)
      default: return false
      }
    }
    return true
  }
}
