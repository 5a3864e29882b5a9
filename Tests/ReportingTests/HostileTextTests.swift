import Catalog
import Foundation
import Records
import Reporting
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// Whatever an experiment is called, it stays text: in the page, in gnuplot's scripts and in the
/// drawings.
@Suite struct HostileTextTests {
  /// A file that no command may create.
  private static let trap = NSTemporaryDirectory() + "saddle-hostile-trap"

  private static let hostile = [
    "`touch \(trap)`", "'; system(\"touch \(trap)\") #", "a\nset output '\(trap)'\nplot x",
    "| a | b |\n\n# heading", "<script>alert(1)</script>", "@DATA %d %s %05.2f %", "[x](y) ![z](w)",
    "\\'\\\"\\", "$x^2$ {/Bold b}_a ~~s~~ *e*", "</summary></details>", "\u{2028}\u{0}\u{1b}[31m",
    "'", "",
    "''; system(\"touch \(trap)\") #", "'''", "ends in a backslash\\", "ends in a quote'",
  ]

  /// The small experiment's shape with its free texts given, all of them of at most 40 characters.
  private func experiment(_ texts: [String], numberFirst: Bool) -> (
    plan: Plan, records: CompactRecords
  ) {
    func text(_ index: Int) -> String {
      let text = texts[index % texts.count]
      return numberFirst ? "\(index)\(text)" : "\(text)\(index)"
    }
    var grid = GridPlan(
      axes: [
        Axis(name: text(0), labels: [text(1), text(2)]),
        Axis(name: text(3), labels: [text(4), text(5), text(6)]),
      ], baseline: [text(3): text(4)], seeds: Array(0..<6),
      metrics: [GridPlan.metric(text(7), .min, primary: true), GridPlan.metric(text(8), .max)])
    grid.question = text(9)
    grid.name = text(10)
    grid.claims = [Claim(id: text(11), arms: [1, 2], metric: text(7), statement: .reaches(2))]
    grid.exclusions = [
      Exclusion(
        when: [Coordinate(axis: text(0), label: text(1))], why: text(12), count: 1)
    ]
    grid.warnings = [text(13)]
    grid.mentions = [
      Mention(table: "thing", entry: text(14)), Mention(table: text(15), entry: text(16)),
    ]
    grid.settings = [text(17): .text(text(18))]
    let plan = grid.plan
    var records = SyntheticRecords(plan: plan, level: { Double($0.index % 3) / 2 + 0.4 })
    records.modes = Experiments.ring
    records.protocolText = text(19)
    return (plan, records.records)
  }

  private func tables(_ texts: [String], numberFirst: Bool) -> [EntryTable] {
    func text(_ index: Int) -> String {
      let text = texts[index % texts.count]
      return numberFirst ? "\(index)\(text)" : "\(text)\(index)"
    }
    let entry = EntryDescription(
      text(14), text(20), formula: text(21).replacing(";", with: ","), source: text(22),
      parameters: [.boolean(text(23), default: true, text(24))])
    return [Table<Int>("thing", [Entry(entry, 0)]).description]
  }

  /// Each hostile text alone beside plain ones of the same length, so that nothing but the quoted
  /// text may differ.
  @Test(arguments: hostile, [true, false])
  func changesNoStructure(_ text: String, numberFirst: Bool) throws {
    let plain = String(repeating: "k", count: max(1, text.count))
    let hostileTexts = [text.isEmpty ? " " : text]
    let (plan, records) = experiment(hostileTexts, numberFirst: numberFirst)
    let (plainPlan, plainRecords) = experiment([plain], numberFirst: numberFirst)
    let report = try Report(
      plan: plan, records: records, tables: tables(hostileTexts, numberFirst: numberFirst))
    let standard = try Report(
      plan: plainPlan, records: plainRecords, tables: tables([plain], numberFirst: numberFirst))
    let (page, plainPage) = (Self.skeleton(report.page), Self.skeleton(standard.page))
    #expect(page == plainPage, "\(zip(page, plainPage).first { $0 != $1 } ?? ("", ""))")
    let scripts = report.files.filter { $0.path.hasSuffix(".gp") }
    let plainScripts = standard.files.filter { $0.path.hasSuffix(".gp") }
    #expect(scripts.count == plainScripts.count && scripts.count > 3)
    for (script, plainScript) in zip(scripts, plainScripts) {
      #expect(Self.commands(script) == Self.commands(plainScript), "\(script.path)")
    }
    for file in report.files {
      #expect(file.path.wholeMatch(of: /README\.md|figures\/[a-z0-9-]+\.[a-z]+/) != nil)
    }
  }

  /// Per line outside code: its kind, how many cells it has, and its HTML tags.
  private static func skeleton(_ page: String) -> [String] {
    var isFenced = false
    return page.split(separator: "\n", omittingEmptySubsequences: false).compactMap { line in
      if line.hasPrefix("```") { isFenced.toggle() }
      if isFenced { return nil }
      var cells = 0
      var isEscaped = false
      for character in line {
        if character == "|", !isEscaped, line.hasPrefix("|") { cells += 1 }
        isEscaped = character == "\\" && !isEscaped
      }
      let kind = line.first.map { "#|<>-`".contains($0) ? String($0) : "t" } ?? ""
      let tags = withoutCode(line).matches(of: /<\/?[a-z]+/).map { String($0.output) }
      return "\(kind) \(cells) \(tags)"
    }
  }

  /// A line without its code spans: a run of backquotes, not escaped, up to the next run of the
  /// same length.
  private static func withoutCode(_ line: Substring) -> String {
    var result = ""
    var rest = line
    while let character = rest.first {
      if character == "\\" {
        result += rest.prefix(2)
        rest = rest.dropFirst(2)
        continue
      }
      guard character == "`" else {
        result.append(rest.removeFirst())
        continue
      }
      let fence = rest.prefix { $0 == "`" }
      rest = rest.dropFirst(fence.count)
      while !rest.isEmpty {
        let run = rest.prefix { $0 == "`" }
        rest = rest.dropFirst(max(1, run.count))
        if run.count == fence.count { break }
      }
    }
    return result
  }

  /// A script without what stands in single quotes.
  private static func commands(_ file: ReportFile) -> [String] {
    String(decoding: file.bytes, as: UTF8.self)
      .split(separator: "\n").dropFirst()
      .map { String($0.replacing(/'[^']*'/, with: "''")) }
  }

  @Test(arguments: [true, false]) func drawsThem(numberFirst: Bool) async throws {
    try? FileManager.default.removeItem(atPath: Self.trap)
    let (plan, records) = experiment(Self.hostile, numberFirst: numberFirst)
    let report = try await Report(
      plan: plan, records: records, tables: tables(Self.hostile, numberFirst: numberFirst)
    )
    .drawn()
    try report.keep("hostile-\(numberFirst)")
    #expect(!FileManager.default.fileExists(atPath: Self.trap))
    let drawings = report.files.filter { $0.path.hasSuffix(".svg") }
    #expect(drawings.count > 3)
    for drawing in drawings {
      let parser = XMLParser(data: Data(drawing.bytes))
      #expect(parser.parse(), "\(drawing.path): \(String(describing: parser.parserError))")
      let text = String(decoding: drawing.bytes, as: UTF8.self)
      #expect(!text.contains("<script"))
    }
    let all = drawings.map { String(decoding: $0.bytes, as: UTF8.self) }.joined()
    // The characters that gnuplot could have replaced are there as they were written.
    #expect(all.contains("@DATA %d %s %05.2f %") && all.contains("`touch"))
  }
}
