import Foundation
import Synchronization
import Testing

/// Sweeps that are killed, run beside each other, or meet a store that fails them: the same command ends with the
/// same bytes.
@Suite(
  .needsCommand, .tags(.command), .serialized,
  .enabled(if: FileManager.default.fileExists(atPath: "/proc/self/stat"), "there is no /proc"))
struct EnduranceTests {
  /// The reports and records of a sweep that nothing disturbed.
  private func undisturbed(
    _ experiment: String
  ) async throws -> (reports: [String: [UInt8]], results: [String: [UInt8]]) {
    let space = try Workspace(["tiny": experiment])
    try await space.saddle("sweep", "tiny")
    return (try space.contents("reports"), try records(space))
  }

  /// What a store holds for good: records, and nothing of the way there.
  private func records(_ space: Workspace) throws -> [String: [UInt8]] {
    try space.contents("results").filter { file in
      ["runs/", "evaluations/", "failed/", "checkpoints/", "quarantine/"].contains {
        file.key.hasPrefix($0)
      }
    }
  }

  /// Compares files and names those that differ.
  private func expectEqual(_ files: [String: [UInt8]], _ expected: [String: [UInt8]]) {
    let names = Set(files.keys).union(expected.keys).sorted()
    #expect(names.filter { files[$0] != expected[$0] } == [])
  }

  // MARK: Kills

  /// Kills at moments that a fixed series of numbers gives; what happens then depends on the machine.
  @Test func aHundredKills() async throws {
    let experiment = Workspace.tiny.replacing(
      "steps: 40, batch: 16", with: "steps: 6000, batch: 64")
    let expected = try await undisturbed(experiment)
    var moments = Moments()
    var (kills, rounds, resumed) = (0, 0, 0)
    while kills < 100 {
      rounds += 1
      let space = try Workspace(["tiny": experiment])
      var status: Int32 = 1
      while status != 0 {
        let plan = kills < 100 ? moments.next() : nil
        let killed = KillCount()
        status = try await sweep(space, plan, killed).status
        kills += killed.value.withLock { $0 }
      }
      expectEqual(try space.contents("reports"), expected.reports)
      expectEqual(try records(space), expected.results)
      resumed += try provenance(space).count { $0.contains("\"resumedAt\"") }
    }
    #expect(kills >= 100)
    #expect(resumed > 0, "no run was taken up from a checkpoint in \(rounds) rounds")
  }

  /// Who is killed after a run is stored, before its checkpoint is removed and its evaluation stored, leaves no checkpoint
  /// for good.
  @Test func checkpointsOfStoredRunsAreRemoved() async throws {
    let space = try Workspace()
    try await space.saddle("sweep", "tiny")
    let expected = try records(space)
    let file = try #require(expected.keys.filter { $0.hasPrefix("runs/") }.min())
    let id = try #require(file.components(separatedBy: "/").first { $0.count == 64 })
    let checkpoint = space.path + "/results/checkpoints/\(id)"
    try FileManager.default.createDirectory(
      atPath: checkpoint, withIntermediateDirectories: true)
    try Data("old".utf8).write(to: URL(fileURLWithPath: checkpoint + "/5-00"))
    try FileManager.default.removeItem(atPath: space.path + "/results/evaluations")
    try await space.saddle("sweep", "tiny")
    expectEqual(try records(space), expected)
  }

  /// When to kill, and whom.
  private struct Moments {
    struct Moment: Sendable {
      let seconds: Double
      let killsWorker: Bool
    }

    private var state: UInt64 = 1

    mutating func next() -> Moment {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Moment(
        seconds: 0.02 + 0.4 * Double(state >> 40) / Double(1 << 24),
        killsWorker: state >> 33 & 1 == 1)
    }
  }

  /// One call of the command, with a worker killed at the moment and then, or at once, the sweep.
  private func sweep(
    _ space: Workspace, _ moment: Moments.Moment?, _ count: KillCount
  ) async throws -> Command.Result {
    let arguments = ["sweep", "tiny", "--jobs", "2", "--retry-failed", "--checkpoint", "0.05"]
    return try await space.saddle(arguments) { process in
      guard let moment else { return }
      Thread.sleep(forTimeInterval: moment.seconds)
      if moment.killsWorker, let worker = Processes.children(of: process).first {
        if kill(worker, SIGKILL) == 0 { count.value.withLock { $0 += 1 } }
        Thread.sleep(forTimeInterval: moment.seconds / 2)
      }
      if Processes.isAlive(process), kill(process, SIGKILL) == 0 {
        count.value.withLock { $0 += 1 }
      }
    }
  }

  private final class KillCount: Sendable { let value = Mutex(0) }

