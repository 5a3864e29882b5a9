import Records

/// Records that hold given final values and nothing else: one row of values per arm, one value per
/// seed.
struct ValueTable {
  let plan: Plan
  /// `.diverged` where nil.
  let values: [[Double?]]

  var records: CompactRecords {
    var runs: [RunResult] = []
    for (arm, row) in values.enumerated() {
      for (seed, value) in zip(plan.seeds, row) {
        runs.append(
          RunResult(
            arm: arm, seed: seed, id: "", state: value == nil ? .diverged : .done, steps: 10,
            isDead: false, operations: 1000 * (arm + 1), digest: "\(arm)/\(seed)",
            metrics: plan.metrics.map { _ in value }))
      }
    }
    return CompactRecords(
      runs: runs, training: HistoryTable(columns: [], rows: []),
      evaluation: HistoryTable(columns: [], rows: []), clouds: [], grids: [], references: [])
  }

  /// One axis `x` of the arms' labels, of which the first is the baseline.
  static func plan(
    _ labels: [String], seeds: Int, goal: MetricRequest.Goal = .min, claims: [Claim] = [],
    hasBaseline: Bool = true
  ) -> Plan {
    var grid = GridPlan(
      axes: [Axis(name: "x", labels: labels)], baseline: hasBaseline ? ["x": labels[0]] : [:],
      seeds: Array(0..<seeds), metrics: [GridPlan.metric("score", goal, primary: true)])
    grid.name = "values"
    grid.question = "Which x?"
    grid.claims = claims
    return grid.plan
  }
}
