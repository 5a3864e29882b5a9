import Catalog
import Records
import Testing

@testable import Runner

/// Coefficients in experiment files: what they may be, and which run they mean.
@Suite struct CoefficientTests {
  private static let type = ParameterType.group(RunSchema.configuration)

  private static func canonical(_ settings: String) throws -> String {
    try TinyPlan.make([("only", settings)]).arms[0].canonical.canonicalJSON
  }

  @Test func oneNumberIsOneRun() throws {
    let spellings = ["2", "2.0", "2e0", "{value: 2}", "{name: constant, value: 2.0}"]
    for spelling in spellings {
      #expect(
        try Self.canonical("penalty: {preset: r1, weight: \(spelling)}, train: {steps: 4000}")
          == #"{"critic":{"hidden":[8]},"data":{"name":"ring","sigma":0.05},"#
          + #""generator":{"hidden":[8]},"penalty":[{"preset":"gradient","scale":0.5,"#
          + #""target":"zero","weight":2.0,"where":"real"}],"train":{"batch":16}}"#)
    }
    let plain = try Self.canonical("penalty: r1")
    #expect(plain == (try Self.canonical("penalty: {preset: r1, weight: {value: 10}}")))
    #expect(!plain.contains("weight"))
  }

  @Test func schedulesAreSpelledOut() throws {
    let canonical = try Self.canonical(
      "labels.real: {name: linear, from: 0.7, to: 1, begin: 0, end: 0.5}")
    #expect(
      canonical.contains(#""labels":{"real":{"end":0.5,"from":0.7,"name":"linear","to":1.0}}"#))
  }

  /// What a digest is taken of says all: completing it gives the configuration again.
  @Test(arguments: GoldenDigestTests.cases.map(\.settings))
  func minimalFormIsStable(_ settings: String) throws {
    let complete = try TinyPlan.configuration(settings).value
    let minimal = Self.type.minimal(complete)
    #expect(Self.type.complete(minimal) == complete)
    #expect(Self.type.minimal(Self.type.complete(minimal)) == minimal)
  }

  @Test(arguments: [
    ("penalty: {preset: r1, weight: -1}", "'penalty.weight' must be at least 0, not '-1'"),
    (
      "penalty: {preset: r1, weight: {name: linear, from: 0, to: -1}}",
      "'penalty.weight.to' must be at least 0, not '-1'"
    ),
    (
      "penalty: {preset: r1, weight: much}",
      "'penalty.weight' must be a number or a schedule, not 'much'"
    ),
    ("penalty: {preset: r1, weight: linaer}", "unknown schedule 'linaer'; did you mean 'linear'?"),
    ("labels.real: 1.5", "'labels.real' must be at least 0 and at most 1, not '1.5'"),
    (
      "labels.real: {name: cosine, from: 0.5, to: 1.5}",
      "'labels.real.to' must be at least 0 and at most 1, not '1.5'"
    ),
    (
      "generator.average: {name: steps, values: [0, 1], at: [0.5]}",
      "'generator.average.values' must be at least 0 and below 1, not '1'"
    ),
    (
      "critic.constraint: {name: clipping, bound: {name: linear, from: 0, to: 1}}",
      "'critic.constraint.bound.from' must be above 0, not '0'"
    ),
    (
      "optimizer.rate: {name: exponential, from: 0.1, to: 0}",
      "'optimizer.rate.to' must be above 0, not '0'"
    ),
    (
      "optimizer.rate: {name: linear, from: 0, to: 1, begin: 0.5, end: 0.5}",
      "'optimizer.rate': 'begin' must be below 'end'"
    ),
    (
      "optimizer.rate: {name: steps, values: [1, 2, 3], at: [0.5]}",
      "'optimizer.rate': 3 'values' need 2 parts of training in 'at', not 1"
    ),
    (
      "optimizer.rate: {name: steps, values: [1, 2, 3], at: [0.5, 0.5]}",
      "'optimizer.rate': the parts of training in 'at' must rise from above 0"
    ),
  ])
  func mistakes(_ settings: String, _ message: String) {
    #expect {
      try TinyPlan.make([("only", settings)])
    } throws: { error in
      let text = "\(error)"
      return text.hasPrefix("tiny.yaml:7:") && text.hasSuffix(": " + message)
    }
  }

  @Test(arguments: [
    ("penalty: {preset: r1, weight: 0}", "has weight 0"),
    ("labels: {real: 0.2, fake: 0.3}", "which swaps"),
    ("labels.fake: {name: linear, from: 0, to: 1}, labels.real: 0.5", "for a part of training"),
    ("loss: wasserstein, penalty: {weight: 0}", "has no minimum"),
  ])
  func doubts(_ settings: String, _ words: String) throws {
    #expect(try "\(TinyPlan.make([("only", settings)]).warnings)".contains(words))
  }

  @Test(arguments: [
    "loss: wasserstein, penalty: {weight: {name: linear, from: 0, to: 1}}",
    "labels: {real: {name: linear, from: 0.7, to: 1}, fake: {name: linear, from: 0.3, to: 0}}",
  ])
  func noDoubts(_ settings: String) throws {
    #expect(try TinyPlan.make([("only", settings)]).warnings.isEmpty)
  }
}
