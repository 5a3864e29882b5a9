import Records
import Runner
import Testing

@testable import saddle

/// The block that a terminal shows of a sweep, at several sizes.
@Suite struct SweepScreenTests {
  private typealias Size = TerminalBlock.Size

  /// Eight arms in two strata, two seeds, eight workers.
  private func status(_ goal: String = "min") throws -> SweepStatus {
    let text = Workspace.tiny.replacing("seeds: 3", with: "seeds: 2")
      .replacing("axes:\n", with: "axes:\n  loss: [nonsaturating, hinge]\n")
      .replacing(
        "    r1:",
        with: "    漢字: {critic.dropout: 0.5}\n    sn: {critic.constraint: spectral}\n    r1:"
      )
      .replacing("goal: min", with: "goal: \(goal)")
    let plan = try Plan(
      SourceFile(name: "tiny.yaml", text: text), schema: RunSchema.experiment)
    var extent = SweepExtent()
    (extent.total, extent.toTrain, extent.workers) = (16, 16, 8)
    extent.operations = Array(repeating: 100, count: 8)
    var status = SweepStatus(plan)
    status.note(.began(extent))
    return status
  }

  /// One seed of each arm ended: arm 3 by divergence, arm 6 by a failure; the second seed is under way.
  private func busy(_ goal: String = "min") throws -> SweepStatus {
    var status = try status(goal)
    for arm in 0..<8 {
      status.note(.started(arm: arm, seed: 0, worker: arm))
      switch arm {
      case 3:
        status.note(.finished(arm: arm, seed: 0, worker: arm, state: .diverged, primary: nil))
      case 6: status.note(.failed(arm: arm, seed: 0, worker: arm, message: "", log: ""))
      default:
        let value = Double((arm * 3) % 8) / 8 + 0.125
        status.note(.finished(arm: arm, seed: 0, worker: arm, state: .done, primary: value))
      }
    }
    for arm in 0..<8 {
      status.note(.started(arm: arm, seed: 1, worker: arm))
      status.note(.stepped(worker: arm, step: 5 * arm))
    }
    return status
  }

  private func text(_ status: SweepStatus, _ size: Size) -> [String] {
    SweepScreen(status: status, seconds: 60, size: size).lines
      .map { $0.rendered(columns: size.columns - 1, isColoured: false) }
  }

