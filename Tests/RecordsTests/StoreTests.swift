import Foundation
import Records
import Testing

/// A folder that is removed when the test ends.
final class TemporaryFolder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/records-tests-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The paths of all files below the folder, sorted.
  func files() throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: path).filter { name in
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: "\(path)/\(name)", isDirectory: &isFolder)
        && !isFolder.boolValue
    }.sorted()
  }

  func bytes(_ name: String) throws -> [UInt8] {
    try Array(Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)")))
  }

  func write(_ bytes: [UInt8], to name: String) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
  }
}

@Suite struct StoreTests {
  let folder: TemporaryFolder
  let store: Store
  let id = String(repeating: "ab01", count: 16)
  let files: [Store.File] = [
    ("summary.json", Array("{}\n".utf8)), ("config.json", [1, 2, 0, 255]),
  ]
  let unsigned: [Store.File] = [("log.txt", Array("ok".utf8)), ("provenance.json", [7])]

  init() throws {
    folder = try TemporaryFolder()
    store = Store(folder.path + "/results")
  }

  var place: String { "results/runs/ab/\(id)" }

  @Test func readsWhatWasWritten() throws {
    #expect(try store.read(.run, id) == nil)
    #expect(!store.contains(.run, id))
    #expect(try store.write(.run, id, files: files, unsigned: unsigned) == .stored)
    #expect(store.contains(.run, id))
    #expect(!store.contains(.evaluation, id))
    let record = try #require(try store.read(.run, id))
    #expect(record.files.map(\.name) == ["config.json", "summary.json"])
    #expect(record["config.json"] == [1, 2, 0, 255])
    #expect(record["summary.json"] == Array("{}\n".utf8))
    #expect(record["log.txt"] == nil)
    #expect(record.unsigned.map(\.name) == ["log.txt", "provenance.json"])
    #expect(record.isProvenanceIntact)
    #expect(record.path == folder.path + "/" + place)
    #expect(try store.partials().isEmpty)
    #expect(
      try folder.files()
        == [
          "MANIFEST", "MANIFEST.unsigned", "config.json", "log.txt", "provenance.json",
          "summary.json",
        ].map { "\(place)/\($0)" })
  }

  @Test func manifestIsWhatSha256sumWrites() throws {
    try store.write(.run, id, files: [("a.txt", Array("abc".utf8))])
    let text = String(decoding: try folder.bytes("\(place)/MANIFEST"), as: UTF8.self)
    let lines = text.split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines[0] == "# run \(id)")
    // The first known answer of FIPS 180-2.
    #expect(
      lines[1] == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  a.txt")
  }

  /// Damages one file in every way that `damages` gives and looks whether the record is found out
  /// each time.
  func expectFound(_ name: String, _ damages: ([UInt8]) -> [[UInt8]]) throws {
    let original = try folder.bytes("\(place)/\(name)")
    let quarantine = "\(folder.path)/results/quarantine/run-\(id)-1"
    for (number, damaged) in damages(original).enumerated() {
      try folder.write(damaged, to: "\(place)/\(name)")
      #expect(try store.read(.run, id) == nil, "damage \(number) of \(name)")
      #expect(!store.contains(.run, id))
      try FileManager.default.moveItem(atPath: quarantine, toPath: "\(folder.path)/\(place)")
      try folder.write(original, to: "\(place)/\(name)")
    }
    #expect(try store.read(.run, id) != nil)
  }

  @Test(arguments: ["MANIFEST", "config.json", "summary.json"])
  func everyFlippedByteAndEveryTruncationIsFound(_ name: String) throws {
    try store.write(.run, id, files: files, unsigned: unsigned)
    try expectFound(name) { original in
      let flips = original.indices.map { index in
        var damaged = original
        damaged[index] ^= 1 << (index % 8)
        return damaged
      }
      return flips + original.indices.map { Array(original[..<$0]) } + [original + [0x0A]]
    }
  }

  @Test func missingFilesAndForeignRecordsAreFound() throws {
    try store.write(.run, id, files: files)
    try FileManager.default.removeItem(atPath: "\(folder.path)/\(place)/config.json")
    #expect(try store.read(.run, id) == nil)
    #expect(try store.quarantined() == ["run-\(id)-1"])
    // A whole record under another's id.
    try store.write(.run, id, files: files)
    let other = String(repeating: "ab02", count: 16)
    try FileManager.default.moveItem(
      atPath: "\(folder.path)/\(place)", toPath: "\(folder.path)/results/runs/ab/\(other)")
    #expect(try store.read(.run, other) == nil)
    #expect(try store.quarantined().count == 2)
  }

  @Test(arguments: ["MANIFEST.unsigned", "log.txt", "provenance.json"])
  func damagedProvenanceDoesNotTouchTheResult(_ name: String) throws {
    try store.write(.run, id, files: files, unsigned: unsigned)
    try folder.write([1, 2, 3], to: "\(place)/\(name)")
    let record = try #require(try store.read(.run, id))
    #expect(!record.isProvenanceIntact)
    #expect(record.files.count == 2)
    try FileManager.default.removeItem(atPath: "\(folder.path)/\(place)/\(name)")
    #expect(try store.read(.run, id)?.isProvenanceIntact == false)
  }

  @Test func theFirstOfManyWritersWins() async throws {
    let (store, id, files) = (store, id, files)
    let outcomes = try await withThrowingTaskGroup(of: Store.Outcome.self) { group in
      for writer in 0..<12 {
        group.addTask {
          try store.write(.run, id, files: files, unsigned: [("log.txt", [UInt8(writer)])])
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(outcomes.count { $0 == .stored } == 1)
    #expect(outcomes.count { $0 == .wasThere } == 11)
    #expect(try store.read(.run, id)?.isProvenanceIntact == true)
    #expect(try store.partials().isEmpty)
  }

  @Test(arguments: 0...3)
  func aWriterThatDiesLeavesOnlyAPartialRecord(_ steps: Int) throws {
    let record = try store.begin(.run, id)
    for file in files.prefix(steps) { try record.add(file) }
    #expect(!store.contains(.run, id))
    #expect(try store.read(.run, id) == nil)
    #expect(try store.partials().count == 1)
    #expect(try folder.files().allSatisfy { $0.hasPrefix("results/partial/") })
    #expect(try store.write(.run, id, files: files) == .stored)
    #expect(try store.partials().count == 1)
    #expect(try record.commit() == .wasThere)
    #expect(try store.partials().isEmpty)
    #expect(try store.read(.run, id)?.files.count == 2)
  }

  @Test func failuresAreKeptUntilTheRunSucceeds() throws {
    #expect(try store.failureLog(id) == nil)
    try store.recordFailure(id, log: Array("first".utf8))
    try store.recordFailure(id, log: Array("second".utf8))
    #expect(try store.failureLog(id) == Array("second".utf8))
    #expect(try folder.files() == ["results/failed/\(id)/log.txt"])
    try store.write(.evaluation, id, files: files)
    #expect(try store.failureLog(id) != nil)
    try store.write(.run, id, files: files)
    #expect(try store.failureLog(id) == nil)
  }

  /// What the store's contents are is what its lists say, each of which leaves out what is no record.
  @Test func contentsAreTheLists() throws {
    let other = String(repeating: "c", count: 64)
    try store.write(.run, id, files: files)
    try store.write(.evaluation, other, files: files)
    try store.keepCheckpoint(other, step: 1, bytes: [1])
    try store.recordFailure(other, log: [1])
    // A failure without a log, folders in the wrong place, and a file where folders are.
    let root = store.path
    for path in ["failed/\(id)", "runs/abc/\(id)", "runs/cc/\(id)", "checkpoints/x"] {
      try FileManager.default.createDirectory(
        atPath: "\(root)/\(path)", withIntermediateDirectories: true)
    }
    try Data().write(to: URL(fileURLWithPath: "\(root)/runs/dd"))
    let contents = try store.contents()
    #expect(contents.runs == [id])
    #expect(contents.runs == Set(try store.ids(.run)))
    #expect(contents.evaluations == Set(try store.ids(.evaluation)))
    #expect(contents.checkpoints == Set(try store.checkpointedRuns()))
    #expect(contents.failures == [other])
    #expect(contents.failures == Set(try store.failures()))
  }

  @Test(arguments: ["", "ab", "../../etc/passwd", String(repeating: "AB", count: 32)])
  func malformedIDsNameNothing(_ id: String) throws {
    #expect(try store.read(.run, id) == nil)
    #expect(!store.contains(.run, id))
    #expect(try store.failureLog(id) == nil)
  }

  @Test func errorsNameThePath() throws {
    // A file where the store wants a folder.
    try folder.write([], to: "results")
    #expect(
      throws: RecordsError.inputOutput(
        action: "make the folder", path: "\(folder.path)/results/partial", reason: "Not a directory"
      )
    ) { try store.write(.run, id, files: files) }
    #expect(throws: RecordsError.self) { try store.recordFailure(id, log: []) }
    // A folder where it wants a file is damage like any other.
    let other = Store(folder.path + "/other")
    try other.write(.run, id, files: files)
    let config = "\(folder.path)/other/runs/ab/\(id)/config.json"
    try FileManager.default.removeItem(atPath: config)
    try FileManager.default.createDirectory(atPath: config, withIntermediateDirectories: false)
    #expect(try other.read(.run, id) == nil)
    #expect(try other.quarantined().count == 1)
    // So is anything but a folder where a record belongs.
    try folder.write([], to: "other/runs/ab/\(id)")
    #expect(try other.write(.run, id, files: files) == .stored)
    #expect(try other.quarantined().count == 2)
    #expect(try other.read(.run, id) != nil)
  }

  @Test func aRefusedFileLeavesNothingBehind() throws {
    // A name that is too long stands for a disk that takes no more files.
    let long = String(repeating: "x", count: 300)
    #expect(throws: RecordsError.self) {
      try store.write(.run, id, files: files + [(long, [1])])
    }
    #expect(try store.partials().isEmpty)
    #expect(!store.contains(.run, id))
  }
}
