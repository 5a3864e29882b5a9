import Catalog
import Foundation
import Records
import Testing

@testable import Reporting

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// Baselines as text, and the forms in which a check is written for machines.
@Suite struct BaselineTests {
  private static let hostile =
    "\"<a&b>\u{1b}[31m]]>\n::error::x%\r\u{2028}\u{85}\u{7f}\u{feff}\u{0}##[error]',\\"

  private func hostileExperiment() -> CheckedExperiment {
    var experiment = CheckedExperiment()
    experiment.grid.axes[0] = Axis(name: "loss", labels: [Self.hostile, "::warning::y"])
    experiment.grid.metrics[0] = GridPlan.metric(Self.hostile, .min, primary: true)
    experiment.grid.claims = [
      Claim(
        id: Self.hostile, arms: [0], metric: Self.hostile, statement: .reaches(-5),
        place: Place(file: "a,b:c.yaml", line: 4, column: 2))
    ]
    return experiment
  }

  @Test func readsBackAsWritten() throws {
    var experiment = CheckedExperiment()
    experiment.run = { run in
      run.seed == 3
        ? run.with(state: .diverged, metrics: [nil, nil])
        : run.with(metrics: [1e-300 / Double(run.seed + 3), -0.1])
    }
    for baseline in [try experiment.baseline, try hostileExperiment().baseline] {
      let text = baseline.text
      let again = try Baseline(text, path: "b.json")
      #expect(again.text == text && again.arms.map(\.runs) == baseline.arms.map(\.runs))
      #expect(again.arms.map(\.trace) == baseline.arms.map(\.trace))
      #expect(!text.contains(",]") && text.hasSuffix("}\n"))
    }
  }

  /// One run that changes changes its own lines and the sum alone.
  @Test func smallDifferences() throws {
    var experiment = CheckedExperiment()
    let before = try experiment.baseline.text.split(separator: "\n")
    experiment.run = { $0.arm == 1 && $0.seed == 2 ? $0.with(digest: "x", metrics: [5, 5]) : $0 }
    let after = try experiment.baseline.text.split(separator: "\n")
    #expect(before.count == after.count)
    #expect(zip(before, after).count { $0 != $1 } == 3)
  }

  @Test func everyDamageIsFound() throws {
    let text = try CheckedExperiment().baseline.text
    let bytes = Array(text.utf8)
    for index in stride(from: 0, to: bytes.count, by: 311) {
      var changed = bytes
      changed[index] = changed[index] == UInt8(ascii: "1") ? UInt8(ascii: "2") : UInt8(ascii: "1")
      let damaged = String(decoding: changed, as: UTF8.self)
      #expect(throws: BaselineError.self) { try Baseline(damaged, path: "b.json") }
      let cut = String(decoding: bytes[..<index], as: UTF8.self)
      #expect(throws: BaselineError.self) { try Baseline(cut, path: "b.json") }
    }
  }

