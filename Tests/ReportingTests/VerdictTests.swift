import Records
import Reporting
import Statistics
import Testing

/// Values whose statistics can be worked out by hand.
@Suite struct VerdictTests {
  private let base: [Double?] = [1, 2, 3, 4, 5, 6]

  private func report(
    _ values: [[Double?]], goal: MetricRequest.Goal = .min, claims: [Claim] = []
  ) throws -> Report {
    let labels = ["base", "b", "c", "d"].prefix(values.count)
    let plan = ValueTable.plan(
      Array(labels), seeds: values[0].count, goal: goal, claims: claims)
    return try Report(
      plan: plan, records: ValueTable(plan: plan, values: values).records, tables: [])
  }

  /// Six differences of −1: p = 2·2⁻⁶ = .03125, Wilson's interval for 6 of 6 is [1/(1 + z²/6), 1] =
  /// [.61, 1].
  @Test func oneComparison() throws {
    let report = try report([base, base.map { $0.map { $0 - 1 } }])
    let row = report.row("b", after: "Differences from")
    #expect(row[0] == "b" && row[1].hasPrefix("-1 [-1, -1]"))
    #expect(Array(row[2...]) == ["6", "0.031", "0.031", "1.00 [0.61, 1.00]", "**better**"])
    #expect(report.row("**b**") == [])
  }

  /// Holm doubles the smaller of two p-values: .0625 is not significant, and seven seeds would be
  /// needed.
  @Test func correctionTakesTheVerdictAway() throws {
    let lower = base.map { $0.map { $0 - 1 } }
    let mixed: [Double?] = [2, 1, 4, 3, 6, 5]
    let report = try report([base, lower, mixed])
    #expect(
      report.row("b", after: "Differences from")[3...] == [
        "0.031", "0.062", "1.00 [0.61, 1.00]", "undecided",
      ])
    #expect(
      report.row("c", after: "Differences from")[3...] == [
        "1", "1", "0.50 [0.19, 0.81]", "undecided",
      ])
    #expect(report.page.contains("Needs 7 seeds to reach p ≤ 0.05 after correction"))
    #expect(report.page.contains("**Too few seeds.** With 6 seeds"))
  }

  /// Mean and t interval of 1…6: 3.5 ± 2.5706·√3.5/√6 = 3.5 ± 1.9633.
  @Test func meansAndIntervals() throws {
    let report = try report([base, base])
    #expect(
      report.row("base *(baseline)*")[1] == "3.5 [1.5, 5.5]"
        || report.row("base *(baseline)*")[1] == "**3.5 [1.5, 5.5]**")
    #expect(report.row("b", after: "Differences from")[1].hasPrefix("0 [0, 0]"))
  }

  /// A diverged run loses against a finite one, and has no part in the mean difference.
  @Test func divergenceIsNotAveragedAway() throws {
    let seeds = 12
    let base = (0..<seeds).map { Optional(Double($0)) }
    var arm = base.map { $0.map { $0 - 1 } }
    arm[0] = nil
    arm[1] = nil
    let report = try report([base, arm])
    let row = report.row("b", after: "Differences from")
    #expect(row[2] == "10" && row[5].hasPrefix("0.83 ["))
    #expect(row[6] == "**better where finite**")
    #expect(row[1].contains("<sup>1</sup>"))
    #expect(report.page.contains("No finite pair for seeds 0, 1"))
    #expect(report.row("b", after: "## Results").suffix(3) == ["10", "2", "0"])
    #expect(report.page.contains("b (-1, where finite)"))
  }

  @Test func wholeArmsThatDiverge() throws {
    let lost: [Double?] = base.map { _ in nil }
    let armLost = try report([base, lost])
    #expect(armLost.row("b", after: "Differences from").last == "**diverged**")
    #expect(armLost.row("b", after: "## Results")[1] == "diverged")
    let baselineLost = try report([lost, base])
    #expect(baselineLost.row("b", after: "Differences from").last == "**baseline diverged**")
    let bothLost = try report([lost, lost])
    #expect(bothLost.page.contains("No run has finished"))
  }

  /// Turning the metric's sign and its goal over changes no verdict.
  @Test(arguments: 0..<6) func mirrorImage(_ seed: Int) throws {
    var numbers = SyntheticNumbers(seed)
    let values = (0..<4).map { arm in
      (0..<9).map { _ in numbers.uniform() < 0.1 ? nil : Optional(Double(arm) + numbers.normal()) }
    }
    let claims = [
      Claim(id: "p", arms: [1], metric: "score", statement: .improves(probability: 0.4)),
      Claim(id: "d", arms: [2, 3], metric: "score", statement: .improvesBy(-4)),
    ]
    let straight = try report(values, claims: claims)
    let mirrored = try report(
      values.map { $0.map { $0.map { -$0 } } }, goal: .max, claims: claims)
    for arm in ["b", "c", "d"] {
      let (left, right) = (
        straight.row(arm, after: "Differences from"), mirrored.row(arm, after: "Differences from")
      )
      #expect(left.count == 7 && left[2...] == right[2...])
    }
    #expect(straight.claims.map(\.verdict) == mirrored.claims.map(\.verdict))
  }

  @Test func claims() throws {
    let lower = base.map { $0.map { $0 - 1 } }
    var broken = lower
    broken[5] = nil
    func verdict(_ arms: [Int], _ statement: Claim.Statement) throws -> Verdict {
      let claim = Claim(id: "c", arms: arms, metric: "score", statement: statement)
      return try report([base, lower, base, broken], claims: [claim]).claims[0].verdict
    }
    #expect(try verdict([1], .improves(probability: 0.6)) == .holds)
    #expect(try verdict([1], .improves(probability: 0.62)) == .undecided)
    #expect(try verdict([1], .improvesBy(1)) == .holds)
    #expect(try verdict([1], .improvesBy(1.01)) == .fails)
    #expect(try verdict([1, 2], .improvesBy(0.5)) == .fails)
    #expect(try verdict([1], .reaches(4.5)) == .holds)
    #expect(try verdict([1], .reaches(4.4)) == .undecided)
    #expect(try verdict([1], .reaches(0.5)) == .fails)
    // The mean of the finished runs, 1, would reach it, but a run diverged.
    #expect(try verdict([3], .reaches(5)) == .undecided)
    // A baseline is compared with nothing.
    #expect(try verdict([0], .improvesBy(0)) == .undecided)
  }

  @Test func bestIsBoldAndRealDataAreTheFloor() throws {
    let (plan, records) = Experiments.small()
    let report = try Report(plan: plan, records: records, tables: [])
    #expect(report.row("gp", after: "### loss = hinge")[1].hasPrefix("**0.4"))
    #expect(!report.row("clip", after: "### loss = hinge")[1].hasPrefix("**"))
    #expect(report.row("*real against real*")[1] == "4e-4")
  }
}
