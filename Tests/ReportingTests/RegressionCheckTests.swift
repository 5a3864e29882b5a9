import Catalog
import Records
import Testing

@testable import Reporting

/// What a comparison with accepted results comes to.
@Suite struct RegressionCheckTests {
  private func marks(_ check: RegressionCheck, _ arm: Int) -> [MetricComparison.Mark] {
    check.arms[arm].metrics.map(\.mark)
  }

  @Test func nothingChanged() throws {
    let check = try CheckedExperiment().check()
    #expect(check.outcome == .passed && check.findings.isEmpty && check.comparedRuns == 48)
    #expect(
      check.text(path: "b.json") == "check of checked: passed: 48 runs in 6 arms equal to b.json")
  }

  /// A coefficient of one loss changes: what is computed before the loss stays, all after it changes.
  @Test func changedLoss() throws {
    var now = CheckedExperiment()
    now.run = { run in
      run.arm < 3
        ? run.with(digest: "other", metrics: run.metrics.map { $0.map { $0 + 1 } }) : run
    }
    now.moment = { arm, step, column, value in
      arm < 3 && (column.hasSuffix("loss") || step > 1) ? 1.25 * value : value
    }
    let check = try now.check()
    #expect(check.outcome == .failed && check.findings.count == 1)
    #expect(
      check.findings[0].title
        == "training changed in all 3 arms with loss hinge, and no other (24 of 48 runs have other weights)"
    )
    #expect(
      Array(check.findings[0].details.prefix(2)) == [
        "first difference: critic_loss at step 1: 1.2857 is now 1.6071 "
          + "(computed before it and equal: real, fake)",
        "seen in arm 'hinge · none', seed 0 and in 2 more arms",
      ])
    // Less is better for the first metric, more for the second.
    for arm in 0..<3 { #expect(marks(check, arm) == [.worse, .better]) }
    for arm in 3..<6 { #expect(marks(check, arm) == [.equal, .equal]) }
    let text = check.text(path: "b.json")
    #expect(text.contains("arm hinge · none: other weights in 8 of 8 runs\n  worse "))
    #expect(text.contains("equal: 3 arms more"))
    #expect(
      text.hasSuffix("check of checked: failed against b.json: 1 finding (3 worse, 3 better)"))
  }

  /// A change that acts late is placed between the last equal moment and the first other one.
  @Test func lateChange() throws {
    var now = CheckedExperiment()
    now.run = { $0.arm == 4 ? $0.with(digest: "other") : $0 }
    now.moment = { arm, step, column, value in
      arm == 4 && step > 2 && column != "real" ? value + 1e-9 : value
    }
    let finding = try now.check().findings[0]
    #expect(finding.title.hasPrefix("training changed in arm wasserstein · gp alone"))
    #expect(
      finding.details[0].hasPrefix("first difference: between steps 2 and 4, seen in fake: 4.14285")
    )
    #expect(!finding.details[0].contains("equal"))
  }

  /// Equal weights promise equal values: to the last bit on one machine, closely between two.
  @Test(arguments: [("here", 1e-12, false), ("there", 1e-12, true), ("there", 1e-8, false)])
  func changedMetric(_ machine: String, _ change: Double, _ passes: Bool) throws {
    var now = CheckedExperiment()
    now.conditions = Baseline.Conditions(
      numericsVersion: 1, evaluationVersion: 1, executor: "fast", fingerprint: machine)
    now.run = { run in
      run.with(metrics: [run.metrics[0].map { $0 * (1 + change) }] + run.metrics.dropFirst())
    }
    let check = try now.check()
    #expect((check.outcome == .passed) == passes)
    let titles = check.findings.filter(\.isFailure).map(\.title)
    #expect(
      titles
        == (passes
          ? [] : ["metric frechet changed although the weights are the same, in all 6 arms"])
    )
  }

  @Test func divergence() throws {
    var now = CheckedExperiment()
    now.run = { run in
      run.arm == 1 && run.seed < 2
        ? run.with(state: .diverged, digest: "other", metrics: [nil, nil]) : run
    }
    let (there, back) = (try now.check(), try CheckedExperiment().check(against: now))
    #expect(marks(there, 1) == [.diverged, .diverged] && marks(back, 1) == [.diverged, .diverged])
    #expect(there.findings[0].details.contains("2 of the runs that were finite diverge now"))
    #expect(back.findings[0].details.contains("2 of the runs that diverged are finite now"))
    #expect(there.outcome == .failed && back.outcome == .failed)
  }

  /// Too few seeds for any direction to be sure.
  @Test func movedWithFewSeeds() throws {
    var (old, now) = (CheckedExperiment(), CheckedExperiment())
    old.grid.seeds = [0, 1, 2]
    now.grid.seeds = [0, 1, 2]
    now.run = { $0.arm == 0 ? $0.with(digest: "other", metrics: [9, 0]) : $0 }
    let check = try now.check(against: old)
    #expect(marks(check, 0) == [.moved, .moved])
    #expect(check.outcome == .failed)
  }

  @Test func changedSettings() throws {
    var now = CheckedExperiment()
    now.grid.settings["penalty"] = .list([.map(["preset": .text("r1"), "weight": .real(5)])])
    now.run = { $0.with(id: "other", digest: "other") }
    let check = try now.check()
    #expect(check.outcome == .failed && check.comparedRuns == 0)
    #expect(
      check.findings.map(\.title) == ["settings changed in all 6 arms: penalty.weight: 10 → 5"])
    #expect(marks(check, 0) == [.notComparable, .notComparable])
    // A setting that went back to its default is left out of the canonical form.
    now.grid.settings["penalty"] = .list([.map(["preset": .text("r1")])])
    #expect(try now.check().findings[0].title.hasSuffix("penalty.weight: 10 → 1"))
  }

  @Test func changedData() throws {
    var now = CheckedExperiment()
    now.run = { $0.arm > 2 ? $0.with(id: "other", digest: "other") : $0 }
    let check = try now.check()
    #expect(check.outcome == .failed && check.comparedRuns == 24)
    #expect(
      check.findings.map(\.title) == [
        "the content of the data files changed for all 3 arms with loss wasserstein, and no other"
      ])
  }

  @Test func changedMeasuring() throws {
    var now = CheckedExperiment()
    now.grid.settings["evaluate"] = .map(["samples": .integer(20)])
    let check = try now.check()
    #expect(
      check.findings.map(\.title) == [
        "measured otherwise (evaluate.samples: 10 → 20), so not compared: frechet, modes"
      ])
    #expect(check.outcome == .failed && check.comparedRuns == 48)
    now = CheckedExperiment()
    now.grid.metrics[1] = MetricRequest(
      name: "modes", metric: .map(["name": .text("modes"), "radius": .real(2)]), goal: .max,
      isPrimary: false)
    #expect(
      try now.check().findings.map(\.title) == [
        "measured otherwise (modes.radius: 3 → 2), so not compared: modes"
      ])
  }

  @Test(arguments: [(2, 1, "fast"), (1, 1, "reference"), (1, 2, "fast")])
  func otherVersions(_ numerics: Int, _ evaluation: Int, _ executor: String) throws {
    var now = CheckedExperiment()
    now.conditions = Baseline.Conditions(
      numericsVersion: numerics, evaluationVersion: evaluation, executor: executor,
      fingerprint: "here")
    let check = try now.check()
    #expect(check.arms.flatMap(\.metrics).allSatisfy { $0.mark == .notComparable })
    // Weights are still compared when only metrics have another version.
    #expect(check.outcome == (evaluation == 2 ? .failed : .nothingCompared))
    // Settings are no news where nothing at all can be compared.
    now.grid.settings["penalty"] = .list([.map(["preset": .text("r1"), "weight": .real(5)])])
    #expect(try now.check().outcome == (evaluation == 2 ? .failed : .nothingCompared))
  }

  /// A metric can be asked of more arms, which is no harm, or of fewer.
  @Test func askedOfOtherArms() throws {
    func experiment(_ loss: String?) -> CheckedExperiment {
      var experiment = CheckedExperiment()
      let when = loss.map { [Coordinate(axis: "loss", label: $0)] } ?? []
      experiment.grid.metrics[1] = MetricRequest(
        name: "modes", metric: .map(["name": .text("modes")]), goal: .max, isPrimary: false,
        when: when)
      if loss != nil {
        experiment.run = { $0.arm < 3 ? $0 : $0.with(metrics: [$0.metrics[0], nil]) }
      }
      return experiment
    }
    let more = try experiment(nil).check(against: experiment("hinge"))
    #expect(more.outcome == .passed)
    #expect(
      more.findings.map(\.title) == [
        "new for all 3 arms with loss wasserstein, and no other: metrics modes: not guarded before "
          + "the next 'saddle accept'"
      ])
    #expect(marks(more, 3) == [.equal])
    let fewer = try experiment("hinge").check(against: experiment(nil))
    #expect(fewer.outcome == .failed && marks(fewer, 3) == [.equal, .notComparable])
    #expect(
      fewer.findings.map(\.title) == [
        "measured otherwise (not asked of this arm any more), so not compared: modes"
      ])
    let same = experiment("hinge")
    #expect(try same.check(against: same).findings.isEmpty)
    #expect(try Baseline(same.baseline.text, path: "b").arms[3].asked == ["frechet"])
  }

  /// All verdicts rest on the primary metric, though its values stay what they were.
  @Test func otherPrimaryMetric() throws {
    var now = CheckedExperiment()
    now.grid.metrics = [
      GridPlan.metric("frechet", .min), GridPlan.metric("modes", .max, primary: true),
    ]
    let check = try now.check()
    #expect(check.outcome == .failed)
    #expect(check.findings.map(\.title) == ["the primary metric changed: frechet → modes"])
  }

  /// What was accepted must be there; what is new does no harm.
  @Test func comingAndGoing() throws {
    var fewer = CheckedExperiment()
    fewer.grid.axes[1] = Axis(name: "regularizer", labels: ["none", "gp"])
    fewer.grid.seeds = Array(0..<6)
    fewer.grid.metrics.removeLast()
    let (gone, new) = (try fewer.check(), try CheckedExperiment().check(against: fewer))
    // The synthetic results hang on an arm's place, so those of the second loss differ as well.
    let titles = gone.findings.filter(\.isFailure).map(\.title)
    #expect(titles.contains("accepted arms are gone: hinge · clip; wasserstein · clip"))
    #expect(titles.contains("accepted seeds are gone: 6, 7"))
    #expect(titles.contains("accepted metrics are gone: modes"))
    let notes = new.findings.filter { !$0.isFailure }.map(\.title)
    #expect(
      notes.contains { $0.hasPrefix("new arms: hinge · clip; wasserstein · clip: not guarded") })
    #expect(notes.contains { $0.hasPrefix("new seeds: 6, 7: not guarded") })
    #expect(notes.contains { $0.hasPrefix("new metrics: modes: not guarded") })
    let subset = try fewer.check(isEveryArm: false, isEverySeed: false)
    #expect(!subset.findings.contains { $0.title.contains("arms are gone") })
    #expect(!subset.findings.contains { $0.title.contains("seeds are gone") })
  }

  @Test func missingRuns() throws {
    var now = CheckedExperiment()
    now.run = { $0.arm == 2 ? $0.with(state: .failed, digest: "", metrics: [nil, nil]) : $0 }
    let check = try now.check()
    #expect(check.outcome == .failed && check.comparedRuns == 40)
    #expect(
      check.findings[0].title
        == "8 of 48 runs have no fresh result (0 missing, 8 failed): arm hinge · clip alone")
    #expect(
      check.findings[0].advice == "missing runs are made by: saddle sweep checked --retry-failed")
    now.run = { $0.with(state: .missing, digest: "", metrics: [nil, nil]) }
    #expect(try now.check().outcome == .nothingCompared)
  }

  @Test func costIsANote() throws {
    var now = CheckedExperiment()
    now.run = { $0.with(operations: $0.operations + 1) }
    let check = try now.check()
    #expect(check.outcome == .passed)
    #expect(check.findings[0].title.hasPrefix("counted operations changed in all 6 arms: 13"))
  }

  @Test func claims() throws {
    var (old, now) = (CheckedExperiment(), CheckedExperiment())
    func claim(_ threshold: Double) -> [Claim] {
      [Claim(id: "c", arms: [0], metric: "frechet", statement: .reaches(threshold))]
    }
    old.grid.claims = claim(2)
    now.grid.claims = claim(0.001)
    let weaker = try now.check(against: old)
    #expect(weaker.outcome == .failed && weaker.falseClaims.map(\.id) == ["c"])
    #expect(weaker.findings.map(\.title) == ["claim c says something else"])
    #expect(
      try CheckedExperiment().check(against: old).findings.map(\.title) == ["claim c is gone"])
    #expect(try now.check(against: now).outcome == .failed)
    #expect(try old.check(against: old).outcome == .passed)
  }
}
