import Catalog
import Records
import Testing

/// The exact words for each mistake that one can make in an experiment file.
@Suite struct MistakesTests {
  @Test func syntaxErrorsComeFirstAndAlone() {
    #expect(
      complaints("question: [Why?\nfixed: {daat: 1}\n")
        == "x.yaml:2:6: syntax error: did not find expected ',' or ']' "
        + "(while parsing a flow sequence that starts in line 1)")
    #expect(
      complaints("question: a\n\tfixed: 3\n")
        == "x.yaml:2:1: syntax error: found a tab character that violates indentation "
        + "(while scanning a plain scalar that starts in line 1); indent with spaces, not tabs")
    #expect(
      complaints("fixed:\n\tdata: ring8\n").hasSuffix("; indent with spaces, not tabs"))
    #expect(
      complaints("question: Does it help: yes or no?\n")
        == "x.yaml:1:23: syntax error: mapping values are not allowed in this context; "
        + "text with ': ' in it needs quotes")
    #expect(
      complaints("question: a\nseeds: 1\nquestion: b\nnonsense: 1\n")
        == "x.yaml:1:1: given more than once in one map: 'question'")
    #expect(
      complaints("a: 1\n---\nb: 2\n")
        == "x.yaml:2:1: syntax error: but found another document (expected a single document in the stream that starts in line 1)"
    )
    #expect(
      complaints("a: \u{1}\n") == "x.yaml:1:4: syntax error: control characters are not allowed")
    #expect(complaints("") == "x.yaml:1:1: the file is empty; it needs at least a 'question'")
    #expect(
      complaints("# nothing\n") == "x.yaml:1:1: the file is empty; it needs at least a 'question'")
    #expect(complaints("- 1\n") == "x.yaml:1:1: the file must be a map, not the list [1]")
    #expect(complaints("? [a, b]\n: 1\n") == "x.yaml:1:3: a key must be a word")
  }

  @Test(arguments: [
    ("a: &x 1\n", "1:4: anchors are"), ("a: 1\nb: [1, *x]\n", "2:8: aliases are"),
    ("a: !!int 1\n", "1:4: tags are"), ("- &a b\n", "1:3: anchors are"),
    ("&a b: 1\n", "1:1: anchors are"),
    ("? *a\n", "1:3: aliases are"), ("a: {b: &c 1}\n", "1:8: anchors are"),
    ("a: {\"b\":*c}\n", "1:9: aliases are"), ("--- !t\na: 1\n", "1:5: tags are"),
    ("%YAML 1.1\n---\na: 1\n", "1:1: directives are"),
    ("a: |\n  text\nb: *c\n", "3:4: aliases are"),
    ("é: 'x'\nü: &c 1\n", "2:4: anchors are"), ("a: 'it''s'\nb: *c\n", "2:4: aliases are"),
    ("a: \"\\\"\"\nb: *c\n", "2:4: aliases are"), ("a: b # c\n\nd:\n  *c\n", "4:3: aliases are"),
  ])
  func markupIsRefused(_ text: String, _ message: String) {
    #expect(complaints(text) == "x.yaml:\(message) not allowed here; write the value out")
  }

  @Test(arguments: [
    "a & b * c ! d", "'*a &b !c'", "\"*a\"", "|\n  *a\n  &b", ">\n  !c\n   *d", "a\n  *b\n  !c",
    "'a\n  *b'", "why? # *a", "x:*a",
  ])
  func textThatOnlyLooksLikeMarkupIsTaken(_ question: String) throws {
    let text = experiment().replacing("Why?", with: question)
    #expect(try !plan(text).question.isEmpty)
  }

  @Test func everythingIsReportedAtOnce() {
    let text = """
      qestion: Why?
      fixed:
        data: rnig8
        train.stpes: 5
        train: {batch: 0, rate: -1, note: 12}
        critic: {widths: [8, x], activation: rleu, bias: yes}
        evalaute: {every: 3}
        generator: 3
      axes:
        loss: [nonsaturating, {name: hinge, margn: 2}]
        penalty: [r1, {weight: 2}, {preset: drift, at: line}, {preset: r2}]
      seeds: -1
      metrics: {frechte: {goal: min}, modes: {goal: up, radius: 0}}
      """
    #expect(
      complaints(text) == """
        x.yaml:1:1: unknown key 'qestion'; did you mean 'question'?
        x.yaml:1:1: the experiment needs a 'question'
        x.yaml:3:9: unknown data set 'rnig8'; did you mean 'ring8'?
        x.yaml:4:3: unknown key 'stpes' in 'train'; did you mean 'steps'?
        x.yaml:5:18: 'train.batch' must be between 1 and 4096, not 0
        x.yaml:5:27: 'train.rate' must be above 0, not '-1'
        x.yaml:5:37: 'train.note' must be text (numbers in quotes), not '12'
        x.yaml:6:24: 'critic.widths' must be a whole number, not 'x'
        x.yaml:6:40: 'critic.activation' cannot be 'rleu'; did you mean 'relu'?
        x.yaml:6:52: 'critic.bias' must be true or false, not 'yes'
        x.yaml:7:3: unknown key 'evalaute'; did you mean 'evaluate'?
        x.yaml:8:14: 'generator' must be a map with the keys widths, activation, bias, not '3'
        x.yaml:10:39: loss 'hinge' has no setting 'margn'; did you mean 'margin'?
        x.yaml:11:17: 'penalty' does not say which penalty: give 'preset'; there are: gradient, r1, wgan-gp, drift
        x.yaml:11:46: penalty 'drift' has no setting 'at'; there are: weight
        x.yaml:11:66: unknown penalty 'r2'; did you mean 'r1'?
        x.yaml:12:8: 'seeds' must be a count between 1 and 10000 or a list of whole numbers, not '-1'
        x.yaml:13:11: unknown metric 'frechte'; did you mean 'frechet'?
        x.yaml:13:47: 'goal' must be min or max, not 'up'
        x.yaml:13:59: 'metrics.modes.radius' must be above 0, not '0'
        """)
  }

  @Test func orphansOfAnEntryThatIsNone() {
    let body = "axes: {a: {b: {penalty.weight: 2}}}"
    #expect(
      complaints(experiment(body, fixed: "data: ring8, penalty: none"))
        == "x.yaml:5:16: 'penalty' is 'none' here, so 'penalty.weight' cannot be set")
  }

  @Test func remarksStandAtTheirKeyAndNameTheArms() {
    let text = experiment(
      """
      axes:
        loss: [nonsaturating, hinge]
        critic.activation: [relu, tanh]
        train.batch: [1, 2, 3, 4]
      """)
    #expect(
      complaints(text)
        == "x.yaml:7:29: tanh under a hinge loss (in arms 'hinge · tanh · 1', 'hinge · tanh · 2', "
        + "'hinge · tanh · 3' and 1 more)")
    #expect(
      complaints(experiment(fixed: "data: ring8, loss: hinge, critic.activation: tanh"))
        == "x.yaml:2:35: tanh under a hinge loss (in arm 'fixed')")
    #expect(
      complaints(
        experiment(
          "axes: {train.batch: [1, 2]}",
          fixed: "data: ring8, loss: hinge, critic: {activation: tanh}"))
        == "x.yaml:2:44: tanh under a hinge loss (in every arm)")
  }

  @Test func extendsGoesWrong() {
    #expect(
      complaints("extends: a.yaml\nquestion: x\n", files: [:])
        == "x.yaml:1:10: cannot extend: a.yaml: no such file")
    #expect(
      complaints(
        "extends: a.yaml\n",
        files: ["a.yaml": "extends: ./x.yaml\n", "x.yaml": "extends: a.yaml\n"])
        == "a.yaml:1:10: 'extends' goes in a circle: x.yaml → a.yaml → x.yaml")
    #expect(
      complaints("extends: {a: 1}\n")
        == "x.yaml:1:10: 'extends' must be a path or a list of paths, not the map {a: 1}")
    #expect(
      complaints("extends: a.yaml\n", files: ["a.yaml": "b: [\n"]).hasPrefix(
        "a.yaml:2:1: syntax error"))
    #expect(
      complaints(experiment("extends: a.yaml"), files: ["a.yaml": "fixed: {train.steps: 0}"])
        == "a.yaml:1:22: 'train.steps' must be between 1 and 1000000, not 0")
  }

  @Test func depthAndSizeAreLimited() {
    let deep = String(repeating: "[", count: 100_000)
    #expect(complaints("a: " + deep) == "x.yaml:1:67: lists and maps are nested more than 64 deep")
    #expect(
      complaints(String(repeating: "- ", count: 100_000)).contains("nested more than 64 deep"))
    #expect(
      complaints(String(repeating: "? ", count: 100_000)).contains("nested more than 64 deep"))
    let indented = (0..<200).map { String(repeating: " ", count: $0) + "a:\n" }.joined()
    #expect(complaints(indented) == "x.yaml:65:66: lists and maps are nested more than 64 deep")
    #expect(
      complaints(String(repeating: "#", count: 2_000_000)) == "x.yaml: larger than 1048576 bytes")
    let wide =
      "axes: {\(["train.steps", "train.batch"].map { "\($0): [\((1...400).map(String.init).joined(separator: ","))]" }.joined(separator: ", "))}"
    #expect(complaints(experiment(wide)) == "x.yaml:5:1: the axes make more than 100000 arms")
  }

  @Test func missingFileIsOneMessage() {
    #expect {
      try Plan(reading: "/nowhere/x.yaml", schema: SmallSchema.schema)
    } throws: {
      "\($0)" == "/nowhere/x.yaml: no such file"
    }
  }
}
