import Testing

@testable import Runner

/// When a worker is given up.
@Suite struct WorkerWatchTests {
  private let start = ContinuousClock.now

  /// The second at which a watch, asked four times a second but in `halts`, gives a worker up; nil for never.
  private func end(
    _ limits: Sweep.Limits, signs: [Double] = [], halts: ClosedRange<Double>? = nil,
    until last: Double = 100
  ) -> (second: Double, reason: String?)? {
    let watch = WorkerWatch(limits, now: start)
    watch.begin(now: start)
    for quarter in 0...Int(4 * last) {
      let second = Double(quarter) / 4
      let now = start + .seconds(second)
      if signs.contains(second) { watch.sign(now: now) }
      if halts?.contains(second) == true { continue }
      if watch.isOverdue(now: now) { return (second, watch.reason) }
    }
    return nil
  }

  @Test func limits() {
    #expect(end(Sweep.Limits()) == nil)
    let timeout = end(Sweep.Limits(timeout: 30), signs: Array(stride(from: 0, to: 100, by: 1)))
    #expect(timeout?.second == 30.25)
    #expect(timeout?.reason == "took more than the 30 s of --timeout")
    let stall = end(Sweep.Limits(timeout: 30, stall: 10), signs: [3, 9])
    #expect(stall?.second == 19.25)
    #expect(stall?.reason == "made no progress for the 10 s of --stall")
  }

  /// Nobody can tell what a worker did while the sweep itself was halted.
  @Test func haltsDoNotCount() {
    let stall = end(Sweep.Limits(stall: 10), signs: [3], halts: 6...80)
    #expect(stall?.second == 3 + 10.25 + 74.5)
    let timeout = end(
      Sweep.Limits(timeout: 30), signs: Array(stride(from: 0, to: 100, by: 1)), halts: 6...60)
    #expect(timeout?.second == 30.25 + 54.5)
  }

  @Test func aWorkerAtRestMayWait() {
    let watch = WorkerWatch(Sweep.Limits(timeout: 1, stall: 1), now: start)
    #expect(!watch.isOverdue(now: start + .seconds(3)))
    watch.begin(now: start + .seconds(3))
    watch.rest()
    #expect(!watch.isOverdue(now: start + .seconds(7)))
  }
}
