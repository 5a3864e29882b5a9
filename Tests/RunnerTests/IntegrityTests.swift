import Foundation
import Records
import Synchronization
import Testing

@testable import Runner

/// Whatever happens to the bytes of a stored run is found.
@Suite struct IntegrityTests {
  let folder: TemporaryFolder
  let plan: Plan
  let store: Store
  let identities: Identities

  init() throws {
    folder = try TemporaryFolder()
    plan = try TinyPlan.make(
      [("only", "")], seeds: "3",
      set: ["train.steps=2", "generator.hidden=[2]", "critic.hidden=[2]", "evaluate.points=1"])
    store = Store("\(folder.path)/store")
    identities = Identities(plan, executor: "fast", dataFolder: nil)
    let runner = JobRunner(plan, store: store, executor: .fast(.best), dataFolder: nil)
    for seed in plan.seeds { try runner.perform(arm: 0, seed: seed) }
    try runner.performReference(arm: 0)
  }

  private func runID(_ seed: Int = 0) throws -> String {
    try identities.run(plan.arms[0], seed: seed).id
  }

  /// Calls `body` with every file of a record: its path, its name, its bytes.
  private func forEachFile(
    _ kind: Store.Kind, _ id: String, _ body: (String, String, Data) throws -> Void
  ) throws {
    let path = store.folder(kind, id)
    let names = try FileManager.default.contentsOfDirectory(atPath: path).sorted()
    #expect(names.contains("MANIFEST") && names.count > 4)
    for name in names {
      let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)"))
      try body("\(path)/\(name)", name, bytes)
      try bytes.write(to: URL(fileURLWithPath: "\(path)/\(name)"))
    }
    #expect(try store.damage(kind, id) == [])
  }

  private static let unsigned = ["provenance.json", "MANIFEST.unsigned"]

  private func expectFound(_ id: String, _ name: String, _ what: String) throws {
    let damage = try store.damage(.run, id)
    if damage.isEmpty { Issue.record("\(name): \(what) is not found") }
    let isWhole = try store.intact(.run, id) != nil
    if isWhole != Self.unsigned.contains(name) {
      Issue.record("\(name): with \(what) the record counts as \(isWhole ? "whole" : "damaged")")
    }
  }

  @Test func everyFlippedByteIsFound() throws {
    let id = try runID()
    var flips = 0
    try forEachFile(.run, id) { path, name, bytes in
      let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
      for offset in bytes.indices {
        for mask in [0x01, 0x20, 0x80] as [UInt8] {
          try file.seek(toOffset: UInt64(offset))
          try file.write(contentsOf: Data([bytes[offset] ^ mask]))
          try expectFound(id, name, "byte \(offset) flipped by \(mask)")
          flips += 1
        }
        try file.seek(toOffset: UInt64(offset))
        try file.write(contentsOf: Data([bytes[offset]]))
      }
      try file.close()
    }
    #expect(flips > 10000)
  }

  @Test func everyTruncationIsFound() throws {
    let id = try runID()
    try forEachFile(.run, id) { path, name, bytes in
      for count in 0..<bytes.count {
        try bytes.prefix(count).write(to: URL(fileURLWithPath: path))
        try expectFound(id, name, "truncation to \(count) bytes")
      }
      try FileManager.default.removeItem(atPath: path)
      try expectFound(id, name, "removal")
    }
  }

  @Test func addedFilesAndAppendedBytesAreFound() throws {
    let id = try runID()
    try forEachFile(.run, id) { path, name, bytes in
      try (bytes + Data([10])).write(to: URL(fileURLWithPath: path))
      try expectFound(id, name, "an appended byte")
    }
    let stray = "\(store.folder(.run, id))/stray"
    try Data().write(to: URL(fileURLWithPath: stray))
    #expect(
      try store.damage(.run, id) == [
        StoreDamage(path: stray, message: "is in no list of the record")
      ])
  }

  /// Files that were exchanged as a whole have the sums of another record.
  @Test func exchangedRecordsAreFound() async throws {
    let manager = FileManager.default
    let (first, second) = (store.folder(.run, try runID(0)), store.folder(.run, try runID(1)))
    try manager.removeItem(atPath: second)
    try manager.copyItem(atPath: first, toPath: second)
    #expect(try store.damage(.run, try runID(1)).isEmpty == false)
    // Even where the lists were written again.
    let list = try String(contentsOfFile: "\(first)/MANIFEST", encoding: .utf8)
    var lines = list.split(separator: "\n").dropLast().map(String.init)
    lines[0] = "# run \(try runID(1))"
    let body = lines.map { $0 + "\n" }.joined()
    let sum = RunIdentity.id(of: body)
    try Data("\(body)# end \(sum)\n".utf8).write(to: URL(fileURLWithPath: "\(second)/MANIFEST"))
    let damage = try await StoreAudit(store).everything().damage
    #expect(
      damage.contains { $0.path == second && $0.message == "holds another run's configuration" }
        || damage.contains { $0.path == "\(second)/MANIFEST.unsigned" })
    #expect(
      try store.identityDamage(try runID(1))
        == StoreDamage(path: second, message: "holds another run's configuration"))
  }

  // MARK: Audits

  @Test func auditsCountRecords() async throws {
    let all = try await StoreAudit(store).everything()
    #expect(all.summary == "3 runs and 4 evaluations: every file matches its sum")
    let one = try TinyPlan.make(
      [("only", "")], seeds: "1",
      set: ["train.steps=2", "generator.hidden=[2]", "critic.hidden=[2]", "evaluate.points=1"])
    let part = try await StoreAudit(store).records(
      of: one, Identities(one, executor: "fast", dataFolder: nil))
    #expect(part.summary == "1 run and 2 evaluations: every file matches its sum")
    let none = try await StoreAudit(Store("\(folder.path)/none")).everything()
    #expect(none.isEmpty)
  }

  @Test func auditsFindCheckpoints() async throws {
    let id = try runID()
    try store.keepCheckpoint(id, step: 7, bytes: [1, 2, 3])
    #expect(try await StoreAudit(store).everything().damage == [])
    let root = "\(store.path)/checkpoints/\(id)"
    let name = try #require(try FileManager.default.contentsOfDirectory(atPath: root).first)
    try Data([1, 2, 4]).write(to: URL(fileURLWithPath: "\(root)/\(name)"))
    #expect(
      try await StoreAudit(store).everything().damage.map(\.path) == ["\(root)/\(name)"])
  }

  // MARK: Training again

  @Test func trainingAgainGivesTheSameBytes() throws {
    let runner = JobRunner(plan, store: store, executor: .fast(.best), dataFolder: nil)
    for seed in plan.seeds { #expect(try runner.differences(arm: 0, seed: seed) == []) }
  }

  /// A record that is whole but was made by other code.
  @Test func otherBytesAreNamed() throws {
    let id = try runID()
    let record = try #require(try store.read(.run, id))
    let files = record.files.map { file in
      file.name == "history.csv" ? (file.name, file.bytes + Array("3,,,,,,,,,,\n".utf8)) : file
    }
    try FileManager.default.removeItem(atPath: record.path)
    try store.write(.run, id, files: files)
    let runner = JobRunner(plan, store: store, executor: .fast(.best), dataFolder: nil)
    #expect(try runner.differences(arm: 0, seed: 0) == ["history.csv"])
    #expect(try runner.differences(arm: 0, seed: 1) == [])
  }

  /// Values may differ by 1e-9 where another machine measured, and must be equal where this one did.
  @Test(arguments: [(1e-11, true), (1e-6, false)])
  func valuesOfOtherMachines(_ change: Double, _ agrees: Bool) throws {
    let id = try identities.evaluation(plan.arms[0], seed: 0).id
    let record = try #require(try store.read(.evaluation, id))
    let files = try record.files.map { file in
      guard file.name == "values.csv" else { return file }
      let table = try #require(StepTable.Content(file.bytes))
      let rows = table.rows.map { row in
        (step: row.step, values: row.values.map { $0.map { $0 * (1 + change) } })
      }
      return (file.name, Array(StepTable.text(table.columns, rows).utf8))
    }
    let runner = JobRunner(plan, store: store, executor: .fast(.best), dataFolder: nil)
    for isHere in [true, false] {
      try FileManager.default.removeItem(atPath: record.path)
      var provenance = Provenance(.fast(.best))
      if !isHere { provenance.fingerprint = Fingerprint(rawValue: "another machine") }
      try store.write(.evaluation, id, files: files, unsigned: [try provenance.file()])
      #expect(
        try runner.differences(arm: 0, seed: 0) == (agrees && !isHere ? [] : ["values.csv"]))
    }
  }

  @Test func samplesAreDrawnWithoutRepetition() throws {
    let runs = (0..<20).map { PlannedRun(arm: $0, seed: 0, id: "", evaluation: "") }
    func drawn(_ count: Int, _ seed: Int) -> [Int] {
      Verification.sample(runs, count: count, seed: seed).map(\.arm)
    }
    #expect(drawn(5, 0).count == 5)
    #expect(drawn(5, 0) == drawn(5, 0).sorted() && Set(drawn(5, 0)).count == 5)
    #expect(Set((0..<50).flatMap { drawn(5, $0) }).count == 20)
    #expect(drawn(100, 0) == Array(0..<20))
  }
}
