import Catalog
import Records
import Testing

@Suite struct OverridesTests {
  static let text = experiment(
    """
    axes:
      loss: [nonsaturating, hinge]
      reg: {none: {}, r1: {penalty: {preset: r1, weight: {each: [1, 2]}}}}
      critic.widths: [[8], [8, 8]]
    baseline: {reg: none}
    claims:
      - {id: a, arm: {reg: r1, loss: hinge}, metric: frechet, improves: {by: 1}}
    """)

  @Test func setChangesEveryArm() throws {
    let plan = try plan(
      Self.text,
      overrides: Overrides(set: ["train.steps=5", "generator.widths=[3, 4]", "data={modes: 3}"]))
    #expect(plan.isAdHoc)
    #expect(plan.arms.count == 12)
    for arm in plan.arms {
      #expect(arm.configuration["train"]?["steps"] == .integer(5))
      #expect(arm.configuration["generator"]?["widths"] == .list([.integer(3), .integer(4)]))
      #expect(arm.configuration["data"]?["modes"] == .integer(3))
    }
  }

  @Test func onlyKeepsArmsAndRenumbers() throws {
    let plan = try plan(
      Self.text,
      overrides: Overrides(only: ["loss=hinge,reg=none,reg=r1 weight=2,critic.widths=[8, 8]"]))
    #expect(plan.isAdHoc)
    #expect(plan.arms.map(\.name) == ["hinge · none · [8, 8]", "hinge · r1 weight=2 · [8, 8]"])
    #expect(plan.arms.map(\.index) == [0, 1])
    #expect(plan.arms.map(\.baseline) == [0, 0])
    #expect(plan.axes.map(\.labels) == [["hinge"], ["none", "r1 weight=2"], ["[8, 8]"]])
    #expect(plan.claims.map(\.arms) == [[1]])
  }

  @Test func claimsWithoutTheirBaselineAreLeftOut() throws {
    let plan = try plan(Self.text, overrides: Overrides(only: ["reg=r1"]))
    #expect(plan.arms.count == 8)
    #expect(plan.arms.allSatisfy { $0.baseline == nil })
    #expect(plan.claims.isEmpty)
    #expect(
      plan.warnings == [
        "claim 'a' is left out: --only keeps none of its arms with what they are compared with"
      ])
  }

  @Test(arguments: [("7", Array(0..<7)), ("4,2", [4, 2]), ("[9]", [9])])
  func seedsReplace(_ text: String, _ seeds: [Int]) throws {
    let plan = try plan(Self.text, overrides: Overrides(seeds: text))
    #expect(plan.seeds == seeds)
    #expect(plan.isAdHoc)
  }

  @Test func nothingChangedIsNotAdHoc() throws {
    #expect(try !plan(Self.text, overrides: Overrides()).isAdHoc)
  }

  @Test(arguments: [
    (
      Overrides(set: ["train.steps"]),
      "--set train.steps: write --set key=value, for example --set train.steps=100"
    ),
    (
      Overrides(set: ["train.stpes=5"]),
      "--set train.stpes=5: unknown key 'stpes' in 'train'; did you mean 'steps'?"
    ),
    (
      Overrides(set: ["stpes=5"]),
      "--set stpes=5: unknown key 'stpes'; there are: data, loss, penalty, generator, critic, train, evaluate"
    ),
    (
      Overrides(set: ["train.steps=x"]),
      "--set train.steps=x: 'train.steps' must be a whole number, not 'x'"
    ),
    (
      Overrides(set: ["train.steps=[1"]),
      "--set train.steps=[1: syntax error: did not find expected ',' or ']' (while parsing a flow sequence that starts in line 1)"
    ),
    (
      Overrides(set: ["train.steps=*a"]),
      "--set train.steps=*a: aliases are not allowed here; write the value out"
    ),
    (
      Overrides(set: ["loss=hinge"]),
      "--set loss=hinge: axis 'loss' sets this key in the experiment; use --only to choose from it"
    ),
    (Overrides(only: ["loss"]), "--only loss: write --only axis=label,…"),
    (
      Overrides(only: ["lss=hinge"]),
      "--only lss=hinge: there is no axis 'lss'; did you mean 'loss'?"
    ),
    (
      Overrides(only: ["loss=hnige"]),
      "--only loss=hnige: axis 'loss' has no value 'hnige'; did you mean 'hinge'?"
    ),
    (Overrides(only: ["loss=hinge", "loss=nonsaturating"]), "--only: no arm is left"),
    (
      Overrides(seeds: "0"),
      "--seeds 0: 'seeds' must be a count between 1 and 10000 or a list of whole numbers, not '0'"
    ),
    (Overrides(seeds: "1,1"), "--seeds 1,1: seed 1 is given twice"),
  ])
  func mistakes(_ overrides: Overrides, _ message: String) {
    #expect(complaints(Self.text, overrides: overrides) == message)
  }
}
