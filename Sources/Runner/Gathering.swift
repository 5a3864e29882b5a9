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
    var images: [RunImages] = []
    for arm in plan.arms {
      for seed in plan.seeds.sorted() {
        let run = try read(arm, seed: seed)
        collected.runs.append(run.result)
        training += run.training
        evaluation += run.evaluation
        if let points = run.samples.flatMap(Self.planar) {
          collected.clouds.append(SampleCloud(arm: arm.index, seed: seed, points: points))
        }
        if let shown = run.images { images.append(shown) }
      }
    }
    collected.training = HistoryTable(columns: Self.trainingColumns, rows: training)
    collected.evaluation = HistoryTable(columns: plan.metrics.map(\.name), rows: evaluation)
    let real = try addReferences(&collected)
    collected.neighbours = images.compactMap(neighbourCheck)
    collected.grids = try PictureAlbum(
      real: real, runs: images,
      exemplars: plan.exemplars(collected.runs).flatMap { $0.map(\.arm) }
    ).grids
    return collected
  }

  private struct GatheredRun {
    let result: RunResult
    var training: [HistoryTable.Row] = []
    var evaluation: [HistoryTable.Row] = []
    /// Samples to show, of the first seed's run alone.
    var samples: HostArray<Float>?
    /// The same as images; nil where they are none.
    var images: RunImages?
  }

  private func read(_ arm: Arm, seed: Int) throws -> GatheredRun {
    let run = try identities.run(arm, seed: seed)
    let evaluationID = try identities.evaluation(arm, seed: seed).id
    guard let folder = try store.read(.run, run.id),
      let measured = try store.read(.evaluation, evaluationID)
    else { return GatheredRun(result: try absent(arm, seed, run.id)) }
    let steps = RunConfiguration(arm.configuration).steps
    guard let summary = folder[RunFiles.summary].flatMap(RunSummary.init),
      let history = folder[RunFiles.history].flatMap(StepTable.Content.init),
      let rows = history.selecting(Self.trainingColumns),
      rows.allSatisfy({ (0...steps).contains($0.step) })
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
    var gathered = GatheredRun(
      result: result,
      training: Self.thinned(rows, steps: steps).map(row),
      evaluation: points.map(row))
    guard seed == plan.seeds.first else { return gathered }
    gathered.samples = try storedSamples(measured, arm)
    gathered.images = try images(
      arm, seed: seed, run: folder, samples: gathered.samples)
    return gathered
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

  /// The samples in the record of an evaluation of an arm, or of its data; nil where there are none. Grey images were
  /// kept with their channel first once, which are the same numbers.
  ///
  /// - Throws: `RunnerError.damagedRecord` where they are of another shape than the data.
  private func storedSamples(_ record: StoredFolder, _ arm: Arm) throws -> HostArray<Float>? {
    guard let bytes = record[EvaluationFiles.samples] else { return nil }
    let samples = try NumPyArray.decode(
      bytes, file: "\(record.path)/\(EvaluationFiles.samples)"
    ).floats
    let sampleShape = try identities.dataset(arm).sampleShape
    let isGrey = sampleShape.count == 3 && sampleShape[2] == 1
    let found = Array(samples.shape.dropFirst())
    guard samples.rows > 0, found == sampleShape || (isGrey && found == [1] + sampleShape[..<2])
    else {
      throw RunnerError.damagedRecord(path: record.path)
    }
    return HostArray(shape: [samples.rows] + sampleShape, elements: samples.elements)
  }

  private static func planar(_ samples: HostArray<Float>) -> [SIMD2<Float>]? {
    guard samples.rowCount == 2, samples.shape.count == 2 else { return nil }
    return (0..<min(samples.rows, cloudPoints)).map { index in
      SIMD2(samples.elements[2 * index], samples.elements[2 * index + 1])
    }
  }

  // MARK: References

  /// Adds the references; returns the images among them with the references' numbers.
  private func addReferences(
    _ collected: inout CompactRecords
  ) throws -> [(number: Int, images: HostArray<UInt8>)] {
    var images: [(number: Int, images: HostArray<UInt8>)] = []
    for problem in plan.problems {
      let arm = plan.arms[problem.arms[0]]
      guard let folder = try store.read(.evaluation, try identities.reference(arm).id),
        let values = folder[EvaluationFiles.values].flatMap(StepTable.Content.init),
        let rows = select(values, identities.referenceMetrics(arm)),
        let samples = try storedSamples(folder, arm)
      else { continue }
      let text = folder[EvaluationFiles.protocolText].map { String(decoding: $0, as: UTF8.self) }
      let mixture = try identities.dataset(arm).mixture
      collected.references.append(
        ProblemReference(
          data: problem.key.data, evaluation: problem.key.evaluation,
          protocolText: (text ?? "").replacing("\n", with: ""),
          realAgainstReal: rows.first?.values ?? [], realPoints: Self.planar(samples) ?? [],
          modes: mixture?.centres.map { SIMD2(Float($0[0]), Float($0[1])) } ?? []))
      if ImageShape.isShown(Array(samples.shape.dropFirst())) {
        images.append((collected.references.count - 1, imageBytes(samples)))
      }
    }
    return images
  }
}
