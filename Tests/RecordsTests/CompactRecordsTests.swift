import Foundation
import Records
import Testing

@Suite struct CompactRecordsTests {
  let folder: TemporaryFolder
  let plan: Plan
  var path: String { folder.path + "/reports/x" }

  init() throws {
    folder = try TemporaryFolder()
    plan = try RecordsTests.plan(
      """
      question: Why?
      fixed: {data: ring8}
      axes: {a: {plain: {}, "comma, \\"quote\\"": {train.steps: {each: [1, 2]}}}}
      seeds: [3, 1]
      metrics: {frechet: {goal: min}, "m,n": {metric: modes, goal: max}}
      """)
  }

  func id(_ arm: Int, _ seed: Int) -> String {
    let digits = String(arm * 16 + seed, radix: 16)
    return String(repeating: "0", count: 64 - digits.count) + digits
  }

  func records() -> CompactRecords {
    let states: [RunState] = [.done, .diverged, .failed, .missing, .done, .done]
    var runs: [RunResult] = []
    for arm in 0..<3 {
      for seed in [1, 3] {
        let state = states[arm * 2 + (seed == 3 ? 1 : 0)]
        let hasResult = state == .done || state == .diverged
        runs.append(
          RunResult(
            arm: arm, seed: seed, id: id(arm, seed), state: state, steps: hasResult ? 1000 : 0,
            isDead: arm == 2, operations: 1 << 60, digest: hasResult ? id(7, seed) : "",
            metrics: hasResult ? [0.1 + 0.2, arm == 0 ? nil : -1e-300] : [nil, nil]))
      }
    }
    return CompactRecords(
      runs: runs,
      training: HistoryTable(
        columns: ["critic loss", "D(x), mean"],
        rows: [
          .init(arm: 0, seed: 1, step: 0, values: [0.69315, nil]),
          .init(arm: 1, seed: 3, step: 100, values: [-1.2345e-7, 12346]),
        ]),
      evaluation: HistoryTable(
        columns: ["frechet", "m,n"], rows: [.init(arm: 2, seed: 1, step: 5, values: [0.5, 8])]),
      clouds: [
        SampleCloud(arm: 0, seed: 1, points: [SIMD2(0.1, -2), SIMD2(3e-5, 0)]),
        SampleCloud(arm: 2, seed: 1, points: [SIMD2(1, 1)]),
      ],
      grids: [
        SampleGrid(arm: 1, seed: 1, png: Self.png(1)),
        SampleGrid(arm: 1, seed: 1, kind: .training, note: "0 5 10", png: Self.png(3)),
        SampleGrid(arm: 1, seed: 1, kind: .interpolations, note: "linear", png: Self.png(4)),
        SampleGrid(arm: 1, seed: 1, kind: .neighbours, png: Self.png(5)),
        SampleGrid(arm: nil, seed: 0, png: Self.png(2)),
      ],
      neighbours: [
        NeighbourCheck(
          arm: 1, seed: 1, samples: 128, candidates: 60000, origin: .training, generated: 1.5,
          heldOut: 2.25, nearer: 0.75)
      ],
      references: [
        ProblemReference(
          data: #"{"name":"ring8"}"#, protocolText: "10,000 samples\nof \"held-out\" data",
          realAgainstReal: [1.0 / 3, nil], realPoints: [SIMD2(1, 0)],
          modes: [SIMD2(0, 1), SIMD2(-1, 0)]),
        ProblemReference(
          data: "{}", protocolText: "", realAgainstReal: [nil, 8], realPoints: [], modes: []),
      ])
  }

  static func png(_ byte: UInt8) -> [UInt8] {
    [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, byte]
  }

  func read(expectedID: (Arm, Int) -> String? = { _, _ in nil }) throws -> CompactRecords {
    try CompactRecords(reading: path, plan: plan, expectedID: expectedID)
  }

