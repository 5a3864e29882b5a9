import OrderedCollections

extension CompactRecords {
  /// Reads the records from a report's folder and checks that they belong to a plan.
  ///
  /// - Parameters:
  ///   - folder: the folder that `write` filled.
  ///   - plan: the plan; its arms and seeds must be those of the records.
  ///   - expectedID: the id that a run of an arm with a seed must have; nil where it is not known.
  /// - Throws: `RecordsError.invalid` with file and line when the text is not what `write` writes,
  ///   or of another plan; `RecordsError.inputOutput` when the system refuses to read.
  public init(
    reading folder: String, plan: Plan, expectedID: (Arm, Int) -> String? = { _, _ in nil }
  ) throws(RecordsError) {
    let reader = CompactReader(folder: folder, plan: plan)
    self.init(
      runs: try reader.runs(expectedID),
      training: try reader.history(CompactFiles.training, isEvaluation: false),
      evaluation: try reader.history(CompactFiles.evaluation, isEvaluation: true),
      clouds: try reader.clouds(), grids: try reader.grids(),
      neighbours: try reader.neighbours(), references: try reader.references())
  }
}

struct CompactReader {
  let folder: String
  let plan: Plan
  private let arms: [String: Int]

  init(folder: String, plan: Plan) {
    self.folder = folder
    self.plan = plan
    arms = Dictionary(plan.arms.map { ($0.name, $0.index) }) { first, _ in first }
  }

  func table(
    _ name: String, _ start: [String], metrics: Bool = false
  ) throws(RecordsError) -> CompactTable {
    try CompactTable(folder, name, start: start, metrics: metrics, plan: plan)
  }

  func arm(_ row: CSV.Row, _ table: CompactTable) throws(RecordsError) -> Int {
    guard let arm = arms[row.fields[0]] else {
      let hint = Spelling.hint(for: row.fields[0], among: plan.arms.map(\.name))
      throw table.failure(
        row.line,
        "the experiment has no arm '\(row.fields[0])'\(hint); the records are of another version "
          + "of it")
    }
    return arm
  }

  func seed(_ row: CSV.Row, _ table: CompactTable) throws(RecordsError) -> Int {
    let seed = try table.integer(row, 1)
    guard plan.seeds.contains(seed) else {
      throw table.failure(
        row.line,
        "the experiment has no seed \(seed); the records are of another version of it")
    }
    return seed
  }
}

// MARK: Runs

extension CompactReader {
  func runs(_ expectedID: (Arm, Int) -> String?) throws(RecordsError) -> [RunResult] {
    let table = try table(CompactFiles.runs, CompactFiles.runColumns, metrics: true)
    var runs: [RunResult] = []
    var seen: OrderedSet<[Int]> = []
    for row in table.rows {
      let run = try run(row, table)
      guard seen.append([run.arm, run.seed]).inserted else {
        throw table.failure(
          row.line, "arm '\(row.fields[0])' with seed \(run.seed) stands here twice")
      }
      if let id = expectedID(plan.arms[run.arm], run.seed), id != run.id {
        throw table.failure(
          row.line,
          "arm '\(row.fields[0])' with seed \(run.seed) is run \(run.id.prefix(12))… here, but the "
            + "experiment asks for \(id.prefix(12))…; its configuration changed")
      }
      runs.append(run)
    }
    for arm in plan.arms {
      for seed in plan.seeds where !seen.contains([arm.index, seed]) {
        throw .invalid([
          Diagnostic(Place(file: table.file), "no row for arm '\(arm.name)' with seed \(seed)")
        ])
      }
    }
    return runs
  }

  private func run(_ row: CSV.Row, _ table: CompactTable) throws(RecordsError) -> RunResult {
    guard let state = RunState(rawValue: row.fields[3]) else {
      let words = RunState.allCases.map(\.rawValue).joined(separator: " or ")
      throw table.wrong(row, 3, words)
    }
    guard let isDead = Bool(row.fields[5]) else { throw table.wrong(row, 5, "true or false") }
    let hasResult = state == .done || state == .diverged
    return RunResult(
      arm: try arm(row, table), seed: try seed(row, table), id: try table.digest(row, 2),
      state: state, steps: try table.integer(row, 4), isDead: isDead,
      operations: try table.integer(row, 6),
      digest: hasResult || !row.fields[7].isEmpty ? try table.digest(row, 7) : "",
      metrics: try table.reals(row, from: CompactFiles.runColumns.count))
  }
}

// MARK: Histories and samples

extension CompactReader {
  func history(_ name: String, isEvaluation: Bool) throws(RecordsError) -> HistoryTable {
    let start = CompactFiles.momentColumns
    let table = try table(name, start, metrics: isEvaluation)
    var rows: [HistoryTable.Row] = []
    for row in table.rows {
      rows.append(
        HistoryTable.Row(
          arm: try arm(row, table), seed: try seed(row, table), step: try table.integer(row, 2),
          values: try table.reals(row, from: start.count)))
    }
    return HistoryTable(columns: Array(table.columns.dropFirst(start.count)), rows: rows)
  }

  func clouds() throws(RecordsError) -> [SampleCloud] {
    let table = try table(CompactFiles.clouds, CompactFiles.cloudColumns)
    var points: OrderedDictionary<[Int], [SIMD2<Float>]> = [:]
    for row in table.rows {
      let key = [try arm(row, table), try seed(row, table)]
      points[key, default: []].append(try table.point(row, from: 2))
    }
    return points.map { SampleCloud(arm: $0.key[0], seed: $0.key[1], points: $0.value) }
  }
}

// MARK: References

extension CompactReader {
  func references() throws(RecordsError) -> [ProblemReference] {
    let start = CompactFiles.referenceColumns
    let table = try table(CompactFiles.references, start, metrics: true)
    let points = try referencePoints(count: table.rows.count)
    var references: [ProblemReference] = []
    for (number, row) in table.rows.enumerated() {
      references.append(
        ProblemReference(
          data: row.fields[0], evaluation: row.fields[1], protocolText: row.fields[2],
          realAgainstReal: try table.reals(row, from: start.count),
          realPoints: points.real[number], modes: points.modes[number]))
    }
    return references
  }

  private func referencePoints(
    count: Int
  ) throws(RecordsError) -> (real: [[SIMD2<Float>]], modes: [[SIMD2<Float>]]) {
    let table = try table(CompactFiles.referencePoints, CompactFiles.pointColumns)
    var real = [[SIMD2<Float>]](repeating: [], count: count)
    var modes = real
    for row in table.rows {
      let number = try table.integer(row, 0)
      guard number < count else {
        throw table.failure(row.line, "\(CompactFiles.references) has no row \(number)")
      }
      let point = try table.point(row, from: 2)
      switch row.fields[1] {
      case "real": real[number].append(point)
      case "mode": modes[number].append(point)
      default: throw table.wrong(row, 1, "real or mode")
      }
    }
    return (real, modes)
  }
}
