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
    for word in [
      "loss\n", "penalty\n", "  wgan-gp: ", "1704.00028", "  frechet: ", "  ring8: ", "schedule\n",
      "  cosine: ", "\nkernel\n", "  rational-quadratic: ", "      a preset of gradient\n",
    ] {
      #expect(all.output.contains(word), "\(word)")
    }
    let one = try await space.saddle("list", "losses")
    #expect(one.output == (try await space.saddle("list", "loss")).output)
    #expect(one.output.hasPrefix("loss\n  nonsaturating: "))
    #expect(!one.output.contains("wgan-gp"))
    let none = try await space.saddle("list", "lsos")
    #expect(none.status == 2 && none.errors.contains("no table 'lsos'; there are loss, "))
  }

  @Test func documentsHaveRangesAndDefaults() async throws {
    let space = try Workspace()
    let all = try json(try await space.saddle("list", "--json").output)
    #expect(all.compactMap { $0["table"] as? String }.contains("kernel"))
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
