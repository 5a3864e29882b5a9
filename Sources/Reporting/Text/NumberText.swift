import Foundation

/// Numbers as a report prints them: at most five significant digits, no negative zero, the
/// non-finite in words, the same text on every machine.
public enum NumberText {
  /// What stands for a value that does not exist.
  static let missing = "–"

  /// A number with `digits` significant digits, in decimal notation from 0.001 up to 99999 and as
  /// `1.2e-5` elsewhere; trailing zeros behind the point are dropped unless told otherwise.
  public static func significant(
    _ value: Double?, digits: Int = 4, trimsZeros: Bool = true
  ) -> String {
    guard let value else { return missing }
    guard value.isFinite else { return words(value) }
    if value == 0 { return "0" }
    let digits = min(max(digits, 1), 5)
    let exponent = decimalExponent(value, digits: digits)
    if exponent < -3 || exponent > 4 { return scientific(value, digits: digits) }
    let text = fixed(value, decimals: max(0, digits - 1 - exponent))
    return trimsZeros && text.contains(".") ? trimmingZeros(text) : text
  }

  /// A mean with its interval, `0.412 [0.387, 0.437]`: as many decimals as two significant digits
  /// of the interval's half width need, never more than five significant digits.
  static func estimate(mean: Double?, lower: Double?, upper: Double?) -> String {
    guard let mean else { return missing }
    guard let lower, let upper, lower.isFinite, upper.isFinite, mean.isFinite else {
      return significant(mean)
    }
    let format = common(mean, lower, upper)
    return "\(format(mean)) [\(format(lower)), \(format(upper))]"
  }

  /// An interval `[0.387, 0.437]`, printed as ``estimate(mean:lower:upper:)`` prints it.
  static func interval(_ lower: Double?, _ upper: Double?) -> String {
    guard let lower, let upper else { return missing }
    guard lower.isFinite, upper.isFinite else {
      return "[\(significant(lower)), \(significant(upper))]"
    }
    let format = common((lower + upper) / 2, lower, upper)
    return "[\(format(lower)), \(format(upper))]"
  }

  /// A probability of a test with two significant digits, `0.0039`; below 0.0001 as `9.5e-7`.
  static func probability(_ value: Double?) -> String {
    guard let value else { return missing }
    guard value.isFinite else { return words(value) }
    if value == 0 || value >= 0.9995 { return value == 0 ? "0" : "1" }
    let exponent = decimalExponent(value, digits: 2)
    if exponent < -4 { return scientific(value, digits: 2) }
    return fixed(value, decimals: 1 - exponent)
  }

  /// A share in percent without decimals, `73 %`.
  static func percent(_ share: Double) -> String { fixed(100 * share, decimals: 0) + " %" }

  /// A count of floating-point operations with an SI prefix: `1.234 TFLOP`.
  public static func operations(_ count: Double?) -> String {
    guard let count else { return missing }
    let prefixes = ["", "k", "M", "G", "T", "P", "E"]
    var scaled = count
    var index = 0
    while scaled >= 999.95, index < prefixes.count - 1 {
      scaled /= 1000
      index += 1
    }
    return significant(scaled) + " " + prefixes[index] + "FLOP"
  }

  /// A number for a data file: five significant digits, `NaN` where there is none.
  static func data(_ value: Double?) -> String {
    guard let value, value.isFinite else { return "NaN" }
    return significant(value, digits: 5)
  }

  private static func words(_ value: Double) -> String {
    value.isNaN ? "not a number" : value < 0 ? "-infinite" : "infinite"
  }

  /// One format for a mean and both ends of its interval.
  private static func common(
    _ mean: Double, _ lower: Double, _ upper: Double
  ) -> (Double) -> String {
    let largest = max(abs(mean), abs(lower), abs(upper))
    guard largest > 0 else { return { significant($0) } }
    let top = decimalExponent(largest, digits: 5)
    if top < -3 || top > 4 { return { $0 == 0 ? "0" : scientific($0, digits: 3) } }
    let halfWidth = (upper - lower) / 2
    guard halfWidth > 0 else { return { significant($0) } }
    let wanted = 1 - decimalExponent(halfWidth, digits: 2)
    let decimals = min(max(wanted, 0), 4 - top)
    return { fixed($0, decimals: decimals) }
  }

  /// The power of ten of the leading digit after rounding to `digits` significant digits.
  private static func decimalExponent(_ value: Double, digits: Int) -> Int {
    let text = String(format: "%.*e", digits - 1, value)
    return text.split(separator: "e").last.flatMap { Int($0) } ?? 0
  }

  private static func scientific(_ value: Double, digits: Int) -> String {
    let parts = String(format: "%.*e", digits - 1, value).split(separator: "e")
    guard parts.count == 2, let exponent = Int(parts[1]) else { return words(value) }
    let mantissa = parts[0].contains(".") ? trimmingZeros(String(parts[0])) : String(parts[0])
    return "\(mantissa)e\(exponent)"
  }

  private static func fixed(_ value: Double, decimals: Int) -> String {
    let text = String(format: "%.*f", decimals, value)
    let isZero = !text.contains { $0 != "0" && $0 != "." && $0 != "-" }
    return isZero && text.hasPrefix("-") ? String(text.dropFirst()) : text
  }

  private static func trimmingZeros(_ text: String) -> String {
    var text = text
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    return text
  }
}
