import Catalog
import Records
import Testing

/// Text without a type as values, as canonical JSON is read back.
@Suite struct ValueTests {
  @Test func canonicalJSONReadsBack() throws {
    let values: [Value] = [
      .null, .boolean(true), .integer(.min), .integer(0), .real(2), .real(-0.0),
      .real(.leastNonzeroMagnitude),
      .real(.greatestFiniteMagnitude), .real(0.1), .text(""), .text("null"), .text("12"),
      .text("a: 'b' \"c\" \\ \n\t\u{1b} # {é}"), .list([]), .map([:]),
    ]
    let all = Value.map(["all": .list(values + [.map(["a b": .list(values)])])])
    let root = try SourceFile(name: "x", text: all.canonicalJSON).parse()
    #expect(root?.value == all)
    // Zeros of either sign are equal.
    #expect(root?.value.canonicalJSON == all.canonicalJSON)
  }

  @Test func wholeNumbersBeyondTheRange() throws {
    let root = try SourceFile(name: "x", text: "[9223372036854775808, no]").parse()
    #expect(root?.value == .list([.real(9_223_372_036_854_775_808), .text("no")]))
  }
}
