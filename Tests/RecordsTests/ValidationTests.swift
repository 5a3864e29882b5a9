import Catalog
import Records
import Testing

/// Validation of files against `ParameterType.complete`, on valid values made at random.
@Suite struct ValidationTests {
  /// A valid value of a type in one of its spellings.
  static func value(_ type: ParameterType, _ random: inout Generator) -> Value {
    switch type {
    case .boolean: return .boolean(Bool.random(using: &random))
    case .integer(let range): return .integer(Int.random(in: range, using: &random))
    case .real(let interval):
      let low = interval.lower.isFinite ? interval.lower : -5
      let high = interval.upper.isFinite ? interval.upper : low + 10
      let number = Double.random(in: low...high, using: &random)
      if interval.contains(high.rounded()), Bool.random(using: &random) {
        return .integer(Int(high.rounded()))
      }
      return .real(interval.contains(number) ? number : (low + high) / 2)
    case .choice(let words): return .text(words.randomElement(using: &random) ?? "")
    case .text:
      return .text(["a", "12", "true", "x: 'y' # z", ""].randomElement(using: &random) ?? "")
    case .list(let element, let count):
      let size = Int.random(in: count.lowerBound...min(count.upperBound, 4), using: &random)
      return .list((0..<size).map { _ in value(element, &random) })
    case .group(let parameters): return .map(members(parameters, &random))
    case .entry(let table): return entry(table, &random)
    case .entries(let table):
      switch Int.random(in: 0..<4, using: &random) {
      case 0: return .text("none")
      case 1: return entry(table, &random)
      default:
        return .list((0..<Int.random(in: 0..<3, using: &random)).map { _ in entry(table, &random) })
      }
    }
  }

  static func members(_ parameters: [Parameter], _ random: inout Generator) -> ValueMap {
    var result = ValueMap()
    for parameter in parameters.shuffled(using: &random) {
      let isNeeded = parameter.completeDefault == nil
      if isNeeded || Bool.random(using: &random) {
        result[parameter.name] = value(parameter.type, &random)
      }
    }
    return result
  }

  static func entry(_ table: EntryTable, _ random: inout Generator) -> Value {
    guard let entry = table.entries.randomElement(using: &random) else { return .null }
    let needsMap = entry.parameters.contains { $0.completeDefault == nil }
    if !needsMap, Bool.random(using: &random) { return .text(entry.name) }
    if entry.name == table.fallback, let name = entry.shorthand,
      let parameter = entry.parameter(name), Bool.random(using: &random)
    {
      return value(parameter.type, &random)
    }
    var result = members(entry.parameters, &random)
    if entry.name != table.fallback || Bool.random(using: &random) {
      result.updateValue(.text(entry.name), forKey: table.selector, insertingAt: 0)
    }
    return .map(result)
  }

  @Test(arguments: 0..<200)
  func givesWhatCompleteGives(_ seed: UInt64) throws {
    var random = Generator(state: seed)
    let members = Self.members(SmallSchema.configuration, &random)
    let text = "question: Why?\nseeds: 1\nmetrics: {frechet: {goal: min}}\nfixed: "
    let lenient = ExperimentSchema(
      configuration: SmallSchema.configuration, evaluationKeys: ["evaluate"],
      metrics: SmallSchema.metrics, check: { _ in [] })
    let arm = try plan(text + Value.map(members).canonicalJSON, schema: lenient).arms[0]
    let type = ParameterType.group(SmallSchema.configuration)
    #expect(arm.configuration == type.complete(.map(members)))
    guard case .map(var minimal) = type.minimal(arm.configuration) else {
      Issue.record("a group has a map")
      return
    }
    minimal["evaluate"] = nil
    #expect(arm.canonical == .map(minimal))
    #expect(lenient.canonical(arm.configuration) == arm.canonical)
  }

  @Test func coreSchemaOfYAML12() throws {
    func note(_ text: String) throws -> Value? {
      try plan(experiment(fixed: "data: ring8, train.note: \(text)")).arms[0]
        .configuration["train"]?["note"]
    }
    for word in [
      "yes", "on", "12:30:00", "1_000", "0b1", "1e", "+-1", "0x", "nan", "tRue", "1.2.3", "- ",
    ] {
      guard word != "- " else { continue }
      #expect(try note(word) == .text(word))
    }
    func rate(_ text: String) throws -> Double? {
      try plan(experiment(fixed: "data: ring8, train.rate: \(text)")).arms[0]
        .configuration["train"]?["rate"]?["value"]?.asReal
    }
    let numbers: [(String, Double)] = [
      ("1", 1), ("+1", 1), ("1.", 1), (".5", 0.5), ("1e-3", 0.001), ("+1.5E+2", 150), ("0x1F", 31),
      ("0o17", 15), ("007", 7),
    ]
    for (text, number) in numbers { #expect(try rate(text) == number) }
  }
}

/// A small generator of pseudo-random numbers with a fixed sequence (SplitMix64).
struct Generator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
