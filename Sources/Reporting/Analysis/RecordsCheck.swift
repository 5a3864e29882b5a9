import Records

/// Whether records can be records of a plan, so that nothing after it has to doubt an index.
struct RecordsCheck {
  /// What was asked.
  let plan: Plan

  /// Finds the first disagreement.
  func check(_ records: CompactRecords) throws(ReportError) {
    if plan.metrics.isEmpty || plan.arms.isEmpty || plan.seeds.isEmpty {
      throw .recordsDoNotFit("the plan of '\(plan.name)' has no metric, no arm or no seed")
    }
    try checkPlan()
    try check(records.runs)
    try check(records.training, name: "training")
    try check(records.evaluation, name: "evaluation")
    for cloud in records.clouds { try checkArm(cloud.arm, of: "a sample cloud") }
    try check(records.grids)
    for check in records.neighbours { try checkArm(check.arm, of: "a check of nearest images") }
    for reference in records.references
    where reference.realAgainstReal.count != plan.metrics.count {
      throw .recordsDoNotFit(
        "the reference of data \(reference.data) has \(reference.realAgainstReal.count) values "
          + "for \(plan.metrics.count) metrics")
    }
  }

  private func checkPlan() throws(ReportError) {
    for (index, arm) in plan.arms.enumerated() {
      if arm.index != index || arm.labels.count != plan.axes.count {
        throw .recordsDoNotFit("arm \(index) of the plan does not fit its place or its axes")
      }
      if let baseline = arm.baseline { try checkArm(baseline, of: "a baseline") }
    }
    for claim in plan.claims {
      for arm in claim.arms { try checkArm(arm, of: "claim '\(claim.id)'") }
      if !plan.metrics.contains(where: { $0.name == claim.metric }) {
        throw .recordsDoNotFit("claim '\(claim.id)' names no metric of the plan: \(claim.metric)")
      }
    }
  }

  private func check(_ runs: [RunResult]) throws(ReportError) {
    var seen = Set<[Int]>()
    for run in runs {
      try checkArm(run.arm, of: "a run")
      if !plan.seeds.contains(run.seed) {
        throw .recordsDoNotFit("arm \(run.arm) has a run with seed \(run.seed), which is not asked")
      }
      if run.metrics.count != plan.metrics.count {
        throw .recordsDoNotFit(
          "the run of arm \(run.arm), seed \(run.seed) has \(run.metrics.count) values for "
            + "\(plan.metrics.count) metrics")
      }
      if !seen.insert([run.arm, run.seed]).inserted {
        throw .recordsDoNotFit("arm \(run.arm), seed \(run.seed) occurs twice")
      }
    }
  }

  private func check(_ grids: [SampleGrid]) throws(ReportError) {
    var seen = Set<SampleGrid.Owner>()
    for grid in grids {
      if let arm = grid.arm { try checkArm(arm, of: "a sample grid") }
      if !seen.insert(grid.owner).inserted {
        let owner = grid.arm.map { "arm \($0)" } ?? "real samples"
        throw .recordsDoNotFit("there are two pictures of \(owner), seed \(grid.seed)")
      }
    }
  }

  private func check(_ table: HistoryTable, name: String) throws(ReportError) {
    for row in table.rows {
      try checkArm(row.arm, of: "a row of the \(name) history")
      if row.values.count != table.columns.count {
        throw .recordsDoNotFit(
          "a row of the \(name) history has \(row.values.count) values for "
            + "\(table.columns.count) columns")
      }
    }
  }

  private func checkArm(_ arm: Int, of what: String) throws(ReportError) {
    if !plan.arms.indices.contains(arm) {
      throw .recordsDoNotFit("\(what) names arm \(arm) of \(plan.arms.count)")
    }
  }
}

extension SampleGrid {
  /// What a report can have one picture of.
  fileprivate struct Owner: Hashable {
    let arm: Int?
    let seed: Int
    let kind: PictureKind
  }

  fileprivate var owner: Owner { Owner(arm: arm, seed: seed, kind: kind) }
}
