import Catalog
import Testing

@testable import Records

/// Metrics that are asked of some arms, metrics without a goal, and arms that are kept by their name.
@Suite struct MetricScopeTests {
  private static let schema = ExperimentSchema(
    configuration: SmallSchema.configuration, evaluationKeys: ["evaluate"],
    metrics: SmallSchema.metrics, goal: { $0 == "modes" ? .max : nil },
    check: { _ in [] })

  private static func text(_ metrics: String, _ more: String = "") -> String {
    """
    question: Why?
    fixed: {train.steps: 10}
    seeds: 2
    metrics: {\(metrics)}
    axes:
      problem: {rings: {data: ring8}, grids: {data: grid25}}
      loss: [nonsaturating, hinge]
    include: [{name: recipe, set: {problem: rings, loss: hinge, train.steps: 20}}]
    \(more)
    """
  }

  private static func make(
    _ metrics: String, _ more: String = "", only: [String] = []
  ) throws(RecordsError) -> Plan {
    try plan(text(metrics, more), schema: schema, overrides: Overrides(only: only))
  }

  private static func complaint(_ metrics: String, _ more: String = "") -> String {
    do throws(RecordsError) {
      _ = try make(metrics, more)
      return "(nothing)"
    } catch {
      return error.description
    }
  }

  @Test func askedOfSomeArms() throws {
    let plan = try Self.make("modes: {when: {problem: rings, loss: [hinge]}}, frechet: {goal: min}")
    #expect(plan.metrics.map(\.isPrimary) == [false, true])
    #expect(
      plan.arms.filter { plan.asks(plan.metrics[0], of: $0) }.map(\.name)
        == ["rings · hinge", "recipe"])
    #expect(plan.arms.allSatisfy { plan.asks(plan.metrics[1], of: $0) })
  }

  @Test(arguments: [
    (
      "frechet: {goal: min, when: {problem: rings}}", "",
      "x.yaml:4:11: the primary metric 'frechet' cannot have 'when': verdicts need it for every arm"
    ),
    (
      "frechet: {goal: min}, modes: {when: {problme: rings}}", "",
      "x.yaml:4:48: there is no axis 'problme'; did you mean 'problem'?"
    ),
    (
      "frechet: {goal: min}, modes: {when: {problem: ring}}", "",
      "x.yaml:4:57: axis 'problem' has no value 'ring'; did you mean 'rings'?"
    ),
    (
      "frechet: {goal: min}, modes: {when: {problem: rings}}",
      "claims: [{id: a, arm: {loss: hinge}, metric: modes, reaches: 3}]",
      "x.yaml:9:46: metric 'modes' is not asked of all of the claim's arms: see its 'when'"
    ),
    ("frechet: {}", "", "x.yaml:4:20: metric 'frechet' needs 'goal': min or max"),
  ])
  func mistakes(_ metrics: String, _ more: String, _ message: String) {
    #expect(Self.complaint(metrics, more) == message)
  }

  @Test func goals() throws {
    #expect(try Self.make("modes: {}").metrics[0].goal == .max)
    let odd = try Self.make("modes: {goal: min}")
    #expect(odd.metrics[0].goal == .min)
    #expect(
      odd.diagnostics.map(\.description) == [
        "x.yaml:4:25: warning: metric 'modes' has the goal min, but of 'modes' larger values are "
          + "better"
      ])
  }

  @Test func namedArmsAreKeptBesideOthers() throws {
    let metrics = "frechet: {goal: min}"
    #expect(try Self.make(metrics, only: ["recipe"]).arms.map(\.name) == ["recipe"])
    #expect(
      try Self.make(metrics, only: ["recipe", "problem=grids"]).arms.map(\.name)
        == ["grids · nonsaturating", "grids · hinge", "recipe"])
    #expect {
      try Self.make(metrics, only: ["recip"])
    } throws: { error in
      "\(error)".contains(
        "--only recip: write axis=label,… or the name of an included arm; did you mean 'recipe'?")
    }
  }
}
