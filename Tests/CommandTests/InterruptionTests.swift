import Foundation
import Synchronization
import Testing

/// Processes that are killed: nothing finished is lost, nothing unfinished counts, nobody is left behind.
///
/// Children are found through `/proc`.
@Suite(
  .needsCommand, .tags(.command), .serialized,
  .enabled(if: FileManager.default.fileExists(atPath: "/proc/self/stat"), "there is no /proc"))
struct InterruptionTests {
  /// Runs that are long enough to be met at work.
  static let long = Workspace.tiny.replacing("steps: 40, batch: 16", with: "steps: 3000, batch: 64")

  private struct TimeOut: Error {}

  /// Waits until `condition` gives something, for a minute at most.
  private func wait<T>(_ condition: () throws -> T?) throws -> T {
    for _ in 0..<6000 {
      if let value = try condition() { return value }
      Thread.sleep(forTimeInterval: 0.01)
    }
    throw TimeOut()
  }

  private func finishedRuns(_ space: Workspace) -> Int {
    let paths =
      (try? FileManager.default.subpathsOfDirectory(atPath: space.path + "/results/runs")) ?? []
    return paths.filter { $0.hasSuffix("/MANIFEST") }.count
  }

  /// The steps of the checkpoints that there are.
  private func checkpoints(_ space: Workspace) -> [Int] {
    let path = space.path + "/results/checkpoints"
    let names = (try? FileManager.default.subpathsOfDirectory(atPath: path)) ?? []
    return names.compactMap { name in
      let parts = name.split(separator: "/")
      return parts.count == 2 ? Int(parts[1].prefix { $0 != "-" }) : nil
    }
  }

  /// The report and records of a sweep that nothing disturbed.
  private func undisturbed(
    _ experiment: String = long
  ) async throws -> (reports: [String: [UInt8]], runs: [String: [UInt8]]) {
    let space = try Workspace(["tiny": experiment])
    try await space.saddle("sweep", "tiny")
    return (try space.contents("reports"), try space.contents("results/runs"))
  }

