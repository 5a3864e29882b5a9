import Arrays
import Catalog
import Datasets
import Records

/// Collects what a report needs of a plan's records in a store.
public struct Gathering {
  /// Moments of training that a report keeps per run.
  private static let trainingPoints = 25
  /// Points of a scatter.
  private static let cloudPoints = 250
  /// Columns of the history that a report keeps.
  private static let trainingColumns = [
    "critic_loss", "penalty", "generator_loss", "real", "fake_after", "critic_gradient",
    "generator_gradient",
  ]

  let plan: Plan
  let store: Store
  let identities: Identities

  /// - Parameter identities: the ids of the plan's runs.
  public init(_ plan: Plan, store: Store, identities: Identities) {
    self.plan = plan
    self.store = store
    self.identities = identities
  }

  /// The records that exist; runs without one are missing or failed.
  public func records() throws -> CompactRecords {
    var collected = CompactRecords(
      runs: [], training: HistoryTable(columns: [], rows: []),
      evaluation: HistoryTable(columns: [], rows: []), clouds: [], grids: [], references: [])
    var training: [HistoryTable.Row] = []
    var evaluation: [HistoryTable.Row] = []
    for arm in plan.arms {
      for seed in plan.seeds.sorted() {
        let run = try read(arm, seed: seed)
        collected.runs.append(run.result)
        training += run.training
        evaluation += run.evaluation
        if seed == plan.seeds.first { try show(run, arm, seed, &collected) }
      }
    }
    collected.training = HistoryTable(columns: Self.trainingColumns, rows: training)
    collected.evaluation = HistoryTable(columns: plan.metrics.map(\.name), rows: evaluation)
    try addReferences(&collected)
    return collected
  }

  private struct GatheredRun {
    let result: RunResult
    var training: [HistoryTable.Row] = []
    var evaluation: [HistoryTable.Row] = []
    var samples: HostArray<Float>?
  }

  private func read(_ arm: Arm, seed: Int) throws -> GatheredRun {
    let run = try identities.run(arm, seed: seed)
    let evaluationID = try identities.evaluation(arm, seed: seed).id
    guard let folder = try store.read(.run, run.id),
      let measured = try store.read(.evaluation, evaluationID)
    else { return GatheredRun(result: try absent(arm, seed, run.id)) }
    guard let summary = folder[RunFiles.summary].flatMap(RunSummary.init),
      let history = folder[RunFiles.history].flatMap(StepTable.Content.init),
      let rows = history.selecting(Self.trainingColumns)
    else { throw RunnerError.damagedRecord(path: folder.path) }
    guard let values = measured[EvaluationFiles.values].flatMap(StepTable.Content.init),
      let points = select(values, plan.metrics(of: arm))
    else { throw RunnerError.damagedRecord(path: measured.path) }
    let final = summary.state == .done ? points.last?.values : nil
    let result = RunResult(
      arm: arm.index, seed: seed, id: run.id, state: summary.state, steps: summary.steps,
      isDead: summary.isDead, operations: summary.operations, digest: summary.digest,
      metrics: final ?? plan.metrics.map { _ in nil })
    func row(_ point: (step: Int, values: [Double?])) -> HistoryTable.Row {
      HistoryTable.Row(arm: arm.index, seed: seed, step: point.step, values: point.values)
    }
    return GatheredRun(
      result: result,
      training: Self.thinned(rows, steps: RunConfiguration(arm.configuration).steps).map(row),
      evaluation: points.map(row),
      samples: try measured[EvaluationFiles.samples].flatMap { bytes in
        try NumPyArray.decode(bytes, file: "\(measured.path)/\(EvaluationFiles.samples)").floats
      })
  }

  /// The columns of all of the plan's metrics, empty for those that were not asked; nil where one of the others is missing.
  private func select(
    _ values: StepTable.Content, _ asked: [MetricRequest]
  ) -> [(step: Int, values: [Double?])]? {
    values.selecting(asked.map(EvaluationFiles.column))?.map { row in
      let known = zip(asked, row.values).map { (name: $0.name, value: $1) }
      let all = plan.metrics.map { metric in
        known.first { $0.name == metric.name }.flatMap(\.value)
      }
      return (row.step, all)
    }
  }

