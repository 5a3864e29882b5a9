import Catalog
import Records

/// A run of a plan with the ids of its records.
public struct PlannedRun: Sendable {
  /// The index of the arm in `Plan.arms`.
  public let arm: Int
  /// The seed.
  public let seed: Int
  /// The run's id.
  public let id: String
  /// The id of its evaluation.
  public let evaluation: String
  /// The id of its gallery; nil where the plan shows none.
  public var gallery: String?
}

extension Identities {
  /// All runs of the plan, those of an arm together, in the order of its seeds. The ids are derived on all cores.
  ///
  /// - Throws: `DatasetError` when data files are missing or damaged.
  public func runs() async throws -> [PlannedRun] {
    let seeds = plan.seeds
    guard let first = seeds.first else { return [] }
    let arms = try plan.arms.map { arm in
      (
        index: arm.index, run: try run(arm, seed: first), evaluation: evaluation(arm, run: ""),
        gallery: try gallery(arm, seed: first)?.id
      )
    }
    return await concurrentMap(arms) { arm in
      let ids = arm.run.ids(seeds: seeds)
      return zip(seeds, zip(ids, arm.evaluation.ids(runs: ids))).map { seed, ids in
        PlannedRun(
          arm: arm.index, seed: seed, id: ids.0, evaluation: ids.1,
          gallery: seed == first ? arm.gallery : nil)
      }
    }.flatMap { $0 }
  }
}
