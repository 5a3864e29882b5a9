import Catalog
import Testing

/// The words in which tables describe their entries.
@Suite struct EntryWordsTests {
  private static let kernel = Table<Int>(
    "kernel", fallback: "rbf",
    [
      Entry(
        EntryDescription(
          "rbf", "sum of Gaussians",
          parameters: [
            Parameter(
              "sigmas", .list(.real(.positive), count: 1...16),
              default: .list([.real(1), .real(2.5)]), "widths")
          ], shorthand: "sigmas"), 0)
    ]
  ).description

  private static let table = Table<Int>(
    "penalty",
    notation: Notation(
      symbols: [
        Notation.Symbol("r, f", "outputs"), Notation.Symbol("E", "mean"),
        Notation.Symbol("[u]₊", "positive part", marks: ["]₊"]),
        Notation.Symbol("e(x)", "error", marks: ["e("]),
      ]),
    [
      Entry(
        EntryDescription(
          "gradient", "by factors",
          formula: "critic E f(1; 2) − r; generator [1, 2); else 0.5. With a. b",
          source: "Doe, 1704.00028, table 3",
          parameters: [
            .real("weight", .nonnegative, default: 10, "the weight"),
            .choice("where", ["line", "real"], default: "line", "the place"),
            Parameter("kernel", .entry(kernel), default: .text("rbf"), "the kernel"),
          ]), 0),
      Entry(
        EntryDescription(
          "r1", "on reals", formula: "degree(x)", source: "1801.04406",
          parameters: [
            .real("weight", .nonnegative, default: 0.5, "the weight"),
            .choice("where", ["line", "real"], default: "real", "the place"),
            Parameter("kernel", .entry(kernel), default: .text("rbf"), "the kernel"),
          ], presetOf: "gradient"), 0),
    ]
  ).description

  @Test(arguments: [
    (ParameterType.boolean, "true or false"), (.integer(1...5), "a whole number from 1 to 5"),
    (.real(.unit), "from 0 to 1"), (.real(.halfOpen(0, 1)), "at least 0 and below 1"),
    (.real(.positive), "above 0"), (.choice(["a", "b", "c"]), "a, b or c"), (.text, "text"),
    (.list(.real(.positive), count: 2...2), "a list of 2, each above 0"),
    (.list(.choice(["a", "b"]), count: 0...3), "a list of 0 to 3, each a or b"),
    (
      .group([.boolean("x", default: true, ""), .boolean("y", default: true, "")]),
      "a map of x and y"
    ),
    (.entry(kernel), "a list of 1 to 16, each above 0, or a kernel"),
    (.entries(table), "none, a penalty or a list of them"),
  ])
  func whatASettingTakes(_ type: ParameterType, _ words: String) {
    #expect(type.words.plain == words)
  }

  @Test func tablesAreToldFromText() {
    #expect(ParameterType.entry(Self.kernel).words.tables == ["kernel"])
    #expect(ParameterType.choice(["kernel"]).words.tables.isEmpty)
  }

  @Test func formulasHaveALineForEachPart() throws {
    let lines = try #require(Self.table["gradient"]).formulaLines
    #expect(lines.map(\.player) == ["critic", "generator", "", "", ""])
    #expect(lines.map(\.text) == ["E f(1; 2) − r", "[1, 2)", "else 0.5", "With a", "b"])
  }

  @Test func sourcesHavePapers() throws {
    let citation = try #require(Self.table["gradient"]).citation
    #expect(citation.pieces == [.text("Doe, "), .paper("1704.00028"), .text(", table 3")])
    #expect(citation.plain == "Doe, arXiv:1704.00028, table 3")
  }

  @Test func presetsSayWhatTheyChange() throws {
    let entry = try #require(Self.table["r1"])
    let words = Self.table.words(of: entry)
    #expect(words.remarks.map(\.plain) == ["a preset of gradient with weight: 0.5, where: real"])
    #expect(words.parameters.isEmpty)
    #expect(words.summary == "On reals" && words.formula.map(\.text) == ["degree(x)"])
    #expect(Self.table.words(of: entry, isAlone: true).parameters.count == 3)
  }

  @Test func bareValues() throws {
    let words = Self.kernel.words(of: try #require(Self.kernel["rbf"]))
    #expect(words.remarks.map(\.plain) == ["a bare value is short for {sigmas: …}"])
  }

  /// `e(` at the end of `degree(` is no error of an autoencoder.
  @Test func legendsExplainWhatIsThere() throws {
    let first = Notation.needed(by: [Self.table.filtered { $0.name == "gradient" }])
    #expect(first.map { $0.symbols.map(\.text) } == [["r, f", "E"]])
    let second = Notation.needed(by: [Self.table.filtered { $0.name == "r1" }])
    #expect(second.flatMap(\.symbols).isEmpty)
  }

  @Test(arguments: [
    (Value.real(10), "10"), (.real(1e-5), "1e-5"), (.real(1e-12), "1e-12"), (.real(1e20), "1e20"),
    (.real(0.25), "0.25"), (.integer(-3), "-3"), (.boolean(true), "true"), (.null, "null"),
    (.text("around-real"), "around-real"), (.text(""), "\"\""), (.text("a: b"), "\"a: b\""),
    (.list([.real(0.5), .integer(2)]), "[0.5, 2]"),
    (.map(["name": .text("sgd"), "rate": .real(0.1)]), "{name: sgd, rate: 0.1}"),
  ])
  func valuesAsOneWritesThem(_ value: Value, _ text: String) {
    #expect(value.written == text)
  }

  /// A file that says `true` means the truth value.
  @Test func wordsThatMeanSomethingElseAreQuoted() {
    for word in ["true", "null", "False", "~"] {
      #expect(Value.text(word).written == "\"\(word)\"")
    }
  }

  @Test func pluralsAndSettings() throws {
    let index = TableIndex(
      [Self.table],
      configuration: [
        Parameter("critic", .group([Parameter("penalty", .entries(Self.table), "")]), "")
      ], others: [])
    #expect(index.all.map(\.plural) == ["penalties", "kernels"])
    #expect(index.settingsWords(of: Self.table)?.plain == "setting: critic.penalty")
    #expect(index.settingsWords(of: Self.kernel)?.plain == "setting: kernel of gradient")
    for word in ["penalty", "Penalties", "kernels"] { #expect(index.table(called: word) != nil) }
    #expect(index.table(called: "gradient") == nil)
  }

  /// Entries that two tables share are those of the first.
  @Test func sharedEntries() {
    let layers = Table<Int>(
      "layer", isKeyed: true,
      [
        Entry(
          EntryDescription(
            "linear", "a layer", parameters: [Parameter("outputs", .integer(1...9), "outputs")],
            shorthand: "outputs"), 0), Entry(Self.kernel.entries[0], 0),
      ]
    ).description
    let index = TableIndex([Self.kernel, layers], configuration: [], others: [])
    #expect(index.own(layers).entries.map(\.name) == ["linear"])
    #expect(index.shared(layers).map(\.title) == ["kernel"])
    #expect(index.own(Self.kernel).entries.map(\.name) == ["rbf"])
    #expect(index.shared(Self.kernel).isEmpty)
    #expect(
      layers.words(of: layers.entries[0]).remarks.map(\.plain)
        == ["linear: … is short for linear: {outputs: …}"])
  }
}