  @Test func showsAllWhereThereIsRoom() throws {
    let lines = text(try busy(), Size(rows: 40, columns: 100))
    #expect(lines[0].hasSuffix(" 8/16 runs · about 28 s left · 8.0 a minute"))
    #expect(lines[0].prefix { "█░".contains($0) }.count == 40)
    #expect(lines[1] == "6 done · 8 running · 1 diverged · 1 failed")
    #expect(lines[2] == "  nonsaturating · none · seed 1 · preparing")
    #expect(lines[3] == "  nonsaturating · 漢字 · seed 1 · step 5/40")
    #expect(
      lines.dropFirst(10) == [
        "frechet so far, smallest mean first in each stratum",
        "• 0.125  nonsaturating · none  n = 1", "    0.5  nonsaturating · 漢字  n = 1",
        "  0.875  nonsaturating · sn  n = 1", "• 0.625  hinge · none  n = 1",
        "   0.75  hinge · r1  n = 1", "      1  hinge · 漢字  n = 1",
      ])
  }

  /// What is left of the room goes to the workers and to the best arms of each stratum.
  @Test func smallTerminalsShowWhatMatters() throws {
    let lines = text(try busy(), Size(rows: 10, columns: 40))
    #expect(lines.count == 9)
    #expect(lines[0].contains("8/16 runs"))
    #expect(lines[1] == "6 done · 1 diverged · 1 failed")
    #expect(lines[5] == "  and 5 more")
    #expect(lines[6].hasPrefix("frechet so far, smallest mean first"))
    #expect(lines.dropFirst(7).count { $0.hasPrefix("• ") } == 2)
  }

  @Test func linesFit() throws {
    let status = try busy()
    for columns in 1...120 {
      for rows in [1, 2, 3, 4, 5, 6, 8, 10, 24, 60] {
        let lines = text(status, Size(rows: rows, columns: columns))
        #expect(lines.count <= max(2, rows - 1), "\(rows) × \(columns)")
        #expect(lines.allSatisfy { TerminalText.width($0) <= columns - 1 })
      }
    }
  }

  @Test func theGoalSaysWhatIsBest() throws {
    func best(_ goal: String) throws -> [Int] {
      try busy(goal).ranking.places.map { $0[0].arm }
    }
    #expect(try best("min").count == 2)
    #expect(try best("min") != best("max"))
    let status = try busy("max")
    #expect(status.ranking.places.map { $0.map(\.mean) }.allSatisfy { $0 == $0.sorted(by: >) })
    // The diverged and the failed arm have no mean.
    #expect(!status.ranking.places.joined().contains { [3, 6].contains($0.arm) })
  }

  /// Means are over finite seeds, and the number of diverged ones stands beside them.
  @Test func meansAreOverSeeds() throws {
    var status = try status()
    for (seed, value) in [(0, 1.0), (1, 4.0)] {
      status.note(.started(arm: 2, seed: seed, worker: 0))
      status.note(.finished(arm: 2, seed: seed, worker: 0, state: .done, primary: value))
    }
    status.note(.finished(arm: 2, seed: 2, worker: 0, state: .diverged, primary: nil))
    let place = try #require(status.ranking.best(1).first)
    #expect((place.arm, place.mean, place.count, place.diverged) == (2, 2.5, 2, 1))
  }

  /// Without a baseline all arms are one stratum, and numbers of different data are still not ranked together.
  @Test func problemsAreApart() throws {
    let text = Workspace.tiny.replacing("axes:\n", with: "axes:\n  data: [ring8, grid25]\n")
      .replacing("  data: ring8\n", with: "")
      .replacing("baseline: {regularizer: none}\n", with: "")
    let plan = try Plan(
      SourceFile(name: "tiny.yaml", text: text), schema: RunSchema.experiment)
    #expect(Set(plan.arms.map(\.stratum)).count == 1)
    var ranking = Ranking(plan)
    for arm in plan.arms {
      ranking.note(arm: arm.index, state: .done, primary: Double(arm.index))
    }
    #expect(ranking.places.map { $0.map(\.arm) } == [[0, 1], [2, 3]])
    #expect(ranking.best(3).map(\.arm) == [0, 1, 2])
    var extent = SweepExtent()
    (extent.total, extent.toTrain, extent.workers) = (12, 12, 1)
    extent.operations = Array(repeating: 100, count: 4)
    var status = SweepStatus(plan)
    status.note(.began(extent))
    for arm in [0, 2] {
      status.note(.started(arm: arm, seed: 0, worker: 0))
      status.note(.finished(arm: arm, seed: 0, worker: 0, state: .done, primary: 1))
    }
    let lines = self.text(status, Size(rows: 40, columns: 100))
    #expect(lines.contains("frechet so far, smallest mean first in each problem"))
  }

  @Test(arguments: [
    ("abc", 3), ("漢字", 4), ("e\u{301}", 1), ("👩‍🔬x", 3), ("", 0), ("·…█░", 4), ("ﬀ", 1),
  ])
  func widths(_ text: String, _ width: Int) {
    #expect(TerminalText.width(text) == width)
    #expect(TerminalText.cut(text, to: width) == text)
    for columns in 0..<width {
      #expect(TerminalText.width(TerminalText.cut(text, to: columns)) <= columns)
    }
  }

  @Test func coloursEndWithTheirText() {
    let line = TerminalLine([.init("a\u{1B}b", .red), .init("漢字", .green), .init("x")])
    #expect(line.rendered(columns: 9, isColoured: false) == "a\u{FFFD}b漢字x")
    #expect(
      line.rendered(columns: 6, isColoured: true)
        == "\u{1B}[31ma\u{FFFD}b\u{1B}[0m\u{1B}[32m漢…\u{1B}[0m")
  }
}