  private func provenance(_ space: Workspace) throws -> [String] {
    let root = space.path + "/results/runs"
    return try FileManager.default.subpathsOfDirectory(atPath: root)
      .filter { $0.hasSuffix("/provenance.json") }.map { try space.text("results/runs/\($0)") }
  }

  // MARK: Company

  @Test(arguments: [2, 8]) func sweepsShareAStore(_ number: Int) async throws {
    let experiment = Workspace.tiny.replacing("steps: 40", with: "steps: 400")
    let space = try Workspace(["tiny": experiment])
    let results = try await withThrowingTaskGroup(of: Command.Result.self) { group in
      for _ in 0..<number {
        group.addTask { try await space.saddle("sweep", "tiny", "--jobs", "2") }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(results.count == number)
    for result in results { #expect(result.status == 0, "\(result.errors)") }
    let expected = try await undisturbed(experiment)
    #expect(try space.contents("reports") == expected.reports)
    #expect(try records(space) == expected.results)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: space.path + "/results/partial") == [])
  }

  @Test func aStoreCanBeMoved() async throws {
    let space = try Workspace()
    try await space.saddle("sweep", "tiny")
    let before = try space.contents("reports")
    try FileManager.default.createDirectory(
      atPath: space.path + "/other place", withIntermediateDirectories: true)
    try FileManager.default.moveItem(
      atPath: space.path + "/results", toPath: space.path + "/other place/store")
    let result = try await space.saddle("sweep", "tiny", "--store", "other place/store")
    #expect(result.status == 0)
    #expect(result.lines == ["tiny: 2 arms × 3 seeds = 6 runs: all done"])
    #expect(try space.contents("reports") == before)
    #expect(try await space.saddle("verify", "--store", "other place/store").status == 0)
  }

  // MARK: Disks

  /// Whether this process may mount file systems where nobody else sees them.
  private static let canMount = runs(["-m", "mount", "-t", "tmpfs", "none", "/mnt"])

  private static func runs(_ arguments: [String]) -> Bool {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/unshare")
    process.arguments = arguments
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }

  /// What a shell script says that sees a small disk as `results`; `$saddle` is the command.
  private func onDisk(
    of size: String, _ space: Workspace, _ script: String
  ) async throws -> [String] {
    let command = try #require(Command.path)
    try FileManager.default.createDirectory(
      atPath: space.path + "/results", withIntermediateDirectories: true)
    try await onThread {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/unshare")
      process.currentDirectoryURL = URL(fileURLWithPath: space.path)
      let set = "saddle='\(command)'; mount -t tmpfs -o size=\(size) none results; "
      process.arguments = ["-m", "/bin/sh", "-c", "{ \(set)\(script)\n} > said 2>&1"]
      try process.run()
      process.waitUntilExit()
    }
    return try space.text("said").split(separator: "\n").map(String.init)
  }

  @Test(.enabled(if: canMount, "file systems cannot be mounted here"))
  func aFullDiskLosesNothing() async throws {
    let experiment = Workspace.tiny.replacing("hidden: [8]", with: "hidden: [64]")
    let space = try Workspace(["tiny": experiment])
    let lines = try await onDisk(
      of: "300k", space,
      """
      $saddle sweep tiny --jobs 1; echo status $?
      $saddle verify; echo status $?
      mount -o remount,size=30m results
      $saddle sweep tiny; echo status $?
      cp -r results kept
      """)
    #expect(
      lines.contains { $0.hasPrefix("saddle: results/") && $0.hasSuffix("No space left on device") }
    )
    #expect(lines.filter { $0.hasPrefix("status") } == ["status 6", "status 0", "status 0"])
    #expect(!lines.contains { $0.contains("failed") })
    #expect(lines.contains { $0.contains(" done, ") && $0.hasSuffix("to train on 2 workers") })
    let expected = try await undisturbed(experiment)
    #expect(try space.contents("reports") == expected.reports)
    #expect(try space.contents("kept/runs").count == 36)
  }

  @Test(.enabled(if: canMount, "file systems cannot be mounted here"))
  func aReadOnlyStoreServesWhatItHas() async throws {
    let space = try Workspace()
    let lines = try await onDisk(
      of: "30m", space,
      """
      $saddle sweep tiny; echo status $?
      mount -o remount,ro results
      rm -r reports
      $saddle sweep tiny; echo status $?
      $saddle verify; echo status $?
      $saddle sweep tiny --seeds 4; echo status $?
      """)
    #expect(
      lines.filter { $0.hasPrefix("status") } == ["status 0", "status 0", "status 0", "status 6"])
    #expect(
      lines.contains { $0.hasPrefix("saddle: results/") && $0.hasSuffix("Read-only file system") })
    let expected = try await undisturbed(Workspace.tiny)
    #expect(try space.contents("reports") == expected.reports)
  }
}
