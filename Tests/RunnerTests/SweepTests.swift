import Foundation
import Records
import Synchronization
import Testing

@testable import Runner

/// How a sweep hands out work and what it makes of its workers' answers; the workers are shell scripts that train nothing.
@Suite struct SweepTests {
  let folder: TemporaryFolder
  let plan: Plan
  let store: Store

  init() throws {
    folder = try TemporaryFolder()
    plan = try TinyPlan.make([("one", ""), ("two", "loss: hinge")], seeds: "3")
    store = Store("\(folder.path)/store")
  }

  private var identities: Identities { Identities(plan, executor: "fast", dataFolder: nil) }

  /// What a sweep returned and said.
  private struct Course {
    var failed = 0
    var isStopped = false
    var stopped: [String] = []
    var extent = SweepExtent()
    var started: [String] = []
    var finished: [String] = []
    var failures: [String] = []
    var steps: [Int] = []
    var order: [String] = []
  }

  /// Sweeps with a worker whose body sees each job as `$verb $arm $seed $id`.
  private func sweep(
    _ script: String, workers: Int = 1, retries: Bool = false, limits: Sweep.Limits = .init(),
    stopAt: Int? = nil
  ) async throws -> Course {
    try await sweep(
      Sweep.Command(
        executable: "/bin/sh",
        arguments: { _ in
          ["-c", "echo ready; while read verb arm seed id rest; do \(script); done"]
        }),
      workers: workers, retries: retries, limits: limits, stopAt: stopAt)
  }

  private func sweep(
    _ command: Sweep.Command, workers: Int = 1, retries: Bool = false,
    limits: Sweep.Limits = .init(), stopAt: Int? = nil
  ) async throws -> Course {
    let course = Mutex(Course())
    let stop = StopRequest()
    let sweep = Sweep(
      plan, store: store, command: command, workerCount: workers, limits: limits)
    let outcome = try await sweep.run(identities, retriesFailed: retries, stop: stop) { event in
      course.withLock { course in
        switch event {
        case .began(let extent): course.extent = extent
        case .started(let arm, let seed, _):
          course.started.append(Self.name(arm, seed))
          course.order.append("started \(Self.name(arm, seed))")
        case .stepped(_, let step):
          if step == stopAt { stop.make() }
          course.steps.append(step)
          course.order.append("step \(step)")
        case .finished(let arm, let seed, _, let state, _):
          course.finished.append("\(Self.name(arm, seed)) \(state.rawValue)")
          course.order.append("finished \(Self.name(arm, seed)) \(state.rawValue)")
        case .failed(let arm, let seed, _, let message, _):
          course.failures.append("\(Self.name(arm, seed)): \(message)")
        case .stopped(let arm, let seed, _, let step):
          course.stopped.append("\(Self.name(arm, seed)) \(step)")
        case .resumed, .verified: break
        }
      }
    }
    return course.withLock { course in
      course.failed = outcome.failed
      course.isStopped = outcome.isStopped
      return course
    }
  }

  private static func name(_ arm: Int, _ seed: Int?) -> String {
    "\(arm)/\(seed.map(String.init) ?? "real")"
  }

  static let allRuns = ["0/0", "1/0", "0/1", "1/1", "0/2", "1/2"]

  @Test func seedsAreOutermost() async throws {
    let course = try await sweep("echo step 7; echo done diverged")
    #expect(course.started == ["0/real"] + Self.allRuns)
    #expect(course.finished == ["0/real diverged"] + Self.allRuns.map { "\($0) diverged" })
    #expect(course.steps == Array(repeating: 7, count: 7))
    #expect(course.failed == 0)
    #expect(course.extent.numbers == [6, 0, 0, 6, 0, 1, 1])
  }

  @Test func workersShareTheWork() async throws {
    let course = try await sweep("echo done done", workers: 3)
    #expect(course.extent.workers == 3)
    #expect(course.started.sorted() == (["0/real"] + Self.allRuns).sorted())
    #expect(course.finished.count == 7)
  }

  @Test func noMoreWorkersThanJobs() async throws {
    #expect(try await sweep("echo done done", workers: 50).extent.workers == 7)
  }

