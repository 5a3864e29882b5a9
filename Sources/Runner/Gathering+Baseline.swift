import Foundation
import Records

extension Gathering {
  /// Columns of a trace in the order in which a step computes them: the first that differs is nearest to the cause.
  static let traceColumns = [
    "real", "fake", "critic_loss", "penalty", "critic_gradient", "fake_before", "generator_loss",
    "generator_gradient", "fake_after",
  ]

  /// The histories of the runs with one seed as they were recorded, at few moments: the first, the second, the fourth,
  /// the eighth … and the last one. Arms without a run have no rows.
  ///
  /// - Throws: `RunnerError.damagedRecord`; `RecordsError.inputOutput`.
  public func traces(seed: Int) throws -> HistoryTable {
    var rows: [HistoryTable.Row] = []
    for arm in plan.arms where plan.seeds.contains(seed) {
      guard let folder = try store.read(.run, try identities.run(arm, seed: seed).id) else {
        continue
      }
      guard let history = folder[RunFiles.history].flatMap(StepTable.Content.init),
        let recorded = history.selecting(Self.traceColumns)
      else { throw RunnerError.damagedRecord(path: folder.path) }
      let last = recorded.count - 1
      rows += recorded.indices.filter { $0 == last || ($0 + 1) & $0 == 0 }.map { index in
        HistoryTable.Row(
          arm: arm.index, seed: seed, step: recorded[index].step, values: recorded[index].values)
      }
    }
    return HistoryTable(columns: Self.traceColumns, rows: rows)
  }

  /// The fingerprint of the machine that measured the plan's runs; nil unless every one was measured under the same.
  ///
  /// - Throws: `RecordsError.inputOutput`; `DatasetError` when data files are missing.
  public func fingerprint() throws -> Fingerprint? {
    var common: Fingerprint?
    for arm in plan.arms {
      for seed in plan.seeds {
        let id = try identities.evaluation(arm, seed: seed).id
        guard let folder = try store.read(.evaluation, id) else { continue }
        guard let found = Provenance.read(folder)?.fingerprint, found == common ?? found else {
          return nil
        }
        common = found
      }
    }
    return common
  }
}
