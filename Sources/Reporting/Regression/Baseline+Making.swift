import Catalog
import Records

extension Baseline {
  /// Puts records into the form that is compared.
  ///
  /// - Parameters:
  ///   - plan: what was asked.
  ///   - records: what was found; they must be records of this plan.
  ///   - traces: moments of training of the runs with `traceSeed`.
  ///   - traceSeed: one seed.
  ///   - conditions: versions, executor and machine.
  ///   - schema: the defaults that canonical settings leave out.
  /// - Throws: `ReportError.recordsDoNotFit`.
  public init(
    plan: Plan, records: CompactRecords, traces: HistoryTable, traceSeed: Int,
    conditions: Conditions, schema: ExperimentSchema
  ) throws(ReportError) {
    let analysis = try Analysis(plan: plan, records: records)
    experiment = plan.name
    self.conditions = conditions
    metrics = plan.metrics.map { request in
      Metric(
        name: request.name, goal: request.goal, isPrimary: request.isPrimary,
        settings: ParameterType.entry(schema.metrics).minimal(request.metric))
    }
    let moments = Dictionary(grouping: traces.rows, by: \.arm)
    arms = plan.arms.map { arm in
      let runs = analysis.summaries[arm.index].runs.compactMap { $0 }.sorted { $0.seed < $1.seed }
      return ArmRecord(
        name: arm.name, settings: arm.canonical, evaluation: schema.evaluation(arm.configuration),
        asked: plan.metrics(of: arm).map(\.name), runs: runs.map(Run.init),
        trace: (moments[arm.index] ?? []).map { Moment(step: $0.step, values: $0.values) })
    }
    claims = plan.claims.map { claim in
      ClaimRecord(
        id: claim.id, statement: Self.statement(claim, plan),
        verdict: ClaimResult(claim, analysis).verdict.rawValue)
    }
    self.traceSeed = traceSeed
    traceColumns = traces.columns
  }

  /// A claim as one line that changes when the claim does.
  private static func statement(_ claim: Claim, _ plan: Plan) -> String {
    let arms = claim.arms.map { plan.arms[$0].name }.joined(separator: ", ")
    switch claim.statement {
    case .improves(let probability):
      return "\(claim.metric) improves on \(probability) of seeds: \(arms)"
    case .improvesBy(let amount): return "\(claim.metric) improves by \(amount): \(arms)"
    case .reaches(let threshold): return "\(claim.metric) reaches \(threshold): \(arms)"
    }
  }
}

extension Baseline.Run {
  fileprivate init(_ run: RunResult) {
    self.init(
      seed: run.seed, id: run.id, state: run.state, steps: run.steps, isDead: run.isDead,
      digest: run.digest, operations: run.operations,
      metrics: run.state == .done ? run.metrics : run.metrics.map { _ in nil })
  }
}

extension ExperimentSchema {
  /// The settings of evaluation in a complete configuration, without defaults.
  fileprivate func evaluation(_ configuration: Value) -> Value {
    let minimal = ParameterType.group(self.configuration).minimal(configuration).asMap ?? [:]
    return .map(minimal.filter { evaluationKeys.contains($0.key) })
  }
}
