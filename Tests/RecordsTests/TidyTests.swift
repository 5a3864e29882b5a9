import Foundation
import Records
import Testing

/// What dead processes leave is removed, and nothing that somebody still needs.
@Suite struct TidyTests {
  let path: String
  let store: Store

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/tidy-tests-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    store = Store("\(path)/store")
  }

  private static let id = String(repeating: "a", count: 64)
  private static let other = String(repeating: "b", count: 64)

  private func names(_ folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "\(path)/\(folder)").sorted()
  }

  /// The number of a process that has ended.
  private func deadProcess() throws -> Int32 {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", "exit"]
    try process.run()
    process.waitUntilExit()
    return process.processIdentifier
  }

  @Test func abandonedFilesOfThisMachineGo() throws {
    defer { try? FileManager.default.removeItem(atPath: path) }
    try AtomicFile.write([1, 2], to: "\(path)/deep/er/file")
    try AtomicFile.write([3], to: "\(path)/deep/er/file")
    #expect(try names("deep/er") == ["file"])
    #expect(FileManager.default.contents(atPath: "\(path)/deep/er/file") == Data([3]))
    let host = ProcessInfo.processInfo.hostName
    let (dead, living) = (try deadProcess(), getpid())
    let kept = ["file", "x.partial-elsewhere-\(dead)", "x.partial-\(host)-\(living)", "x.partial-"]
    for name in kept + ["x.partial-\(host)-\(dead)"] {
      try Data().write(to: URL(fileURLWithPath: "\(path)/\(name)"))
    }
    try AtomicFile.removeAbandoned(in: path)
    #expect(try names("") == (kept + ["deep"]).sorted())
  }

  @Test func aFolderThatCannotBeIsAnError() throws {
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data().write(to: URL(fileURLWithPath: "\(path)/file"))
    #expect {
      try AtomicFile.write([], to: "\(path)/file/below")
    } throws: { "\($0)".contains("\(path)/file") }
  }

  @Test func oldUnfinishedRecordsGo() throws {
    defer { try? FileManager.default.removeItem(atPath: path) }
    let pending = try store.begin(.run, Self.id)
    try pending.add(("file", [1]))
    let now = Int(Date().timeIntervalSince1970)
    try store.tidy(now: now)
    #expect(try store.partials().count == 1)
    try store.tidy(now: now + 2 * 86400)
    #expect(try store.partials() == [])
    // Whoever still wrote it is told.
    #expect(throws: RecordsError.self) { try pending.commit() }
  }

  @Test func checkpointsOfFinishedRunsGo() throws {
    defer { try? FileManager.default.removeItem(atPath: path) }
    for id in [Self.id, Self.other] { try store.keepCheckpoint(id, step: 3, bytes: [1]) }
    try store.write(.run, Self.id, files: [("file", [1])])
    #expect(try store.checkpointedRuns() == [Self.other])
    try store.keepCheckpoint(Self.id, step: 4, bytes: [1])
    let now = Int(Date().timeIntervalSince1970)
    try store.tidy(now: now)
    // Somebody may be training the run again, for another evaluation.
    #expect(try store.checkpointedRuns() == [Self.id, Self.other])
    try store.tidy(now: now + 2 * 86400)
    #expect(try store.checkpointedRuns() == [Self.other])
  }

  @Test func twoCheckpointsAreKept() throws {
    defer { try? FileManager.default.removeItem(atPath: path) }
    for step in [1, 2, 3, 9, 5] {
      try store.keepCheckpoint(Self.id, step: step, bytes: [UInt8(step)])
    }
    let steps = try names("store/checkpoints/\(Self.id)").map { $0.prefix { $0 != "-" } }
    #expect(steps == ["3", "5"])
    #expect(try store.latestCheckpoint(Self.id)?.bytes == [5])
    #expect(try store.latestCheckpoint(Self.other) == nil)
    #expect(try store.latestCheckpoint("../x") == nil)
  }
}
