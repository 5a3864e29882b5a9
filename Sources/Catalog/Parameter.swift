/// A named, typed setting with its default and a sentence that says what it means.
public struct Parameter: Sendable {
  /// The key in an experiment file.
  public let name: String
  /// What values it takes.
  public let type: ParameterType
  /// The value when the key is absent; nil when the key must be given.
  public let defaultValue: Value?
  /// One sentence without a final full stop, with the unit where there is one.
  public let summary: String

  /// Declares a setting; without a `defaultValue` its key must be given.
  public init(
    _ name: String, _ type: ParameterType, default defaultValue: Value? = nil, _ summary: String
  ) {
    self.name = name
    self.type = type
    self.defaultValue = defaultValue
    self.summary = summary
  }

  /// A real setting.
  public static func real(
    _ name: String, _ interval: Interval, default defaultValue: Double, _ summary: String
  ) -> Parameter {
    Parameter(name, .real(interval), default: .real(defaultValue), summary)
  }

  /// A whole-number setting.
  public static func integer(
    _ name: String, _ range: ClosedRange<Int>, default defaultValue: Int, _ summary: String
  ) -> Parameter {
    Parameter(name, .integer(range), default: .integer(defaultValue), summary)
  }

  /// A setting that takes one of some words.
  public static func choice(
    _ name: String, _ words: [String], default defaultValue: String, _ summary: String
  ) -> Parameter {
    Parameter(name, .choice(words), default: .text(defaultValue), summary)
  }

  /// A setting that is true or false.
  public static func boolean(
    _ name: String, default defaultValue: Bool, _ summary: String
  ) -> Parameter {
    Parameter(name, .boolean, default: .boolean(defaultValue), summary)
  }
}

/// The values that a setting takes.
public indirect enum ParameterType: Sendable {
  /// `true` or `false`.
  case boolean
  /// A whole number in a range.
  case integer(ClosedRange<Int>)
  /// A finite number in an interval; whole numbers are taken too.
  case real(Interval)
  /// One of these words.
  case choice([String])
  /// Any string.
  case text
  /// A sequence whose length lies in a range.
  case list(ParameterType, count: ClosedRange<Int>)
  /// A map with exactly these keys.
  case group([Parameter])
  /// One entry of a table: its name, or a map with the entry's parameters.
  case entry(EntryTable)
  /// None, one, or several entries of a table: `none`, an entry, or a list of entries.
  case entries(EntryTable)
}

/// An interval of the real line, each end open or closed.
public struct Interval: Hashable, Sendable {
  /// The lower end, possibly `-infinity`.
  public let lower: Double
  /// The upper end, possibly `infinity`.
  public let upper: Double
  /// Whether `lower` itself belongs to the interval.
  public let includesLower: Bool
  /// Whether `upper` itself belongs to the interval.
  public let includesUpper: Bool

  /// Every finite number.
  public static let any = Interval(-.infinity, .infinity, false, false)
  /// `[0, 1]`.
  public static let unit = Interval(0, 1, true, true)
  /// `(0, ∞)`.
  public static let positive = Interval(0, .infinity, false, false)
  /// `[0, ∞)`.
  public static let nonnegative = Interval(0, .infinity, true, false)
  /// `[lower, upper]`.
  public static func closed(_ lower: Double, _ upper: Double) -> Interval {
    Interval(lower, upper, true, true)
  }
  /// `(lower, upper)`.
  public static func open(_ lower: Double, _ upper: Double) -> Interval {
    Interval(lower, upper, false, false)
  }
  /// `[lower, upper)`.
  public static func halfOpen(_ lower: Double, _ upper: Double) -> Interval {
    Interval(lower, upper, true, false)
  }

  private init(_ lower: Double, _ upper: Double, _ includesLower: Bool, _ includesUpper: Bool) {
    self.lower = lower
    self.upper = upper
    self.includesLower = includesLower
    self.includesUpper = includesUpper
  }

  /// The part of the interval above 0.
  public var aboveZero: Interval {
    Interval(max(lower, 0), upper, lower > 0 && includesLower, includesUpper)
  }

  /// Whether `value` is finite and lies in the interval.
  public func contains(_ value: Double) -> Bool {
    guard value.isFinite else { return false }
    let aboveLower = includesLower ? value >= lower : value > lower
    let belowUpper = includesUpper ? value <= upper : value < upper
    return aboveLower && belowUpper
  }
}

extension Interval: CustomStringConvertible {
  /// The interval as one says it: `at least 0`, `above 0`, `between 0 and 1`, `any number`.
  public var description: String {
    switch (lower.isFinite, upper.isFinite) {
    case (false, false): "any number"
    case (true, false): (includesLower ? "at least " : "above ") + Self.short(lower)
    case (false, true): (includesUpper ? "at most " : "below ") + Self.short(upper)
    case (true, true):
      (includesLower ? "at least " : "above ") + Self.short(lower)
        + (includesUpper ? " and at most " : " and below ") + Self.short(upper)
    }
  }

  private static func short(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : value.description
  }
}
