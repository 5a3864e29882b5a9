import Records
import Runner
import Testing

@testable import saddle

/// The words for how far a sweep is.
@Suite struct SweepStatusTests {
  /// Two arms of 40 steps, three seeds, two workers.
  private func status(_ change: (inout SweepExtent) -> Void = { _ in }) throws -> SweepStatus {
    let plan = try Plan(
      SourceFile(name: "tiny.yaml", text: Workspace.tiny), schema: RunSchema.experiment)
    var extent = SweepExtent()
    (extent.total, extent.toTrain, extent.workers) = (6, 6, 2)
    change(&extent)
    var status = SweepStatus(plan)
    status.note(.began(extent))
    return status
  }

  @Test func openings() throws {
    let start = "tiny: 2 arms × 3 seeds = 6 runs: "
    #expect(try status().opening == start + "6 to train on 2 workers")
    let mixed = try status {
      ($0.done, $0.failed, $0.toMeasure, $0.toTrain, $0.workers) = (1, 2, 1, 2, 1)
    }
    #expect(
      mixed.opening == start + "1 done, 2 failed earlier, 1 to measure, 2 to train on 1 worker")
    let done = try status { ($0.done, $0.toTrain, $0.workers) = (6, 0, 0) }
    #expect(done.opening == start + "all done")
    let reference = try status {
      ($0.done, $0.toTrain, $0.references, $0.workers) = (6, 0, 1, 1)
    }
    #expect(reference.opening == start + "all done, real data to measure on 1 worker")
  }

  @Test func runsUnderWayCount() throws {
    var status = try status()
    #expect(status.share == 0)
    status.note(.started(arm: 0, seed: 0, worker: 0))
    status.note(.started(arm: 1, seed: 0, worker: 1))
    status.note(.stepped(worker: 0, step: 20))
    status.note(.stepped(worker: 1, step: 10))
    #expect(status.share == 0.75 / 6)
    #expect([status.running, status.waiting, status.ended] == [2, 4, 0])
    // An eighth took ten seconds.
    #expect(status.remaining(after: 10) == "about 70 s left")
    status.note(.finished(arm: 0, seed: 0, worker: 0, state: .done, primary: nil))
    #expect(status.share == 1.25 / 6)
    // A run that diverged early has no steps left, and took no more than it had.
    status.note(.finished(arm: 1, seed: 0, worker: 1, state: .diverged, primary: nil))
    #expect(status.doneWork == 50 && status.remainingWork == 160)
    status.note(.started(arm: 0, seed: 1, worker: 0))
    status.note(.failed(arm: 0, seed: 1, worker: 0, message: "", log: ""))
    #expect(status.position == "3/6")
    #expect(status.outcomes == ["1 finished", "1 diverged", "1 failed"])
    #expect(
      status.line(after: 50)
        == "3/6 runs · about 2 min left · 1 finished · 1 diverged · 1 failed · 3.6 a minute")
    #expect(status.closing(after: 100) == "3 runs in 2 min: 1 finished, 1 diverged, 1 failed")
  }

  /// The dear arm costs three times the other; what an earlier sweep trained counts as neither done nor left.
  @Test func workIsWeighedByOperations() throws {
    var status = try status { $0.operations = [100, 300] }
    #expect(status.doneWork == 0 && status.remainingWork == 6 * 200)
    status.note(.started(arm: 0, seed: 0, worker: 0))
    status.note(.started(arm: 1, seed: 0, worker: 1))
    status.note(.resumed(worker: 1, step: 20))
    #expect(status.doneWork == 0 && status.remainingWork == 4 * 200 + 100 + 150)
    status.note(.stepped(worker: 1, step: 30))
    #expect(status.doneWork == 75 && status.remainingWork == 4 * 200 + 100 + 75)
    status.note(.stopped(arm: 1, seed: 0, worker: 1, step: 34))
    #expect(status.doneWork == 300 * 14 / 40.0)
    #expect(status.outcomes == ["1 stopped"])
    #expect(status.waiting == 4)
  }

  /// A run whose worker alone was stopped goes on in another: it is one run, and its work is counted once.
  @Test func runsTakenUpAgainCountOnce() throws {
    var status = try status { ($0.total, $0.toTrain) = (2, 2) }
    status.note(.started(arm: 0, seed: 0, worker: 0))
    status.note(.stepped(worker: 0, step: 30))
    status.note(.stopped(arm: 0, seed: 0, worker: 0, step: 30))
    #expect([status.stopped, status.running, status.waiting] == [1, 0, 1])
    status.note(.started(arm: 0, seed: 0, worker: 1))
    #expect([status.stopped, status.running, status.waiting] == [0, 1, 1])
    status.note(.resumed(worker: 1, step: 30))
    #expect(status.doneWork == 30 && status.remainingWork == 10 + 40)
    status.note(.stopped(arm: 0, seed: 0, worker: 1, step: 35))
    status.note(.started(arm: 0, seed: 0, worker: 1))
    status.note(.resumed(worker: 1, step: 35))
    status.note(.finished(arm: 0, seed: 0, worker: 1, state: .done, primary: nil))
    #expect(status.doneWork == 40 && status.remainingWork == 40)
    #expect(status.closing(after: 10) == "1 run in 10 s: 1 finished")
    // One that never trained a step was not counted as trained: the measuring of a run, or a sweep that ends at once.
    var early = try self.status { $0.toMeasure = 1 }
    early.note(.started(arm: 0, seed: 0, worker: 0))
    early.note(.stopped(arm: 0, seed: 0, worker: 0, step: 0))
    early.note(.started(arm: 1, seed: 0, worker: 0))
    early.note(.started(arm: 0, seed: 0, worker: 1))
    #expect(early.stopped == 0 && early.running == 2 && early.waiting == 5)
  }

  /// Measuring costs nothing in comparison, and runs that are only measured are known by their having no steps.
  @Test func measuringIsNoWork() throws {
    var status = try status { ($0.toTrain, $0.toMeasure, $0.operations) = (1, 5, [0, 300]) }
    #expect(status.remainingWork == 300)
    for seed in 0..<3 {
      status.note(.started(arm: 0, seed: seed, worker: 0))
      status.note(.finished(arm: 0, seed: seed, worker: 0, state: .done, primary: 1))
    }
    #expect(status.doneWork == 0 && status.remainingWork == 300)
    #expect(status.remaining(after: 10) == nil)
    status.note(.started(arm: 1, seed: 0, worker: 1))
    status.note(.stepped(worker: 1, step: 20))
    #expect(status.doneWork == 150 && status.remainingWork == 150)
    #expect(status.remaining(after: 10) == "about 10 s left")
  }

  @Test func realDataAreNoRun() throws {
    var status = try status { $0.references = 1 }
    status.note(.started(arm: 0, seed: nil, worker: 0))
    status.note(.finished(arm: 0, seed: nil, worker: 0, state: .done, primary: nil))
    #expect(status.ended == 0 && status.share == 0)
    #expect(status.closing(after: 3) == "real data measured in 3 s")
  }

  @Test func times() {
    let texts = [0.2, 1, 89, 90, 5000, 5400, 90000, 864_000].map(TimeText.text)
    #expect(texts == ["1 s", "1 s", "89 s", "2 min", "83 min", "1.5 h", "25.0 h", "10 days"])
  }

  /// What is printed for a shell is read by it as one word each.
  @Test func commandsAreTheOnesToType() throws {
    let options = try ExperimentOptions.of("a b/$(x).yaml", in: "-it's")
    #expect(options.command("sweep") == "saddle sweep 'a b/$(x).yaml' '--store=-it'\\''s'")
    #expect(
      try ExperimentOptions.of("-x", in: "results").command("status") == "saddle status -- -x")
    let all = try ExperimentOptions.parse([
      "tiny", "--set", "train.steps=9", "--only", "loss=hinge,optimizer=a*", "--seeds", "0,2",
      "--reference",
    ])
    #expect(
      all.command("sweep", "--retry-failed") == "saddle sweep tiny --set train.steps=9 --only "
        + "'loss=hinge,optimizer=a*' --seeds 0,2 --reference --retry-failed")
    for options in [options, all] {
      let again = try ExperimentOptions.parse(options.arguments)
      #expect(again.arguments == options.arguments && again.store == options.store)
    }
  }

  @Test func controlCharactersAreShownAsSuch() {
    #expect(
      TerminalText.plain("a\u{1B}[31mb\u{9B}c\rd\te\nf")
        == "a\u{FFFD}[31mb\u{FFFD}c\u{FFFD}d\u{FFFD}e\nf")
    #expect(TerminalText.plain("é · ≤ 漢字 👩‍🔬") == "é · ≤ 漢字 👩‍🔬")
  }
}
