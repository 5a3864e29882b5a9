import Records
import Testing

/// Which arms stand for others.
@Suite struct ExemplarTests {
  private func plan(_ rest: String) throws -> Plan {
    try RecordsTests.plan(
      """
      question: Why?
      fixed: {data: ring8}
      axes:
        loss: [nonsaturating, hinge]
        steps: {one: {train.steps: 1}, two: {train.steps: 2}, three: {train.steps: 3}}
      seeds: 2
      metrics: {frechet: {goal: min}, m: {metric: modes, goal: max}}
      \(rest)
      """)
  }

  /// Runs of all arms whose values of both metrics are given; nil for a run that diverged.
  private func runs(_ values: [Double?]) -> [RunResult] {
    values.enumerated().flatMap { arm, value in
      (0..<2).map { seed in
        RunResult(
          arm: arm, seed: seed, id: "", state: value == nil ? .diverged : .done, steps: 1,
          isDead: false, operations: 1, digest: "",
          metrics: [value.map { $0 + Double(seed) }, value])
      }
    }
  }

  private func text(_ exemplars: [[Exemplar]]) -> [[String]] {
    exemplars.map { group in
      group.map { "\($0.arm) \($0.roles.map(\.rawValue).joined(separator: " "))" }
    }
  }

  @Test func baselineBestAndWorstOfEachStratum() throws {
    let exemplars = try plan("baseline: {steps: one}").exemplars(runs([5, 3, 9, 1, 2, nil]))
    #expect(
      text(exemplars) == [["0 baseline", "1 best", "2 worst"], ["3 baseline best", "4 worst"]])
  }

  @Test func withoutBaselineAllArmsAreRanked() throws {
    let exemplars = try plan("").exemplars(runs([5, 3, 9, 1, 2, nil]))
    #expect(text(exemplars) == [["3 best", "2 worst"]])
  }

  @Test func theGoalDecides() throws {
    let plan = try plan("baseline: {steps: one}")
    let other = Plan(
      name: plan.name, question: plan.question, file: plan.file, axes: plan.axes, arms: plan.arms,
      seeds: plan.seeds,
      metrics: plan.metrics.map {
        MetricRequest(
          name: $0.name, metric: $0.metric, goal: .max, isPrimary: $0.isPrimary)
      }, claims: [], charts: [], exclusions: [], diagnostics: [], isAdHoc: false)
    #expect(
      text(other.exemplars(runs([5, 3, 9, 1, 2, nil])))
        == [["0 baseline", "2 best", "1 worst"], ["3 baseline worst", "4 best"]])
  }

  @Test func whereLittleIsKnown() throws {
    let plan = try plan("baseline: {steps: two}")
    #expect(text(plan.exemplars([])) == [["1 baseline"], ["4 baseline"]])
    #expect(text(try self.plan("").exemplars(runs([nil, nil, nil, nil, nil, 2]))) == [["0 "]])
  }
}
