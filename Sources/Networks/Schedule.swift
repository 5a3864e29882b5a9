import Arrays
import Catalog

/// A coefficient over training: its value at a step out of a number of steps.
public typealias Coefficient = @Sendable (_ step: Int, _ steps: Int) -> Double

/// From an entry's settings to the coefficient.
public typealias CoefficientSchedule = @Sendable (Arguments) -> Coefficient

/// The schedules that an experiment file can give a coefficient; a bare number is a constant.
public let scheduleTable = Table<CoefficientSchedule>(
  "schedule", fallback: "constant",
  [
    Entry(
      EntryDescription(
        "constant", "The same value throughout", formula: "value",
        parameters: [Parameter("value", .real(.nonnegative), "the value")], shorthand: "value")
    ) { arguments in
      let value = arguments.real("value")
      return { _, _ in value }
    },
    Entry(
      EntryDescription(
        "linear", "A straight line over all steps", formula: "from + (to − from)·t/T",
        parameters: ends)
    ) { arguments in
      let (from, to) = (arguments.real("from"), arguments.real("to"))
      return { from + (to - from) * progress($0, $1) }
    },
    Entry(
      EntryDescription(
        "cosine", "Half a cosine over all steps", formula: "to + ½(from − to)(1 + cos(π·t/T))",
        source: "1608.03983", parameters: ends)
    ) { arguments in
      let (from, to) = (arguments.real("from"), arguments.real("to"))
      return { to + 0.5 * (from - to) * (1 + Elementary.cosPi(progress($0, $1))) }
    },
  ])

private let ends = [
  Parameter("from", .real(.nonnegative), "the value at the first step"),
  Parameter("to", .real(.nonnegative), "the value after the last step"),
]

private func progress(_ step: Int, _ steps: Int) -> Double {
  Double(step) / Double(max(steps, 1))
}

/// The coefficient that a complete entry of `scheduleTable` describes.
public func coefficient(_ schedule: Value) -> Coefficient {
  let (entry, arguments) = scheduleTable.selection(schedule)
  return entry.body(arguments)
}
