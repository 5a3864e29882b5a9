import Foundation
import Testing

/// The tables and experiments that `list` shows.
@Suite(.needsCommand, .tags(.command)) struct ListCommandTests {
  private func json(_ output: String) throws -> [[String: Any]] {
    try #require(
      try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [[String: Any]])
  }

  @Test func namesEveryTable() async throws {
    let space = try Workspace()
    let all = try await space.saddle("list")
    #expect(all.status == 0)
    let names = all.output.split(whereSeparator: { $0.isWhitespace || $0 == "," }).map(String.init)
    for word in ["losses", "wgan-gp", "frechet", "ring8", "schedules", "rational-quadratic"] {
      #expect(names.contains(word), "\(word)")
    }
    #expect(!all.output.contains("1704.00028"), "an overview has no details")
    #expect(all.output.hasSuffix("of\nExperiments/\n"))
  }

  @Test func showsATable() async throws {
    let space = try Workspace()
    let table = try await space.saddle("list", "penalties").output
    for word in ["penalty", "Penalty", "PENALTIES"] {
      #expect(table == (try await space.saddle("list", word)).output, "\(word)")
    }
    #expect(
      table.hasPrefix(
        "Penalties (settings: generator.penalty, penalty; an entry is named by its key\npreset)\n"))
    for text in [
      "\n  E        the mean over a batch\n", "\nwgan-gp: Slope one on lines ",
      "\n  arXiv:1704.00028\n  a preset of gradient with its defaults\n",
      "\n  a preset of gradient with where: real, target: zero, scale: 0.5\n",
      "\n  weight   the weight (at least 0, or a schedule; default 10)\n",
      "\nschedules: saddle list schedules\n",
    ] {
      #expect(table.contains(text), "\(text)")
    }
    let layers = try await space.saddle("list", "layers").output
    #expect(layers.contains("\nnormalizers are layers too: batch, "))
    #expect(!layers.contains("\nbatch: "))
  }

  @Test func showsAnEntry() async throws {
    let space = try Workspace()
    let entry = try await space.saddle("list", "hinge")
    #expect(entry.status == 0 && !entry.output.contains("wasserstein"))
    #expect(
      entry.output.hasSuffix(
        """
        loss hinge: The hinge game
          critic     E[1−r]₊ + E[1+f]₊
          generator  −E f
          arXiv:1705.02894

        """))
    #expect(entry.output == (try await space.saddle("list", "losses", "hinge")).output)
    // All settings of a preset that is shown alone, with its own defaults.
    let preset = try await space.saddle("list", "penalty", "r1").output
    #expect(preset.contains("default real)\n") && preset.contains("default 0.5)\n"))
    // Entries of one name in several tables, and one that two tables share.
    let linear = try await space.saddle("list", "linear").output
    #expect(linear.contains("layer linear: ") && linear.contains("schedule linear: "))
    let batch = try await space.saddle("list", "batch").output
    #expect(batch.hasPrefix("normalizer batch: ") && !batch.contains("layer batch"))
    #expect(try await space.saddle("list", "layers", "batch").output.hasPrefix("layer batch: "))
  }

  @Test func unknownWordsGetAHint() async throws {
    let space = try Workspace()
    for (words, message) in [
      (["hnige"], "no table or entry 'hnige'; did you mean 'hinge'?"),
      (["lossess"], "no table or entry 'lossess'; did you mean 'losses'?"),
      (["experimens"], "no table or entry 'experimens'; did you mean 'experiments'?"),
      (["losses", "hing"], "no loss 'hing'; did you mean 'hinge'?"),
      (["lsses", "hinge"], "no table 'lsses'; did you mean 'losses'?"),
      (["qqqqqqqqqqqq"], "no table or entry 'qqqqqqqqqqqq'; there are: experiments, losses, "),
      (["hinge", "--markdown"], "'--markdown' takes a table, not an entry"),
      (["experiments", "--markdown"], "'--markdown' takes no more than a table"),
      (["--json", "--markdown"], "Give '--json' or '--markdown', not both."),
      (["a", "b", "c"], "Give a table and an entry at most."),
    ] {
      let result = try await space.saddle(["list"] + words)
      #expect(result.status == 2 && result.output.isEmpty)
      #expect(result.errors.contains(message), "\(words): \(result.errors)")
    }
  }

  @Test func documentsHaveRangesAndDefaults() async throws {
    let space = try Workspace()
    let all = try json(try await space.saddle("list", "--json").output)
    #expect(all.compactMap { $0["table"] as? String }.contains("metric kernel"))
    let table = try #require(
      try json(try await space.saddle("list", "penalty", "--json").output).first)
    #expect(table["selector"] as? String == "preset")
    let entries = try #require(table["entries"] as? [[String: Any]])
    let preset = try #require(entries.first { $0["name"] as? String == "r1" })
    #expect(preset["presetOf"] as? String == "gradient")
    #expect((preset["formula"] as? String)?.isEmpty == false)
    let parameters = try #require(preset["parameters"] as? [[String: Any]])
    let weight = try #require(parameters.first { $0["name"] as? String == "weight" })
    #expect(weight["default"] as? Double == 10 && weight["required"] as? Bool == false)
    let schedule = try #require(weight["type"] as? [String: Any])
    #expect(schedule["of"] as? String == "schedule")
    let type = try #require(schedule["bare"] as? [String: Any])
    #expect(type["type"] as? String == "real" && type["minimum"] as? Double == 0)
    #expect(type["includesMinimum"] as? Bool == true && type["maximum"] is NSNull)
    let one = try json(try await space.saddle("list", "linear", "--json").output)
    #expect(one.compactMap { $0["table"] as? String } == ["architecture", "layer", "schedule"])
    #expect(one.allSatisfy { ($0["entries"] as? [Any])?.count == 1 })
  }

  @Test func experimentsAndTheirQuestions() async throws {
    let space = try Workspace(["tiny": Workspace.tiny, "a-broken": "question: \u{7F}?\nx: 1\n"])
    let list = try await space.saddle("list", "experiments")
    #expect(list.status == 0)
    let lines = list.output.split(separator: "\n")
    #expect(lines.count == 2)
    #expect(lines[0].hasPrefix("a-broken  broken: Experiments/a-broken.yaml:"))
    #expect(lines[1] == "tiny      Does a penalty help?")
    let documents = try json(try await space.saddle("list", "experiments", "--json").output)
    #expect(documents.map { $0["error"] is NSNull } == [false, true])
    #expect(documents[1]["question"] as? String == "Does a penalty help?")
  }

  /// Only a missing folder has no experiments; one that cannot be listed may have some.
  @Test func noExperimentsAreToldFromUnreadableOnes() async throws {
    let space = try Workspace([".#tiny": "", ".hidden": ""])
    for command in [["list", "experiments"], ["status"]] {
      let result = try await space.saddle(command)
      #expect(result.status == 0 && result.output.hasSuffix("no experiments in Experiments/\n"))
    }
    #expect(
      try await space.saddle("plan", "x").errors == "saddle: Experiments/x.yaml: no such file\n")
    try space.write(Workspace.tiny, to: "Experiments/tiny.yaml")
    let other = try await space.saddle("plan", "x")
    #expect(other.errors == "saddle: Experiments/x.yaml: no such file; there are: tiny\n")

    let folder = "\(space.path)/Experiments"
    try FileManager.default.removeItem(atPath: folder)
    #expect(try await space.saddle("list", "experiments").status == 0)
    // A link to itself stands for a folder that may not be read, for root may read all.
    try FileManager.default.createSymbolicLink(atPath: folder, withDestinationPath: "Experiments")
    for command in [["list", "experiments"], ["status"], ["plan", "x"]] {
      let result = try await space.saddle(command)
      #expect(result.status == 6 && result.output.isEmpty)
      #expect(result.errors.hasPrefix("saddle: Experiments: cannot list: "))
    }
  }
}