  private func absent(_ arm: Arm, _ seed: Int, _ id: String) throws -> RunResult {
    let state: RunState = try store.failureLog(id) == nil ? .missing : .failed
    return RunResult(
      arm: arm.index, seed: seed, id: id, state: state, steps: 0, isDead: false, operations: 0,
      digest: "", metrics: plan.metrics.map { _ in nil })
  }

  /// At most one row for each of `trainingPoints` equal parts of training, its last: the same steps for every run.
  private static func thinned(
    _ rows: [(step: Int, values: [Double?])], steps: Int
  ) -> [(step: Int, values: [Double?])] {
    rows.indices.filter { index in
      let part = (rows[index].step * trainingPoints - 1) / steps
      let isLast = index + 1 == rows.count
      return isLast || (rows[index + 1].step * trainingPoints - 1) / steps != part
    }.map { rows[$0] }
  }

  // MARK: Samples

  private func show(
    _ run: GatheredRun, _ arm: Arm, _ seed: Int, _ collected: inout CompactRecords
  ) throws {
    guard let samples = run.samples else { return }
    if let points = Self.planar(samples) {
      collected.clouds.append(SampleCloud(arm: arm.index, seed: seed, points: points))
    } else if let png = try Self.grid(samples) {
      collected.grids.append(SampleGrid(arm: arm.index, seed: seed, png: png))
    }
  }

  private static func planar(_ samples: HostArray<Float>) -> [SIMD2<Float>]? {
    guard samples.rowCount == 2, samples.shape.count == 2 else { return nil }
    return (0..<min(samples.rows, cloudPoints)).map { index in
      SIMD2(samples.elements[2 * index], samples.elements[2 * index + 1])
    }
  }

  /// The least width of a picture on a page, in pixels.
  private static let pictureWidth = 56

  /// Eight by eight pictures, enlarged by a whole number where they are small.
  private static func grid(_ samples: HostArray<Float>) throws -> [UInt8]? {
    guard samples.shape.count == 4 else { return nil }
    let count = min(samples.rows, 64)
    let shown = HostArray(
      shape: [count] + samples.shape.dropFirst(),
      elements: Array(samples.elements[..<(count * samples.rowCount)]))
    let width = samples.shape[2]
    let scale = (pictureWidth + width - 1) / width
    return try imageGrid(samples: shown, columns: 8, scale: scale, padding: 1).encoded()
  }

  // MARK: References

  private func addReferences(_ collected: inout CompactRecords) throws {
    for problem in plan.problems {
      let arm = plan.arms[problem.arms[0]]
      guard let folder = try store.read(.evaluation, try identities.reference(arm).id),
        let values = folder[EvaluationFiles.values].flatMap(StepTable.Content.init),
        let rows = select(values, identities.referenceMetrics(arm)),
        let samples = try folder[EvaluationFiles.samples].flatMap({ bytes in
          try NumPyArray.decode(bytes, file: folder.path).floats
        })
      else { continue }
      let text = folder[EvaluationFiles.protocolText].map { String(decoding: $0, as: UTF8.self) }
      let mixture = try identities.dataset(arm).mixture
      collected.references.append(
        ProblemReference(
          data: problem.key.data, evaluation: problem.key.evaluation,
          protocolText: (text ?? "").replacing("\n", with: ""),
          realAgainstReal: rows.first?.values ?? [], realPoints: Self.planar(samples) ?? [],
          modes: mixture?.centres.map { SIMD2(Float($0[0]), Float($0[1])) } ?? []))
      if let png = try Self.grid(samples) {
        let number = collected.references.count - 1
        collected.grids.append(SampleGrid(arm: nil, seed: number, png: png))
      }
    }
  }
}
