import Catalog
import Records
import Testing

@testable import Reporting

/// The way from arms to what they have in common.
@Suite struct CommonGroundTests {
  /// Arms 0–2 are hinge with none, gp and clip, 3–5 Wasserstein, 6–8 logistic.
  private static let grid = GridPlan(
    axes: [
      Axis(name: "loss", labels: ["hinge", "wasserstein", "logistic"]),
      Axis(name: "regularizer", labels: ["none", "gp", "clip"]),
    ], baseline: ["regularizer": "none"],
    metrics: [GridPlan.metric("score", .min, primary: true)])

  @Test(arguments: [
    (Array(0..<9), "all 9 arms"),
    ([0, 1, 2], "all 3 arms with loss hinge, and no other"),
    ([1, 4, 7], "all 3 arms with regularizer gp, and no other"),
    ([0, 1, 3, 4, 6, 7], "all 6 arms without regularizer clip, and no other"),
    ([4], "arm wasserstein · gp alone"),
    ([0, 1], "2 of the 3 arms with loss hinge, and no other: hinge · none; hinge · gp"),
    ([0, 4, 8], "hinge · none; wasserstein · gp; logistic · clip"),
    (
      [0, 4, 5, 7, 8],
      "hinge · none; wasserstein · gp; wasserstein · clip; logistic · gp and 1 more"
    ),
  ])
  func labels(_ chosen: [Int], _ words: String) {
    #expect(CommonGround(chosen, among: Array(0..<9), of: Self.grid.plan).text == words)
  }

  /// Labels of one axis that use an entry of a table in common, as two weights of one penalty do.
  @Test func entries() {
    let plan = Self.grid.plan
    let arms = plan.arms.map { arm in
      Arm(
        index: arm.index, labels: arm.labels, includedName: nil, configuration: arm.configuration,
        canonical: arm.canonical, stratum: 0, baseline: nil,
        mentions: [Mention(table: "data set", entry: "ring8")]
          + (arm.labels[1] == "none" ? [] : [Mention(table: "penalty", entry: "r1")]))
    }
    let mentioning = Plan(
      name: "m", question: "", file: "", axes: plan.axes, arms: arms, seeds: [0],
      metrics: plan.metrics, claims: [], charts: [], exclusions: [], diagnostics: [], isAdHoc: false
    )
    func text(_ chosen: [Int]) -> String {
      CommonGround(chosen, among: Array(0..<9), of: mentioning).text
    }
    #expect(text([1, 2, 4, 5, 7, 8]) == "all 6 arms with penalty r1, and no other")
    #expect(text([1, 2]) == "both arms with loss hinge and penalty r1, and no other")
    // Among fewer arms less is needed to tell them apart.
    #expect(
      CommonGround([1, 2], among: [0, 1, 2], of: mentioning).text
        == "both arms with penalty r1, and no other")
  }

  @Test func severalLabels() {
    var grid = Self.grid
    grid.axes[0] = Axis(name: "loss", labels: ["a", "b", "c", "d"])
    let chosen = [0, 1, 2, 6, 7, 8]
    #expect(
      CommonGround(chosen, among: Array(0..<12), of: grid.plan).text
        == "all 6 arms with loss a or c, and no other")
  }
}
