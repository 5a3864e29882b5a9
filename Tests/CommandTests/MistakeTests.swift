import Foundation
import Testing

/// Every mistake ends with its exit status and a message that says where it is and what to do; none is a crash.
@Suite(.needsCommand, .tags(.command)) struct MistakeTests {
  private func expect(
    _ arguments: [String], in space: Workspace, status: Int32, _ errors: String,
    environment: [String: String] = [:], sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let result = try await space.saddle(arguments, environment: environment)
    #expect(result.status == status, sourceLocation: sourceLocation)
    #expect(result.errors == errors, sourceLocation: sourceLocation)
    #expect(result.output.isEmpty, sourceLocation: sourceLocation)
    #expect(!space.exists("reports") && !space.exists("results"), sourceLocation: sourceLocation)
  }

  @Test(arguments: ["sweep", "plan", "report"])
  func noSuchExperiment(_ verb: String) async throws {
    let space = try Workspace(["tiny": Workspace.tiny, "other": Workspace.tiny])
    try await expect(
      [verb, "tinny"], in: space, status: 2,
      "saddle: Experiments/tinny.yaml: no such file; there are: other, tiny\n")
    try await expect([verb, "a/b.yaml"], in: space, status: 2, "saddle: a/b.yaml: no such file\n")
  }

  @Test(arguments: ["sweep", "plan"])
  func unknownKey(_ verb: String) async throws {
    let space = try Workspace(["tiny": Workspace.tiny.replacing("steps: 40", with: "stebs: 40")])
    try await expect(
      [verb, "tiny"], in: space, status: 2,
      "saddle: Experiments/tiny.yaml:6:11: unknown key 'stebs' in 'train'; did you mean 'steps'?\n")
  }

  @Test func unknownKeyOfAnOption() async throws {
    try await expect(
      ["sweep", "tiny", "--set", "train.stebs=4"], in: try Workspace(), status: 2,
      "saddle: --set train.stebs=4: unknown key 'stebs' in 'train'; did you mean 'steps'?\n")
  }

  @Test func badYAML() async throws {
    let space = try Workspace(["tiny": "question: [unclosed\nseeds: 3\n"])
    let result = try await space.saddle("sweep", "tiny")
    #expect(result.status == 2)
    #expect(result.errors.hasPrefix("saddle: Experiments/tiny.yaml:"))
    #expect(result.lines.count == 1)
    #expect(!space.exists("results"))
  }

  @Test func allMistakesAtOnce() async throws {
    let text = Workspace.tiny.replacing("steps: 40", with: "steps: none")
      .replacing("ring8", with: "rang8").replacing("seeds: 3", with: "seeds: -1")
    let result = try await Workspace(["tiny": text]).saddle("plan", "tiny")
    #expect(result.status == 2)
    #expect(result.lines.count == 3)
  }

  @Test(arguments: ["sweep", "plan", "report"])
  func unknownInstructionSet(_ verb: String) async throws {
    try await expect(
      [verb, "tiny"], in: try Workspace(), status: 2,
      "saddle: SADDLE_ISA: no instruction set 'neon'; there are avx512, avx2, portable\n",
      environment: ["SADDLE_ISA": "neon"])
  }

  @Test func noDataFolder() async throws {
    let space = try Workspace(["tiny": Workspace.tiny.replacing("ring8", with: "mnist")])
    let unset =
      "the data set 'mnist' is read from files: set SADDLE_DATA to the folder that holds the folder "
      + "'mnist'\n"
    try await expect(["sweep", "tiny"], in: space, status: 2, "saddle: " + unset)
    try await expect(
      ["sweep", "tiny"], in: space, status: 2,
      "saddle: /nowhere/mnist/train-images-idx3-ubyte.gz: no such file of the data set 'mnist'; "
        + "SADDLE_DATA must name the folder that holds the folder 'mnist', which "
        + "'saddle data fetch mnist' fills\n",
      environment: ["SADDLE_DATA": "/nowhere"])
    // What a file says can be checked where its data are not.
    let plan = try await space.saddle("plan", "tiny")
    #expect(plan.status == 0)
    #expect(plan.errors == "warning: " + unset)
  }

  @Test(arguments: ["sweep", "plan"])
  func corruptData(_ verb: String) async throws {
    let space = try Workspace(["tiny": Workspace.tiny.replacing("ring8", with: "mnist")])
    try space.writeDigitImages()
    var bytes = try space.bytes("data/mnist/train-images-idx3-ubyte")
    bytes.removeLast(100)
    try space.write(bytes, to: "data/mnist/train-images-idx3-ubyte")
    let file = "\(space.path)/data/mnist/train-images-idx3-ubyte"
    let environment = ["SADDLE_DATA": "\(space.path)/data"]
    try await expect(
      [verb, "tiny"], in: space, status: 2,
      "saddle: \(file): truncated or damaged: \(bytes.count - 16) bytes of elements for the IDX "
        + "shape [80, 28, 28]; 'saddle data fetch mnist' gets the published files\n",
      environment: environment)
    bytes[3] = 0
    try space.write(bytes, to: "data/mnist/train-images-idx3-ubyte")
    try await expect(
      [verb, "tiny"], in: space, status: 2,
      "saddle: \(file): not an IDX file; 'saddle data fetch mnist' gets the published files\n",
      environment: environment)
  }

  /// Only data that are not there let a plan be shown without them.
  @Test(arguments: ["sweep", "plan"])
  func folderWithOtherFiles(_ verb: String) async throws {
    let text = Workspace.tiny.replacing("ring8", with: "{name: images, folder: faces}")
    let space = try Workspace(["tiny": text])
    let environment = ["SADDLE_DATA": "\(space.path)/data"]
    let absent = "\(space.path)/data/faces: no such folder\n"
    if verb == "plan" {
      let plan = try await space.saddle([verb, "tiny"], environment: environment)
      #expect(plan.status == 0 && plan.errors == "warning: " + absent)
    } else {
      try await expect(
        [verb, "tiny"], in: space, status: 2, "saddle: " + absent, environment: environment)
    }
    try space.write("x", to: "data/faces/a.jpg")
    try await expect(
      [verb, "tiny"], in: space, status: 2,
      "saddle: \(space.path)/data/faces/a.jpg: not a PNG file; the folder of 'images' may hold PNG "
        + "and hidden files alone\n",
      environment: environment)
  }

  /// Damaged data are refused also where those of an earlier arm are not there.
  @Test func damageBesideAbsence() async throws {
    let text = Workspace.tiny.replacing("  data: ring8\n", with: "")
      .replacing("none: {}", with: "none: {data: mnist}")
      .replacing("r1: {", with: "r1: {data: {name: images, folder: faces}, ")
      .replacing("baseline: {regularizer: none}\n", with: "")
    let space = try Workspace(["tiny": text])
    try space.write("x", to: "data/faces/a.jpg")
    let plan = try await space.saddle(
      "plan", "tiny", environment: ["SADDLE_DATA": "\(space.path)/data"])
    #expect(plan.status == 2)
    #expect(plan.lines.last?.contains("/data/faces/a.jpg: not a PNG file") == true)
    #expect(plan.output.isEmpty)
  }

  @Test func storeThatCannotBeWritten() async throws {
    let space = try Workspace()
    try space.write("x", to: "file")
    let result = try await space.saddle("sweep", "tiny", "--store", "file")
    #expect(result.status == 6)
    #expect(result.lines.last == "saddle: file/partial: cannot make the folder: Not a directory")
    #expect(result.lines.count == 2)
    let system = try await space.saddle("sweep", "tiny", "--store", "/proc/store")
    #expect(system.status == 6)
    #expect(
      system.lines.last == "saddle: /proc/store: cannot make the folder: No such file or directory")
    #expect(!space.exists("reports"))
  }

  @Test func reportFolderThatCannotBeWritten() async throws {
    let space = try Workspace()
    try space.write("x", to: "reports")
    let result = try await space.saddle("sweep", "tiny")
    #expect(result.status == 6)
    #expect(result.lines.last?.hasPrefix("saddle: reports/tiny") == true)
  }

  @Test func metricThatTheDataDoNotHave() async throws {
    let text = Workspace.tiny.replacing("ring8", with: "mnist") + "  modes: {goal: max}\n"
    let space = try Workspace(["tiny": text])
    try space.writeDigitImages()
    let result = try await space.saddle(
      "sweep", "tiny", environment: ["SADDLE_DATA": "\(space.path)/data"])
    #expect(result.status == 2)
    let message = "metric 'modes' needs the true modes, and the data set mnist has none"
    let last = try #require(result.lines.last)
    #expect(last.hasPrefix("saddle: Experiments/tiny.yaml:") && last.contains(message))
    #expect(!result.errors.contains("failed:"))
  }

  @Test(arguments: [
    (["sweep", "tiny", "--jobs", "0"], "Error: --jobs must be at least 1"),
    (
      ["sweep", "tiny", "--jobs", "many"], "Error: The value 'many' is invalid for '--jobs <jobs>'"
    ),
    (["swep"], "Error: Unexpected argument 'swep'"),
    (["sweep", "tiny", "--retry"], "Error: Unknown option '--retry'"),
    (["sweep"], "Error: Missing expected argument '<experiment>'"),
    (["list", "losses", "hinge", "more"], "Error: Give a table and an entry at most."),
  ])
  func usage(_ arguments: [String], _ message: String) async throws {
    let result = try await Workspace().saddle(arguments)
    #expect(result.status == 2)
    #expect(result.lines.first?.hasPrefix(message) == true, "\(result.errors)")
    #expect(result.errors.contains("Usage: saddle"))
    #expect(result.output.isEmpty)
  }

  @Test func unknownTable() async throws {
    let result = try await Workspace().saddle("list", "lozz")
    #expect(result.status == 2)
    #expect(result.errors.hasPrefix("saddle: no table or entry 'lozz'; there are: "))
  }

  /// The report's folder bears the file's name, which must not lead out of `reports`.
  @Test(arguments: ["...yaml", "..yaml"])
  func nameThatIsAFolder(_ name: String) async throws {
    let space = try Workspace([:])
    try space.write(Workspace.tiny, to: "Experiments/\(name)")
    let result = try await space.saddle("sweep", "Experiments/\(name)")
    #expect(result.status == 2)
    #expect(!space.exists("README.md") && !space.exists("runs.csv"))
  }
}

extension Workspace {
  /// Files of the form of MNIST with 80 images to train on and 80 held out, drawn by a rule.
  func writeDigitImages() throws {
    func number(_ value: Int) -> [UInt8] { (0..<4).map { UInt8(value >> (24 - 8 * $0) & 255) } }
    for (split, shift) in [("train", 0), ("t10k", 3)] {
      let pixels = (0..<80 * 784).map { UInt8(($0 * 7 + $0 / 784 * 31 + shift) % 256) }
      try write(
        [0, 0, 8, 3] + number(80) + number(28) + number(28) + pixels,
        to: "data/mnist/\(split)-images-idx3-ubyte")
      try write(
        [0, 0, 8, 1] + number(80) + (0..<80).map { UInt8($0 % 10) },
        to: "data/mnist/\(split)-labels-idx1-ubyte")
    }
  }
}
