import Records
import Reporting
import Runner

/// What a store has of a plan, for a baseline or for the comparison with one.
struct FreshResults {
  let identities: Identities
  let records: CompactRecords
  private let plan: Plan
  private let gathering: Gathering
  private let executor: String

  /// Reads the records.
  init(_ options: ExperimentOptions, _ plan: Plan) throws {
    let settings = try options.settings()
    identities = options.identities(plan, settings)
    executor = options.executor(settings).name
    gathering = Gathering(plan, store: Store(options.store), identities: identities)
    records = try gathering.records()
    self.plan = plan
  }

  /// The records in the form of a baseline.
  ///
  /// - Parameter traceSeed: the seed of the runs whose moments of training are kept.
  func baseline(traceSeed: Int) throws -> Baseline {
    try Baseline(
      plan: plan, records: records, traces: try gathering.traces(seed: traceSeed),
      traceSeed: traceSeed,
      conditions: Baseline.Conditions(
        numericsVersion: numericsVersion, evaluationVersion: evaluationVersion,
        executor: executor, fingerprint: try gathering.fingerprint()?.rawValue),
      schema: RunSchema.experiment)
  }
}
