import Arrays
import Catalog

/// From an entry's settings to the coefficient that they describe.
public typealias ScheduleBody = @Sendable (Arguments) -> CoefficientSchedule

/// The schedules that an experiment file can give a coefficient, for lists; a bare number is a constant.
public let scheduleTable = schedules(within: .nonnegative)

/// The schedules of a coefficient that takes values in an interval of numbers that are not negative: all values that they
/// are given lie in it.
public func schedules(within interval: Interval) -> Table<ScheduleBody> {
  Table(
    "schedule", fallback: "constant",
    [
      Entry(
        EntryDescription(
          "constant", "The same value throughout", formula: "value",
          parameters: [Parameter("value", .real(interval), "the value")], shorthand: "value")
      ) { CoefficientSchedule(constant: $0.real("value")) },
      ramp(
        "linear", "A straight line", formula: "from + (to − from)·x", interval
      ) { from, to, x in from + (to - from) * x },
      ramp(
        "cosine", "Half a cosine", formula: "to + ½(from − to)(1 + cos πx)", source: "1608.03983",
        interval
      ) { from, to, x in to + 0.5 * (from - to) * (1 + Elementary.cosPi(x)) },
      ramp(
        "exponential", "Equal factors over equal times", formula: "from·(to/from)^x",
        interval.aboveZero
      ) { from, to, x in from * Elementary.exp(x * Elementary.log(to / from)) },
      steps(interval),
    ])
}

/// A schedule that moves between two values in a part of training.
private func ramp(
  _ name: String, _ summary: String, formula: String, source: String = "", _ interval: Interval,
  _ value: @escaping @Sendable (_ from: Double, _ to: Double, _ x: Double) -> Double
) -> Entry<ScheduleBody> {
  let parameters: [Parameter] = [
    Parameter("from", .real(interval), "the value at the start"),
    Parameter("to", .real(interval), "the value at the end"),
    .real("begin", .halfOpen(0, 1), default: 0, "the part of training before which it is 'from'"),
    .real("end", .unit, default: 1, "the part of training after which it is 'to'"),
  ]
  let description = EntryDescription(
    name, summary + " from one value to another in a part of training",
    formula: formula + "; x = (t/T − begin)/(end − begin), at least 0 and at most 1",
    source: source, parameters: parameters,
    check: { $0.real("begin") < $0.real("end") ? nil : "'begin' must be below 'end'" })
  return Entry(description) { arguments in
    let (from, to) = (arguments.real("from"), arguments.real("to"))
    let (begin, end) = (arguments.real("begin"), arguments.real("end"))
    return CoefficientSchedule(levels: [from, to]) { progress in
      value(from, to, min(max((progress - begin) / (end - begin), 0), 1))
    }
  }
}

/// A schedule that jumps from value to value.
private func steps(_ interval: Interval) -> Entry<ScheduleBody> {
  let open = ParameterType.real(.halfOpen(0, 1))
  let description = EntryDescription(
    "steps", "One value after another, changed at parts of training",
    formula: "values[k], k the number of parts in 'at' that are at most t/T",
    parameters: [
      Parameter("values", .list(.real(interval), count: 2...64), "the values"),
      Parameter(
        "at", .list(open, count: 1...63),
        "the rising parts of training at which the next value takes over, one less than values"),
    ], check: checkSteps)
  return Entry(description) { arguments in
    let (values, changes) = (arguments.reals("values"), arguments.reals("at"))
    return CoefficientSchedule(levels: values) { progress in
      values[changes.count { $0 <= progress }]
    }
  }
}

private let checkSteps: @Sendable (Arguments) -> String? = { arguments in
  let (values, changes) = (arguments.reals("values"), arguments.reals("at"))
  if changes.count != values.count - 1 {
    return "\(values.count) 'values' need \(values.count - 1) parts of training in 'at', not "
      + "\(changes.count)"
  }
  let isRising = zip(changes, changes.dropFirst()).allSatisfy { $0 < $1 }
  return isRising && changes[0] > 0 ? nil : "the parts of training in 'at' must rise from above 0"
}

extension Parameter {
  /// A real setting that can change over training: a number, or a schedule whose values lie in the interval.
  public static func coefficient(
    _ name: String, _ interval: Interval, default defaultValue: Double, _ summary: String
  ) -> Parameter {
    Parameter(
      name, .entry(schedules(within: interval).description), default: .real(defaultValue),
      summary)
  }
}

extension Arguments {
  /// The coefficient called `name`, which the entry must declare with `Parameter.coefficient`.
  public func coefficient(_ name: String) -> CoefficientSchedule {
    let (entry, arguments) = scheduleTable.selection(value(name))
    return entry.body(arguments)
  }
}
