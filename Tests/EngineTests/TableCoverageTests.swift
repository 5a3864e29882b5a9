import Catalog
import Testing

@testable import Engine
@testable import Objectives

/// Every loss and every penalty has a formula in these tests: one that is added without fails here, by its name.
///
/// Kernels, transforms and optimizers are iterated by `FeatureKernelTests`, `TransformTests` and `OptimizerTests`, which
/// have no formula for an unknown name.
@Suite struct TableCoverageTests {
  /// A function of logits alone has golden values from exact arithmetic; the others are worked out in plain numbers.
  @Test func everyLossHasItsFormula() throws {
    let examples = try ObjectiveTests.golden().examples
    try #require(!examples.isEmpty)
    for example in examples {
      let golden = Set(
        example.losses.keys.map { String($0.prefix { $0 != "(" }) })
      for name in lossTable.entries.map(\.description.name) {
        #expect(
          golden.contains(name) != PlainLosses.names.contains(name),
          "'\(name)' needs golden values, \(example.name), or a formula in PlainLosses")
      }
    }
  }

  /// A penalty is the gradient penalty with its factors, which `PenaltyTests` tries, or has a formula.
  @Test func everyPenaltyHasItsFormula() {
    for entry in penaltyTable.entries {
      let description = entry.description
      let isOfSlopes = (description.presetOf ?? description.name) == "gradient"
      #expect(
        isOfSlopes != PlainPenalties.names.contains(description.name),
        "'\(description.name)' needs a formula in PlainPenalties")
    }
  }
}