  @Test(arguments: [
    ("\"format\": 2", "\"format\": 1", "b.json: of format 1, and this program reads format 2"),
    ("\"seed\": 3,", "\"seed\": \"3\",", "b.json: 'arms[0].runs[3].seed' must be a whole number"),
    ("\"seed\": 3,", "\"seed\": 9,", "b.json: changed after it was written"),
    ("\"seed\": 3,", "\"seed\":3,", "b.json:44:1: not as 'saddle accept' writes it"),
    ("\"seed\": 3,", "\"seed\": 2,", "b.json: 'arms[0].runs[3].seed' is given twice: 2"),
    ("\"hinge · gp\"", "\"hinge · none\"", "b.json: 'arms[1].name' is given twice: hinge · none"),
    ("\"name\": \"modes\"", "\"name\": \"frechet\"", "b.json: 'metrics[1].name' is given twice"),
    (
      "[\"frechet\", \"modes\"]", "[\"modes\", \"frechet\"]",
      "b.json: 'arms[0].asked' must be names"
    ),
    ("\"state\": \"done\",", "\"state\": \"fine\",", "b.json: 'arms[0].runs[0].state' must be"),
    ("\"dead\": false,", "", "b.json: 'arms[0].runs[0]' has no 'dead'"),
    ("\"dead\": false,", "\"dead\": false, \"dead\": false,", "b.json:9:11: given more than once"),
    ("\"dead\": false,", "\"dead\": no,", "b.json: 'arms[0].runs[0].dead' must be true or false"),
    ("\"dead\": false,", "dead: false,", "b.json:9:1: not as 'saddle accept' writes it"),
    ("\"dead\": false,", "\"dead\" false,", "b.json:9:18: syntax error"),
    ("\"dead\": false,", "\"dead\": false, \"x\": 1,", "b.json:"),
  ])
  func mistakesAreNamed(_ old: String, _ new: String, _ message: String) throws {
    let text = try CheckedExperiment().baseline.text
    let range = try #require(text.range(of: old))
    let error = #expect(throws: BaselineError.self) {
      try Baseline(text.replacingCharacters(in: range, with: new), path: "b.json")
    }
    #expect(error?.description.hasPrefix(message) == true, "\(String(describing: error))")
  }

  @Test func deepNesting() {
    let text = String(repeating: "[", count: 100_000)
    #expect(throws: BaselineError.self) { try Baseline(text, path: "b.json") }
  }

  // MARK: For machines

  private final class Cases: NSObject, XMLParserDelegate {
    var cases: [[String: String]] = []
    var results: [String] = []

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
      qualifiedName: String?, attributes: [String: String] = [:]
    ) {
      if name == "testcase" { cases.append(attributes) }
      if name == "failure" || name == "skipped" { results.append(name) }
    }
  }

  @Test func junitUnderHostileText() throws {
    var now = hostileExperiment()
    now.run = { $0.arm == 0 ? $0.with(digest: "other", metrics: [9, 9]) : $0 }
    let check = try now.check(against: hostileExperiment())
    let text = JUnitReport(check).text
    let parser = XMLParser(data: Data(text.utf8))
    let cases = Cases()
    parser.delegate = cases
    #expect(parser.parse(), "\(String(describing: parser.parserError))")
    // Two metrics in six arms, a claim, a finding.
    #expect(cases.cases.count == 14)
    #expect(cases.results == ["failure", "failure", "failure", "failure"])
    #expect(text.contains("tests=\"14\" failures=\"4\" errors=\"0\" skipped=\"0\""))
    let shown = Self.hostile.replacing("\u{1b}", with: "\u{FFFD}").replacing(
      "\u{0}", with: "\u{FFFD}")
    #expect(cases.cases[0]["name"] == shown)
  }

  @Test func linesUnderHostileText() throws {
    var now = hostileExperiment()
    now.run = { $0.with(digest: "other", metrics: [9, 9]) }
    let check = try now.check(against: hostileExperiment())
    let lines = check.text(path: "b").split(separator: "\n", omittingEmptySubsequences: false)
    #expect(!lines.contains { $0.drop { $0 == " " }.hasPrefix("::") || $0.contains("##[") })
    let text = lines.joined(separator: "\n").unicodeScalars
    #expect(!text.contains { $0 != "\n" && $0.properties.generalCategory == .control })
    let annotations = GitHubAnnotations(check)
    #expect(annotations.lines.count == 2)
    for line in annotations.lines {
      #expect(line.hasPrefix("::error file=") && !line.contains("\n") && !line.contains("\r"))
    }
    #expect(
      annotations.lines[1].hasPrefix("::error file=a%2Cb%3Ac.yaml,line=4,col=2,title=checked%3A "))
  }

  /// Whatever changed, no line begins with a name that the experiment gives.
  @Test func linesBeginWithOurWords() throws {
    let command = "::error file=a::hi"
    func experiment() -> CheckedExperiment {
      var experiment = CheckedExperiment()
      experiment.grid.name = command
      experiment.grid.metrics = [GridPlan.metric(command, .min, primary: true)]
      return experiment
    }
    var (others, missing, retrained) = (experiment(), experiment(), experiment())
    others.run = { $0.with(metrics: [9]) }
    missing.run = { $0.with(state: .missing, digest: "", metrics: [nil]) }
    retrained.run = { $0.with(digest: "other") }
    for now in [experiment(), others, missing, retrained] {
      let text = try now.check(against: experiment()).text(path: command)
      #expect(text.contains(command))
      for line in text.split(separator: "\n") {
        #expect(!line.drop { $0 == " " }.hasPrefix("::"), "\(line)")
      }
    }
  }

  @Test func junitOfAnError() {
    let parser = XMLParser(data: Data(JUnitReport(experiment: "<a>", error: "\"b\" & c").text.utf8))
    let cases = Cases()
    parser.delegate = cases
    #expect(parser.parse())
    #expect(cases.cases.map { $0["classname"] } == ["<a>.findings"] && cases.results == ["failure"])
  }

  @Test func escapesOfGitHub() {
    #expect(GitHubAnnotations.data("50%\r\n,:") == "50%25%0D%0A,:")
    #expect(GitHubAnnotations.property("50%\n,:") == "50%25%0A%2C%3A")
  }
}
