import ArgumentParser

/// A length of time on the command line: seconds, or with a unit as in `90s`, `15m`, `2h`.
struct Seconds: ExpressibleByArgument {
  let value: Double

  init?(argument: String) {
    let units: [Character: Double] = ["s": 1, "m": 60, "h": 3600]
    let unit = argument.last.flatMap { units[$0] }
    guard let number = Double(unit == nil ? argument[...] : argument.dropLast()),
      number.isFinite, number >= 0
    else { return nil }
    value = number * (unit ?? 1)
  }

  init(_ value: Double) { self.value = value }

  /// The time as a limit: 0 is none.
  var limit: Double? { value > 0 ? value : nil }

  var defaultValueDescription: String { Int(exactly: value).map(String.init) ?? "\(value)" }
}
