import Catalog
import Records
import Testing

/// What changes the id of a run, and what does not.
@Suite struct IdentityTests {
  func id(_ fixed: String, schema: ExperimentSchema = SmallSchema.schema) throws -> String {
    let arm = try plan(experiment(fixed: fixed), schema: schema).arms[0]
    return RunIdentity(
      configuration: arm.canonical, seed: 3, dataDigest: "d", executor: "fast", numericsVersion: 1
    ).id
  }

  @Test func goldenID() throws {
    let identity = RunIdentity(
      configuration: ["data": ["name": "ring8"]], seed: 3, dataDigest: "00ff", executor: "fast",
      numericsVersion: 2)
    #expect(
      identity.line
        == #"{"configuration":{"data":{"name":"ring8"}},"data":"00ff","executor":"fast","#
        + #""numericsVersion":2,"seed":3}"#)
    // printf '%s' "$line" | sha256sum
    #expect(
      identity.id == "9398c5cb59b11172c301c9174d572e72d2ee7cc040d2f2701f29ca8ab50e58f0")
  }

  @Test(arguments: [
    // A preset, its base with its settings, and the same settings given twice over.
    ("data: ring8, penalty: r1", "data: ring8, penalty: {preset: gradient, weight: 1, at: real}"),
    ("data: ring8, penalty: r1", "data: ring8, penalty: [{preset: r1, weight: 1.0, every: 1}]"),
    ("data: ring8, penalty: wgan-gp", "data: ring8, penalty: gradient"),
    // Explicit defaults, shorthands, and numbers in other spellings.
    (
      "data: ring8",
      "data: {name: ring8, sigma: 1e-2, modes: 0x8}, penalty: none, train.steps: 1000"
    ),
    ("data: ring8", "data: ring8, penalty: [], loss: {name: nonsaturating}, critic: {}"),
    ("data: ring8", "data: ring8, train.rate: {name: constant, value: 0.001}"),
    ("data: ring8, train.rate: 0.5", "data: ring8, train: {rate: {value: .5}}"),
    (
      "data: ring8, train.rate: {name: cosine, start: 1}",
      "data: ring8, train.rate: {end: -0.0, start: 1.0, name: cosine}"
    ),
    // Order of keys.
    (
      "data: ring8, train: {steps: 5, batch: 6}", "train.batch: 6, data.name: ring8, train.steps: 5"
    ),
    // Evaluation.
    ("data: ring8", "data: ring8, evaluate.every: 7"),
  ])
  func spellingsOfOneRun(_ first: String, _ second: String) throws {
    #expect(try id(first) == id(second))
  }

  @Test func differentRunsHaveDifferentIDs() throws {
    let spellings = [
      "data: ring8", "data: grid25", "data: ring8, penalty: r1", "data: ring8, penalty: wgan-gp",
      "data: ring8, penalty: [r1, drift]", "data: ring8, penalty: [drift, r1]",
      "data: ring8, train.steps: 999", "data: ring8, train.rate: 0.002",
      "data: ring8, critic.widths: [64]", "data: ring8, generator.widths: [64]",
    ]
    let ids = try Set(spellings.map { try id($0) })
    #expect(ids.count == spellings.count)
    let configuration = try plan(experiment()).arms[0].canonical
    let identities = [
      RunIdentity(
        configuration: configuration, seed: 3, dataDigest: "d", executor: "fast", numericsVersion: 1
      ),
      RunIdentity(
        configuration: configuration, seed: 4, dataDigest: "d", executor: "fast", numericsVersion: 1
      ),
      RunIdentity(
        configuration: configuration, seed: 3, dataDigest: "e", executor: "fast", numericsVersion: 1
      ),
      RunIdentity(
        configuration: configuration, seed: 3, dataDigest: "d", executor: "reference",
        numericsVersion: 1),
      RunIdentity(
        configuration: configuration, seed: 3, dataDigest: "d", executor: "fast", numericsVersion: 2
      ),
    ]
    #expect(Set(identities.map(\.id)).count == identities.count)
  }

  @Test func newSettingsWithDefaultsChangeNoID() throws {
    let grown = ExperimentSchema(
      configuration: [
        Parameter("extra", .entries(SmallSchema.penalties), default: .text("none"), "New")
      ]
        + SmallSchema.configuration.map { parameter in
          guard parameter.name == "train", case .group(let members) = parameter.type else {
            return parameter
          }
          let more = [Parameter.boolean("new", default: true, "New")] + members.reversed()
          return Parameter("train", .group(more), parameter.summary)
        }, evaluationKeys: ["evaluate"], metrics: SmallSchema.metrics, check: { _ in [] })
    for fixed in ["data: ring8", "data: ring8, train: {steps: 5, batch: 4}, penalty: r1"] {
      #expect(try id(fixed) == id(fixed, schema: grown))
      #expect(try id(fixed + ", train.new: false", schema: grown) != id(fixed, schema: grown))
    }
  }

  @Test func evaluationsIgnoreOrderNamesAndDefaults() {
    func id(_ metrics: [Value], run: String = "r", settings: Value = [:]) -> String {
      EvaluationIdentity(
        run: run, metrics: metrics, table: SmallSchema.metrics, settings: settings, extractor: ""
      ).id
    }
    let frechet: Value = ["name": "frechet"]
    let modes: Value = ["name": "modes", "radius": .real(3)]
    #expect(id([frechet, modes]) == id([modes, frechet, modes]))
    #expect(id([modes]) == id([["name": "modes"]]))
    let others = [
      id([frechet]), id([modes]), id([frechet, modes]),
      id([["name": "modes", "radius": .real(2)]]),
      id([frechet], run: "s"), id([frechet], settings: ["every": .integer(1)]),
    ]
    #expect(Set(others).count == others.count)
  }
}

extension Value: ExpressibleByStringLiteral {
  /// A string.
  public init(stringLiteral value: String) { self = .text(value) }
}

extension Value: ExpressibleByDictionaryLiteral {
  /// A map.
  public init(dictionaryLiteral elements: (String, Value)...) {
    self = .map(ValueMap(uniqueKeysWithValues: elements))
  }
}
