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
    (extent.total, extent.toTrain, extent.steps, extent.workers) = (6, 6, 240, 2)
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

  @Test func shareCountsStepsOfRunsUnderWay() throws {
    var status = try status()
    #expect(status.share == 0)
    status.note(.started(arm: 0, seed: 0, worker: 0))
    status.note(.started(arm: 1, seed: 0, worker: 1))
    status.note(.stepped(worker: 0, step: 20))
    status.note(.stepped(worker: 1, step: 10))
    #expect(status.share == 30.0 / 240)
    // An eighth took ten seconds.
    #expect(status.remaining(after: 10) == "about 70 s left")
    status.note(.finished(arm: 0, seed: 0, worker: 0, state: .done, primary: nil))
    #expect(status.share == 50.0 / 240)
    // A run that diverged early has no steps left.
    status.note(.finished(arm: 1, seed: 0, worker: 1, state: .diverged, primary: nil))
    #expect(status.share == 80.0 / 240)
    status.note(.failed(arm: 0, seed: 1, worker: 0, message: "", log: ""))
    #expect(status.position == "3/6")
    #expect(status.outcomes == ["1 finished", "1 diverged", "1 failed"])
    #expect(
      status.line(after: 60)
        == "3/6 runs · about 60 s left · 1 finished · 1 diverged · 1 failed · 3 a minute")
    #expect(status.closing(after: 100) == "3 runs in 2 min: 1 finished, 1 diverged, 1 failed")
  }

  @Test func realDataAreNoRun() throws {
    var status = try status { $0.references = 1 }
    status.note(.started(arm: 0, seed: nil, worker: 0))
    #expect(status.workerLines(limit: 5) == ["measuring real data"])
    status.note(.finished(arm: 0, seed: nil, worker: 0, state: .done, primary: nil))
    #expect(status.ended == 0 && status.share == 0)
    #expect(status.closing(after: 3) == "real data measured in 3 s")
  }

  @Test func workersSayWhatTheyDo() throws {
    var status = try status()
    status.note(.started(arm: 0, seed: 2, worker: 0))
    status.note(.started(arm: 1, seed: 1, worker: 1))
    status.note(.stepped(worker: 1, step: 7))
    #expect(
      status.workerLines(limit: 2) == ["none · seed 2 · preparing", "r1 · seed 1 · step 7/40"])
    status.note(.stepped(worker: 1, step: 40))
    #expect(status.workerLines(limit: 1) == ["none · seed 2 · preparing", "and 1 more"])
    status.note(.finished(arm: 0, seed: 2, worker: 0, state: .done, primary: nil))
    #expect(status.workerLines(limit: 2) == ["r1 · seed 1 · measuring"])
  }

  @Test func times() {
    let texts = [0.2, 1, 89, 90, 5000, 5400, 90000].map(TimeText.text)
    #expect(texts == ["1 s", "1 s", "89 s", "2 min", "83 min", "1.5 h", "25.0 h"])
  }

  @Test func controlCharactersAreShownAsSuch() {
    #expect(
      TerminalText.plain("a\u{1B}[31mb\u{9B}c\rd\te\nf")
        == "a\u{FFFD}[31mb\u{FFFD}c\u{FFFD}d\u{FFFD}e\nf")
    #expect(TerminalText.plain("é · ≤ 漢字 👩‍🔬") == "é · ≤ 漢字 👩‍🔬")
  }
}
