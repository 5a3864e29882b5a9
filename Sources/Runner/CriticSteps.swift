import Catalog

/// How many critic steps come before the generator step `step` (from 0), from an entry's settings.
public typealias CriticSteps = @Sendable (Arguments) -> @Sendable (_ step: Int) -> Int

/// The ways to alternate the players; a bare number is `constant`.
public let criticStepsTable = Table<CriticSteps>(
  "critic steps", fallback: "constant",
  [
    Entry(
      EntryDescription(
        "constant", "The same number before each generator step",
        parameters: [Parameter("steps", .integer(1...10000), "the number")], shorthand: "steps")
    ) { arguments in
      let steps = arguments.integer("steps")
      return { _ in steps }
    },
    Entry(
      EntryDescription(
        "bursts",
        "More critic steps at the start and at intervals, as in the code of Wasserstein GAN",
        formula: "burst for t < first and for t divisible by every, else steps",
        source: "1701.07875",
        parameters: [
          .integer("steps", 1...10000, default: 5, "the usual number"),
          .integer("burst", 1...10000, default: 100, "the number in a burst"),
          .integer("first", 0...1_000_000, default: 25, "generator steps of the opening burst"),
          .integer("every", 1...1_000_000, default: 500, "generator steps between later bursts"),
        ])
    ) { arguments in
      let (steps, burst) = (arguments.integer("steps"), arguments.integer("burst"))
      let (first, every) = (arguments.integer("first"), arguments.integer("every"))
      return { step in step < first || step.isMultiple(of: every) ? burst : steps }
    },
  ])