  @Test func readsBackWhatWasWritten() throws {
    let records = records()
    try records.write(to: path, plan: plan)
    #expect(try read() == records)
    #expect(try read { id($0.index, $1) } == records)
    let runs = String(decoding: try folder.bytes("reports/x/runs.csv"), as: UTF8.self)
    let lines = runs.split(separator: "\n").map(String.init)
    #expect(lines[0] == #"arm,seed,id,state,steps,dead,operations,digest,frechet,"m,n""#)
    #expect(
      lines[1] == "plain,1,\(id(0, 1)),done,1000,false,1152921504606846976,\(id(7, 1)),"
        + "0.30000000000000004,")
    #expect(lines[5].hasPrefix(#""comma, ""quote"" steps=2",1,"#))
    #expect(
      try folder.files().map { String($0.dropFirst("reports/x/".count)) }
        == [
          "clouds.csv", "evaluation.csv", "grids/1-comma-quote-steps=1-1-interpolations.png",
          "grids/1-comma-quote-steps=1-1-neighbours.png",
          "grids/1-comma-quote-steps=1-1-training.png", "grids/1-comma-quote-steps=1-1.png",
          "grids/real-0.png", "grids.csv", "neighbours.csv", "reference_points.csv",
          "references.csv", "runs.csv", "training.csv",
        ].sorted())
  }

  @Test func writingAgainGivesTheSameBytesAndRemovesOldPictures() throws {
    var records = records()
    try records.write(to: path, plan: plan)
    let names = try folder.files()
    let first = try names.map(folder.bytes)
    try read().write(to: path, plan: plan)
    #expect(try folder.files() == names)
    #expect(try names.map(folder.bytes) == first)
    records.grids.removeFirst()
    try records.write(to: path, plan: plan)
    #expect(try folder.files().count == names.count - 1)
    #expect(try read() == records)
  }

  @Test func onlyPicturesOfReportsAreRemoved() throws {
    try records().write(to: path, plan: plan)
    let grids = "reports/x/grids"
    let old = [
      "0-plain-9.png", "7--0-training.png", "12-a-b=1.5-3-neighbours.png", "real-17.png",
    ]
    let others = [
      "holiday.png", "0-plain-x.png", "x-plain-0.png", "real-0-training.png", "real-x.png",
      "0-1.png", "0-über-1.png", "0-plain-9.PNG", "0-plain-9.txt", ".png", "-.png",
    ]
    let names = try folder.files()
    for name in old + others { try folder.write([1], to: "\(grids)/\(name)") }
    try FileManager.default.createSymbolicLink(
      atPath: "\(folder.path)/\(grids)/0-link-1.png",
      withDestinationPath: "\(folder.path)/\(grids)/holiday.png")
    try records().write(to: path, plan: plan)
    let kept = (others + ["0-link-1.png"]).map { "\(grids)/\($0)" }
    #expect(try folder.files() == (names + kept).sorted())
  }

  @Test func aFolderOfPicturesElsewhereIsLeftAlone() throws {
    let link = "\(path)/grids"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    try FileManager.default.createDirectory(
      atPath: "\(folder.path)/photos", withIntermediateDirectories: true)
    try folder.write([1], to: "photos/0-plain-9.png")
    try FileManager.default.createSymbolicLink(
      atPath: link, withDestinationPath: "\(folder.path)/photos")
    var records = records()
    #expect(
      throws: RecordsError.inputOutput(
        action: "write pictures", path: link,
        reason: "it is a symbolic link; put a folder in its place")
    ) { try records.write(to: path, plan: plan) }
    let manager = FileManager.default
    let photos = "\(folder.path)/photos"
    #expect(try manager.contentsOfDirectory(atPath: photos) == ["0-plain-9.png"])
    #expect(!manager.fileExists(atPath: "\(path)/runs.csv"))
    records.grids = []
    try records.write(to: path, plan: plan)
    #expect(try manager.contentsOfDirectory(atPath: photos) == ["0-plain-9.png"])
    #expect(manager.fileExists(atPath: "\(path)/runs.csv"))
  }

  @Test func historiesKeepFiveDigits() throws {
    let cases: [(Double, Double?)] = [
      (0.123456789, 0.12346), (123456, 123460), (99999.5, 100000), (-0.000099999949, -0.0001),
      (1e300 / 3, 3.3333e299), (5e-324, 5e-324), (0, 0), (1.5, 1.5), (.infinity, nil), (.nan, nil),
      (0.1 + 0.2, 0.3), (1.000005, 1), (1.00005, 1.0001), (-12345.6, -12346),
    ]
    for (value, kept) in cases {
      var records = records()
      records.training = HistoryTable(
        columns: ["v"], rows: [.init(arm: 0, seed: 1, step: 0, values: [value])])
      try records.write(to: path, plan: plan)
      #expect(try read().training.rows[0].values == [kept], "\(value)")
    }
  }

  @Test func finalValuesAreExact() throws {
    var random = Generator(state: 1)
    for _ in 0..<50 {
      let value = Double(bitPattern: random.next())
      guard value.isFinite else { continue }
      var records = records()
      let run = records.runs[0]
      records.runs[0] = RunResult(
        arm: run.arm, seed: run.seed, id: run.id, state: run.state, steps: run.steps,
        isDead: run.isDead, operations: run.operations, digest: run.digest, metrics: [value, nil])
      try records.write(to: path, plan: plan)
      #expect(try read().runs[0].metrics[0]?.bitPattern == value.bitPattern)
    }
  }

  /// What is said after one replacement in one file.
  func complaint(_ file: String, _ old: String, _ new: String) throws -> String {
    try records().write(to: path, plan: plan)
    let text = String(decoding: try folder.bytes("reports/x/\(file)"), as: UTF8.self)
    let position = try #require(text.range(of: old))
    try folder.write(
      Array(text.replacingCharacters(in: position, with: new).utf8), to: "reports/x/\(file)")
    do throws(RecordsError) {
      _ = try CompactRecords(reading: path, plan: plan)
      return "(nothing)"
    } catch {
      return error.description.replacing(path + "/", with: "")
    }
  }

  @Test(arguments: [
    (
      "runs.csv", "plain,3", "plian,3",
      "runs.csv:3:1: the experiment has no arm 'plian'; did you mean 'plain'?; the records are of another version of it"
    ),
    (
      "runs.csv", "plain,3", "plain,4",
      "runs.csv:3:1: the experiment has no seed 4; the records are of another version of it"
    ),
    ("runs.csv", "plain,3", "plain,1", "runs.csv:3:1: arm 'plain' with seed 1 stands here twice"),
    (
      "runs.csv", "done", "dnoe",
      "runs.csv:2:1: 'state' must be done or diverged or failed or missing, not 'dnoe'"
    ),
    ("runs.csv", "1000", "-1", "runs.csv:2:1: 'steps' must be a whole number from 0, not '-1'"),
    ("runs.csv", "false", "no", "runs.csv:2:1: 'dead' must be true or false, not 'no'"),
    (
      "runs.csv", "0.30000000000000004", "x",
      "runs.csv:2:1: 'frechet' must be a number or nothing, not 'x'"
    ),
    (
      "runs.csv", "0.30000000000000004", "nan",
      "runs.csv:2:1: 'frechet' must be a number or nothing, not 'nan'"
    ),
    (
      "runs.csv", "0.30000000000000004", "1,2",
      "runs.csv:2:1: the row has 11 fields; there are 10 columns"
    ),
    (
      "runs.csv", "frechet", "frechte",
      "runs.csv:1:1: the columns must be arm,seed,id,state,steps,dead,operations,digest,frechet,m,n, but they are arm,seed,id,state,steps,dead,operations,digest,frechte,m,n"
    ),
    ("runs.csv", "\"comma", "x\"comma", "runs.csv:4:2: a quote inside a field without quotes"),
    (
      "runs.csv", "steps=2\",3", "steps=2,3", "runs.csv:7:1: this quote is not closed"
    ),
    (
      "runs.csv", "0000000", "000000g",
      "runs.csv:2:1: 'id' must be 64 hexadecimal digits, not '000000g000000000000000000000000000000000000000000000000000000001'"
    ),
    (
      "training.csv", "plain,1,0", "plain,1,x",
      "training.csv:2:1: 'step' must be a whole number from 0, not 'x'"
    ),
    ("clouds.csv", "0.1", "", "clouds.csv:2:1: 'x' must be a number, and so must 'y', not ''"),
    (
      "grids.csv", "real-0.png", "../../secret.png",
      "grids.csv:6:1: 'file' must be 'real-0.png', not '../../secret.png'"
    ),
    (
      "grids.csv", "-1-training.png", "-1-trainin.png",
      "grids.csv:3:1: 'file' must be '1-comma-quote-steps=1-1.png' or '1-comma-quote-steps=1-1-training.png' or '1-comma-quote-steps=1-1-interpolations.png' or '1-comma-quote-steps=1-1-neighbours.png', not '1-comma-quote-steps=1-1-trainin.png'"
    ),
    (
      "neighbours.csv", ",training,", ",test,",
      "neighbours.csv:2:1: 'origin' must be training or drawn, not 'test'"
    ),
    (
      "neighbours.csv", "2.25", "",
      "neighbours.csv:2:1: 'held_out' must be a number from 0, not ''"
    ),
    (
      "reference_points.csv", "0,mode", "2,mode",
      "reference_points.csv:3:1: references.csv has no row 2"
    ),
    (
      "reference_points.csv", "0,mode", "0,moed",
      "reference_points.csv:3:1: 'kind' must be real or mode, not 'moed'"
    ),
  ])
  func damage(_ file: String, _ old: String, _ new: String, _ message: String) throws {
    #expect(try complaint(file, old, new) == message)
  }

  @Test func missingRowsFilesAndPictures() throws {
    var records = records()
    records.runs.removeLast()
    try records.write(to: path, plan: plan)
    #expect(
      throws: RecordsError.invalid([
        Diagnostic(
          Place(file: path + "/runs.csv"), "no row for arm 'comma, \"quote\" steps=2' with seed 3")
      ])
    ) { try read() }
    try self.records().write(to: path, plan: plan)
    try FileManager.default.removeItem(atPath: path + "/grids/real-0.png")
    #expect { try read() } throws: {
      "\($0)".hasSuffix("there is no picture \(path)/grids/real-0.png")
    }
    try folder.write([1, 2, 3], to: "reports/x/grids/real-0.png")
    #expect { try read() } throws: { "\($0)" == "\(path)/grids/real-0.png: not a PNG file" }
    try FileManager.default.removeItem(atPath: path + "/clouds.csv")
    #expect { try read() } throws: {
      "\($0)" == "\(path)/clouds.csv: no such file; make the report again from the store"
    }
  }

  /// The tables of earlier versions have neither notes nor neighbours.
  @Test func earlierTablesAreRead() throws {
    var records = records()
    records.grids = [SampleGrid(arm: 1, seed: 1, png: Self.png(1))]
    records.neighbours = []
    try self.records().write(to: path, plan: plan)
    try records.write(to: path, plan: plan)
    #expect(!(try folder.files().contains("reports/x/neighbours.csv")))
    let table = String(decoding: try folder.bytes("reports/x/grids.csv"), as: UTF8.self)
    #expect(table.hasPrefix("arm,seed,file\n"))
    #expect(try read() == records)
  }

  @Test func anotherConfigurationIsNoticed() throws {
    try records().write(to: path, plan: plan)
    #expect {
      try read { arm, seed in arm.index == 1 && seed == 3 ? id(9, 9) : id(arm.index, seed) }
    } throws: {
      "\($0)" == "\(path)/runs.csv:5:1: arm 'comma, \"quote\" steps=1' with seed 3 is run "
        + "000000000000… here, but the experiment asks for 000000000000…; its configuration changed"
    }
  }

  @Test func linesMayEndInCRLF() throws {
    try records().write(to: path, plan: plan)
    let text = String(decoding: try folder.bytes("reports/x/training.csv"), as: UTF8.self)
    try folder.write(Array(text.replacing("\n", with: "\r\n").utf8), to: "reports/x/training.csv")
    #expect(try read() == records())
  }
}