  @Test func jobsNameTheRun() async throws {
    let log = "\(folder.path)/jobs"
    _ = try await sweep("echo $verb $arm $seed $id $rest >> \(log); echo done done")
    let lines = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n").map(
      String.init)
    var expected = ["reference 0 \(try identities.reference(plan.arms[0]).id)"]
    for seed in plan.seeds {
      for arm in plan.arms {
        let run = try identities.run(arm, seed: seed).id
        let evaluation = try identities.evaluation(arm, seed: seed).id
        expected.append("run \(arm.index) \(seed) \(run) \(evaluation)")
      }
    }
    #expect(lines.map { $0.trimmingCharacters(in: .whitespaces) } == expected)
  }

  @Test func failuresAreKeptAndRetriedOnRequest() async throws {
    let script = "[ $verb = run ] && [ $arm = 1 ] && echo failed no luck || echo done done"
    let course = try await sweep(script)
    #expect(course.failed == 3)
    #expect(course.failures == ["1/0: no luck", "1/1: no luck", "1/2: no luck"])
    let id = try identities.run(plan.arms[1], seed: 0).id
    #expect(try store.failureLog(id) == Array("no luck\n".utf8))
    let again = try await sweep(script)
    #expect(again.failed == 3)
    #expect(again.extent.failed == 3)
    #expect(again.started == ["0/real", "0/0", "0/1", "0/2"])
    let retried = try await sweep("echo done done", retries: true)
    #expect(retried.failed == 0)
    #expect(try store.failureLog(id) == nil)
    #expect(retried.started == ["0/real"] + Self.allRuns)
  }

  @Test func aDeadWorkerIsReplaced() async throws {
    let course = try await sweep(
      "if [ $verb$arm = run1 ]; then echo worse than that >&2; kill -9 $$; else echo done done; fi",
      workers: 2)
    #expect(course.failed == 3)
    #expect(course.finished.count == 4)
    for failure in course.failures {
      #expect(failure.contains(": the worker process was killed by signal 9, as the system does"))
    }
    let log = try #require(
      try store.failureLog(try identities.run(plan.arms[1], seed: 2).id))
    #expect(String(decoding: log, as: UTF8.self).hasSuffix("worse than that\n"))
  }

  @Test func chatterIsIgnored() async throws {
    let course = try await sweep("echo; echo hello; echo step x; echo 'done  done'; echo step 3")
    #expect(course.finished.count == 7)
  }

  @Test func aWorkerThatEndsTellsItsStatus() async throws {
    let course = try await sweep("[ $verb = reference ] && echo done done || exit 7")
    #expect(course.failures.count == 6)
    #expect(course.failures.first == "0/0: the worker process ended with status 7")
  }

  /// Runs do not begin before it is known that they can be measured.
  @Test func runsWaitForRealData() async throws {
    let course = try await sweep(
      "if [ $verb = reference ]; then sleep 0.3; echo step 1; fi; echo done done", workers: 4)
    #expect(course.order.prefix(3) == ["started 0/real", "step 1", "finished 0/real done"])
    #expect(course.finished.count == 7)
  }

  /// A worker that ends between jobs has taken the next one with it.
  @Test func aWorkerThatLeavesFailsOneRunOnly() async throws {
    let course = try await sweep(
      Sweep.Command(
        executable: "/bin/sh",
        arguments: { _ in ["-c", "echo ready; read verb; echo done done; exec >&- 2>&-"] })
    )
    #expect(course.finished.count + course.failures.count == 7)
    #expect(course.failed == course.failures.count)
  }

  @Test func dataThatCannotBeMeasuredEndTheSweep() async throws {
    await #expect {
      _ = try await sweep("[ $verb = reference ] && echo failed no modes || echo done done")
    } throws: { "\($0)" == "real data cannot be measured: no modes" }
  }

  // MARK: Limits

  @Test func aWorkerWithoutProgressIsKilled() async throws {
    let course = try await sweep(
      "[ $verb$arm = run1 ] && exec sleep 100; echo step 1; echo done done", workers: 2,
      limits: Sweep.Limits(stall: 0.4))
    #expect(
      course.failures.sorted()
        == (0..<3).map { "1/\($0): made no progress for the 0.4 s of --stall" })
    #expect(course.finished.count == 4)
  }

  @Test func progressWithoutEndIsKilledToo() async throws {
    let course = try await sweep(
      "[ $verb$arm = run1 ] && while true; do echo step 1; sleep 0.05; done; echo done done",
      workers: 3, limits: Sweep.Limits(timeout: 2, stall: 1.6))
    #expect(
      course.failures.sorted() == (0..<3).map { "1/\($0): took more than the 2 s of --timeout" })
    #expect(course.finished.count == 4)
  }

  @Test func theFirstFailureCanEndTheSweep() async throws {
    let course = try await sweep(
      "[ $verb$arm = run1 ] && echo failed no luck || echo done done",
      limits: Sweep.Limits(stopsAtFailure: true))
    #expect(course.failures == ["1/0: no luck"])
    #expect(course.finished == ["0/real done", "0/0 done"])
    #expect(course.isStopped)
  }

  // MARK: Stopping

  /// A worker that is asked to stop says where it is; its run and those behind it are left.
  @Test func aStoppedSweepLeavesTheRest() async throws {
    let script = """
      trap 'echo stopped 12; exit' TERM
      echo ready
      while read verb arm seed id rest; do
        [ $verb$seed = run1 ] && { echo step 12; while true; do sleep 0.01; done; }
        echo done done
      done
      """
    let ended = try await sweep(
      Sweep.Command(executable: "/bin/sh", arguments: { _ in ["-c", script] }), stopAt: 12)
    #expect(ended.finished == ["0/real done", "0/0 done", "1/0 done"])
    #expect(ended.stopped == ["0/1 12"])
    #expect(ended.isStopped)
    #expect(ended.failed == 0)
  }

  /// A worker that somebody else asked to stop costs no run.
  @Test func aStrayStopIsMadeUpFor() async throws {
    let mark = "\(folder.path)/mark"
    let course = try await sweep(
      "[ $verb$seed = run1 ] && [ ! -e \(mark) ] && { touch \(mark); echo stopped 5; exit; }; "
        + "echo done done")
    #expect(course.stopped == ["0/1 5"])
    #expect(course.finished.count == 7)
    #expect(!course.isStopped)
  }

  @Test func aStoreThatAWorkerCannotUseEndsTheSweep() async throws {
    await #expect {
      _ = try await sweep("[ $verb = run ] && echo refused disk full || echo done done")
    } throws: { "\($0)" == "disk full" }
    #expect(try store.failureLog(try identities.run(plan.arms[0], seed: 0).id) == nil)
  }

  /// A worker that cannot begin would not do better with the next run: nothing is called failed.
  @Test func aWorkerThatCannotBeginEndsTheSweep() async throws {
    let command = Sweep.Command(
      executable: "/bin/sh", arguments: { _ in ["-c", "echo the file is gone >&2; exit 2"] })
    await #expect {
      _ = try await sweep(command, workers: 2)
    } throws: {
      "\($0)".hasSuffix("it ended with status 2 before its first run: the file is gone")
    }
    #expect(try store.failures() == [])
  }

  /// A worker that is not ready cannot be asked; it has done nothing.
  @Test func aWorkerThatIsNotReadyIsNoFailure() async throws {
    let stop = StopRequest()
    stop.make()
    let command = Sweep.Command(executable: "/bin/sleep", arguments: { _ in ["600"] })
    let queue = JobQueue(
      [Job(arm: 0, .run(seed: 0, id: "a", evaluation: "b"))], store: store, failed: 0,
      stop: StopRequest(), stopsAtFailure: false, report: { _ in })
    let process = WorkerProcess(
      command: command, threads: 1, index: 0, limits: Sweep.Limits(), stop: stop)
    let start = ContinuousClock.now
    async let work: Void = process.work(queue)
    try await Task.sleep(for: .milliseconds(300))
    await queue.end(RunnerError.store("enough"))
    await work
    #expect(start.duration(to: .now) < .seconds(300))
    #expect(await queue.failed == 0)
    #expect(try store.failures() == [])
  }

  /// Where runs are fewer than workers, each has the threads of several.
  @Test func fewRunsShareTheCores() async throws {
    let seen = Mutex<[Int]>([])
    let command = Sweep.Command(executable: "/bin/sh") { threads in
      seen.withLock { $0.append(threads) }
      return ["-c", "echo ready; while read line; do echo done done; done"]
    }
    #expect(try await sweep(command, workers: 3).extent.threads == 1)
    #expect(Set(seen.withLock { $0 }) == [1])
    seen.withLock { $0 = [] }
    #expect(try await sweep(command, workers: 12).extent.threads == 2)
    #expect(Set(seen.withLock { $0 }) == [2])
  }

  /// Whoever would wait for the measuring of real data computes meanwhile what the next run needs, once.
  @Test func waitingWorkersPrepare() async throws {
    let log = Mutex<[String]>([])
    let queue = JobQueue(
      [
        Job(arm: 0, .reference(evaluation: "r")),
        Job(arm: 1, .run(seed: 0, id: "a", evaluation: "b")),
        Job(arm: 0, .run(seed: 0, id: "c", evaluation: "d")),
      ], store: store, failed: 0, stop: StopRequest(), stopsAtFailure: false,
      report: { event in
        switch event {
        case .started(let arm, _, let worker): log.withLock { $0.append("\(worker) \(arm)") }
        default: log.withLock { $0.append("?") }
        }
      })
    let reference = try #require(await queue.next(worker: 0))
    #expect(reference.isReference)
    let preparation = try #require(await queue.next(worker: 1))
    #expect(preparation == Job(arm: 1, .preparation))
    #expect(Job(line: preparation.line) == preparation)
    // However it ends, nothing is told, counted or handed out again.
    await queue.finished(preparation, worker: 1, .done, primary: nil)
    await queue.failed(preparation, worker: 1, message: "no", log: "")
    await queue.stopped(preparation, worker: 1, step: 0)
    #expect(await queue.failed == 0)
    async let next = queue.next(worker: 1)
    try await Task.sleep(for: .milliseconds(50))
    #expect(log.withLock { $0 } == ["0 0"])
    await queue.finished(reference, worker: 0, .done, primary: nil)
    #expect(await next == Job(arm: 1, .run(seed: 0, id: "a", evaluation: "b")))
    #expect(log.withLock { $0 } == ["0 0", "?", "1 1"])
    #expect(await queue.next(worker: 2)?.seed == 0)
  }

  @Test func aProgramThatIsNotThere() async throws {
    let command = Sweep.Command(executable: "\(folder.path)/nobody", arguments: { _ in [] })
    await #expect {
      _ = try await sweep(command)
    } throws: { error in
      if case RunnerError.worker(let path, _) = error { path.hasSuffix("/nobody") } else { false }
    }
  }

  @Test func aStoreThatCannotBeWrittenIsKnownBeforeWork() async throws {
    try Data().write(to: URL(fileURLWithPath: store.path))
    let log = "\(folder.path)/jobs"
    await #expect(throws: RecordsError.self) {
      _ = try await sweep("echo x >> \(log); echo done done")
    }
    #expect(!FileManager.default.fileExists(atPath: log))
  }

  @Test func measuredRunsAreNotCountedAsTraining() async throws {
    let runner = JobRunner(plan, store: store, executor: .fast(.best), dataFolder: nil)
    for arm in plan.arms.indices { try runner.perform(arm: arm, seed: 0) }
    try runner.performReference(arm: 0)
    let course = try await sweep("echo done done")
    #expect(course.extent.numbers == [6, 2, 0, 4, 0, 0, 1])
    try FileManager.default.removeItem(atPath: "\(store.path)/evaluations")
    let other = try await sweep("echo done done")
    #expect(other.extent.numbers == [6, 0, 0, 4, 2, 1, 1])
  }

  @Test func aDamagedRecordIsNotDone() async throws {
    let runner = JobRunner(plan, store: store, executor: .fast(.best), dataFolder: nil)
    for arm in plan.arms.indices { try runner.perform(arm: arm, seed: 0) }
    let id = try identities.run(plan.arms[1], seed: 0).id
    let file = "\(store.folder(.run, id))/history.csv"
    try Data("step\n".utf8).write(to: URL(fileURLWithPath: file))
    let course = try await sweep("echo done done")
    #expect(course.extent.done == 1)
    #expect(course.started.contains("1/0") && !course.started.contains("0/0"))
  }
}

extension SweepExtent {
  /// All numbers in the order of declaration.
  fileprivate var numbers: [Int] {
    [total, done, failed, toTrain, toMeasure, references, workers]
  }
}
