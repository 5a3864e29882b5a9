import Catalog
import Records
import Testing

/// No input, however broken, may crash or hang: it is a plan or a list of messages.
@Suite struct MalformedInputTests {
  static let seedTexts = [
    experiment(
      """
      extends: base.yaml
      axes:
        loss: [nonsaturating, {name: hinge, margin: 2}]
        reg: {none: {}, r1: {penalty: {preset: r1, weight: {each: [0.1, 1]}}}}
        both: {zip: {train.steps: [1, 2], train.batch: [3, 4]}}
      exclude: [{when: {loss: hinge, reg: r1}, why: "no"}]
      include:
        - {name: a, set: {loss: hinge, train.rate: 3}}
      baseline: [{reg: none}, {reg: r1 weight=1}]
      claims:
        - {id: x, arm: {reg: 'r1 weight=1'}, metric: frechet, improves: {by: 1}}
      report: {charts: [{curve: frechet, facet: loss}, {losses: all}]}
      """)
  ]

  /// Bytes that matter to YAML or to UTF-8.
  static let bytes =
    Array("&*!|>'\"%@`{}[],:?-#~ \n\t\r\\0e.=<".utf8) + [0, 0xC3, 0xFF, 0xEF, 0x85]

  @Test(arguments: 0..<400)
  func mutatedFilesGiveMessages(_ seed: UInt64) {
    var random = Generator(state: seed)
    var text = Array(Self.seedTexts[0].utf8)
    for _ in 0..<Int.random(in: 1...6, using: &random) {
      let position = Int.random(in: 0..<text.count, using: &random)
      let byte = Self.bytes.randomElement(using: &random) ?? 0
      switch Int.random(in: 0..<5, using: &random) {
      case 0: text.remove(at: position)
      case 1: text.insert(byte, at: position)
      case 2: text[position] = byte
      case 3:
        let end = min(text.count, position + Int.random(in: 1...60, using: &random))
        text.insert(
          contentsOf: text[position..<end], at: Int.random(in: 0...text.count, using: &random))
      default: text.removeSubrange(position..<min(text.count, position + 10))
      }
    }
    let files = ["base.yaml": "fixed: {critic.bias: false}\nseeds: [1]\n"]
    do throws(RecordsError) {
      let plan = try plan(String(decoding: text, as: UTF8.self), files: files)
      #expect(
        !plan.arms.isEmpty && !plan.seeds.isEmpty && plan.metrics.contains(where: \.isPrimary))
    } catch {
      guard case .invalid(let diagnostics) = error else {
        Issue.record("not a list of messages: \(error)")
        return
      }
      #expect(!diagnostics.isEmpty)
      #expect(diagnostics.allSatisfy { $0.line > 0 && $0.column > 0 && !$0.message.isEmpty })
    }
  }

  @Test func aBombOfAliasesIsRefusedAtOnce() {
    var text = "a0: &a0 [x, x]\n"
    for level in 1...60 { text += "a\(level): &a\(level) {? *a\(level - 1) : *a\(level - 1)}\n" }
    #expect(complaints(text) == "x.yaml:1:5: anchors are not allowed here; write the value out")
  }

  @Test func manyNestedProductsAreRefused() {
    let each = "{each: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]}"
    let keys = [
      "train.steps", "train.batch", "generator.widths", "critic.widths", "data.modes", "train.rate",
    ]
    let body = keys.map { "\($0): \(each)" }.joined(separator: ", ")
    #expect(
      complaints(experiment("axes: {a: {b: {\(body)}}}")).contains("makes more than 10000 arms"))
  }
}