  @Test func aKilledWorkerIsAFailedRun() async throws {
    let space = try Workspace(["tiny": Self.long])
    let arguments = ["sweep", "tiny", "--jobs", "1", "--checkpoint", "0.02"]
    let result = try await space.saddle(arguments) { process in
      // In the middle of a run that is not the last.
      _ = try wait {
        let isLast = finishedRuns(space) > 4
        return isLast || checkpoints(space).contains { $0 < 2000 } ? true : nil
      }
      let worker = try wait { Processes.children(of: process).first }
      kill(worker, SIGKILL)
    }
    #expect(result.status == 3)
    let failures = result.lines.filter {
      $0.contains("failed: the worker process was killed by signal 9")
    }
    #expect(failures.count == 1)
    #expect(
      result.lines.last == "1 run failed; with --retry-failed the same command tries it again")
    let log = try #require(failures.first?.split(separator: "(").last?.dropLast())
    #expect(try space.text(String(log)).hasPrefix("the worker process was killed by signal 9"))
    #expect(try space.text("reports/tiny/runs.csv").contains(",failed,"))
    // It is not tried again without being asked for.
    let again = try await space.saddle("sweep", "tiny")
    #expect(again.status == 3)
    #expect(again.lines.first == "tiny: 2 arms × 3 seeds = 6 runs: 5 done, 1 failed earlier")
    let mended = try await space.saddle("sweep", "tiny", "--retry-failed")
    #expect(mended.status == 0)
    let expected = try await undisturbed()
    #expect(try space.contents("reports") == expected.reports)
    #expect(try space.contents("results/runs") == expected.runs)
    #expect(try space.contents("results/failed").isEmpty)
  }

  @Test(arguments: [(SIGINT, 130), (SIGTERM, 75)] as [(Int32, Int32)])
  func anInterruptedSweepGoesOn(_ signal: Int32, _ status: Int32) async throws {
    let longer = Self.long.replacing("steps: 3000", with: "steps: 20000")
      .replacing("seeds: 3", with: "seeds: 2")
    let space = try Workspace(["tiny": longer])
    let found = Mutex<[pid_t]>([])
    let arguments = ["sweep", "tiny", "--jobs", "2", "--checkpoint", "0.05"]
    let result = try await space.saddle(arguments) { process in
      _ = try wait {
        finishedRuns(space) > 0 && checkpoints(space).contains { $0 < 10000 } ? true : nil
      }
      let workers = Processes.children(of: process)
      found.withLock { $0 = workers }
      // As a terminal does: to all of them at once, and not to the sweep first.
      for worker in workers { kill(worker, signal) }
      kill(process, signal)
    }
    let workers = found.withLock { $0 }
    #expect(workers.count == 2)
    #expect(result.status == status)
    #expect(
      result.lines.last == "stopped; finished runs are kept, the same command goes on")
    #expect(!result.errors.contains("failed"))
    #expect(!space.exists("reports"))
    // What was under way is kept as it stood.
    #expect(!checkpoints(space).isEmpty)
    try await onThread {
      for worker in workers { _ = try wait { Processes.isAlive(worker) ? nil : true } }
    }
    let again = try await space.saddle("sweep", "tiny")
    #expect(again.status == 0)
    #expect(again.lines.first?.contains(" done, ") == true)
    #expect(try space.contents("results/checkpoints").isEmpty)
    #expect(try resumedRuns(space) > 0)
    let expected = try await undisturbed(longer)
    #expect(try space.contents("reports") == expected.reports)
    #expect(try space.contents("results/runs") == expected.runs)
  }

  /// How many runs were made by more than one process.
  private func resumedRuns(_ space: Workspace) throws -> Int {
    let root = space.path + "/results/runs"
    return try FileManager.default.subpathsOfDirectory(atPath: root)
      .filter { $0.hasSuffix("/provenance.json") }
      .count { try space.text("results/runs/\($0)").contains("\"resumedAt\"") }
  }

  /// The second signal does not wait for anybody.
  @Test func aSecondSignalLeavesAtOnce() async throws {
    let space = try Workspace(["tiny": Self.long])
    let result = try await space.saddle(["sweep", "tiny", "--jobs", "2"]) { process in
      _ = try wait { finishedRuns(space) > 0 ? true : nil }
      let workers = Processes.children(of: process)
      // Workers that cannot finish their step.
      for worker in workers { kill(worker, SIGSTOP) }
      kill(process, SIGINT)
      Thread.sleep(forTimeInterval: 0.3)
      #expect(Processes.isAlive(process))
      kill(process, SIGINT)
      _ = try wait { Processes.isAlive(process) ? nil : true }
      for worker in workers { kill(worker, SIGCONT) }
      for worker in workers { _ = try wait { Processes.isAlive(worker) ? nil : true } }
    }
    #expect(result.status == 130)
    #expect(
      result.lines.suffix(2) == [
        "stopping after this step; the same signal again leaves at once",
        "stopped; finished runs are kept, the same command goes on",
      ])
    try await space.saddle("sweep", "tiny")
    let expected = try await undisturbed()
    #expect(try space.contents("reports") == expected.reports)
    #expect(try space.contents("results/runs") == expected.runs)
  }

  @Test func noWorkerOutlivesAKilledSweep() async throws {
    let space = try Workspace(["tiny": Self.long.replacing("3000", with: "300000")])
    let found = Mutex<[pid_t]>([])
    let result = try await space.saddle(["sweep", "tiny", "--jobs", "2"]) { process in
      let workers = try wait {
        let found = Processes.children(of: process)
        return found.count == 2 && found.allSatisfy { hasWorked($0) } ? found : nil
      }
      found.withLock { $0 = workers }
      kill(process, SIGKILL)
    }
    #expect(result.status == -SIGKILL)
    let workers = found.withLock { $0 }
    #expect(workers.count == 2)
    try await onThread {
      for worker in workers { _ = try wait { Processes.isAlive(worker) ? nil : true } }
    }
  }

  /// Whether a process has used a fifth of a second of a core.
  private func hasWorked(_ process: pid_t) -> Bool {
    guard let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
      let bracket = text.lastIndex(of: ")")
    else { return false }
    let fields = text[bracket...].split(separator: " ")
    return fields.count > 12 && (Int(fields[12]) ?? 0) >= 20
  }

  /// Two sweeps on one store do the same work twice at worst.
  @Test func twoSweepsShareAStore() async throws {
    let space = try Workspace()
    async let first = space.saddle("sweep", "tiny", "--jobs", "1")
    async let second = space.saddle("sweep", "tiny", "--jobs", "1")
    for result in try await [first, second] { #expect(result.status == 0, "\(result.errors)") }
    let alone = try Workspace()
    try await alone.saddle("sweep", "tiny")
    #expect(try space.contents("results") == alone.contents("results"))
    #expect(try space.contents("reports") == alone.contents("reports"))
  }
}
