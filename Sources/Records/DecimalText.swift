/// Numbers as text that does not depend on locale or system library.
enum DecimalText {
  /// The shortest text that reads back as the same number; whole numbers below 10¹⁶ without a
  /// point.
  static func exact(_ value: Double) -> String {
    let text = (value == 0 ? 0 : value).description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// The number rounded to some significant decimal digits, halves away from zero; reading the text
  /// and rounding again gives the same text.
  static func rounded(_ value: Double, digits: Int) -> String {
    guard value.isFinite, value != 0 else { return exact(value) }
    let decimal = decompose(value.magnitude)
    guard decimal.digits.count > digits else { return exact(value) }
    var kept = Array(decimal.digits[..<digits])
    var exponent = decimal.exponent
    if decimal.digits[digits] >= 5 {
      var index = digits - 1
      while index >= 0, kept[index] == 9 {
        kept[index] = 0
        index -= 1
      }
      if index >= 0 {
        kept[index] += 1
      } else {
        kept = [1] + kept.dropLast()
        exponent += 1
      }
    }
    let mantissa = kept.map(String.init).joined()
    let magnitude = Double("\(mantissa)e\(exponent - digits)") ?? value.magnitude
    return exact(value < 0 ? -magnitude : magnitude)
  }

  /// The shortest decimal digits of a positive number without zeros at either end: value = 0.d₁d₂…
  /// · 10^exponent.
  private static func decompose(_ value: Double) -> (digits: [Int], exponent: Int) {
    let parts = value.description.split(separator: "e")
    var exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
    let halves = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    exponent += halves[0].count
    var digits = halves.joined().compactMap(\.wholeNumberValue)
    while digits.first == 0 {
      digits.removeFirst()
      exponent -= 1
    }
    while digits.last == 0 { digits.removeLast() }
    return (digits, exponent)
  }
}
