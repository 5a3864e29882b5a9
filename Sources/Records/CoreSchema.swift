/// The types of plain scalars by the core schema of YAML 1.2 (section 10.3.2): no `yes`, no
/// `1_000`, no `12:30`.
extension LocatedNode {
  /// Whether this is a plain `null`, `~` or nothing at all.
  var isNull: Bool {
    if case .scalar(let text, true) = content {
      ["", "~", "null", "Null", "NULL"].contains(text)
    } else {
      false
    }
  }

  /// The truth value of a plain scalar.
  var coreBoolean: Bool? {
    guard case .scalar(let text, true) = content else { return nil }
    switch text {
    case "true", "True", "TRUE": return true
    case "false", "False", "FALSE": return false
    default: return nil
    }
  }

  /// What a plain scalar is as a whole number.
  enum CoreInteger {
    case value(Int)
    case overflow
  }

  /// The whole number of a plain scalar: decimal, `0o17` or `0x1F`.
  var coreInteger: CoreInteger? {
    guard case .scalar(let text, true) = content else { return nil }
    let (digits, radix): (Substring, Int) =
      if text.hasPrefix("0x") {
        (text.dropFirst(2), 16)
      } else if text.hasPrefix("0o") {
        (text.dropFirst(2), 8)
      } else {
        (text.drop { $0 == "-" || $0 == "+" }, 10)
      }
    let signs = radix == 10 ? text.count - digits.count : 0
    guard !digits.isEmpty, signs <= 1, digits.utf8.allSatisfy({ Self.isDigit($0, radix) })
    else { return nil }
    let signed = text.hasPrefix("-") ? "-" + digits : digits
    return Int(signed, radix: radix).map(CoreInteger.value) ?? .overflow
  }

  /// The number of a plain scalar, whole numbers, `.inf` and `.nan` included.
  var coreReal: Double? {
    guard case .scalar(let text, true) = content else { return nil }
    if case .value(let whole) = coreInteger { return Double(whole) }
    let unsigned = text.first == "-" || text.first == "+" ? text.dropFirst() : Substring(text)
    switch unsigned {
    case ".inf", ".Inf", ".INF": return text.first == "-" ? -.infinity : .infinity
    case ".nan", ".NaN", ".NAN": return text == unsigned ? .nan : nil
    default: return Self.isDecimal(unsigned) ? Double(text) : nil
    }
  }

  /// Whether a plain scalar is a string, which needs no quotes.
  var isPlainWord: Bool {
    guard case .scalar(_, true) = content else { return false }
    return !isNull && coreBoolean == nil && coreInteger == nil && coreReal == nil
  }

  /// The text of a scalar that is a string: quoted, or not anything else by the core schema.
  var coreText: String? {
    switch content {
    case .scalar(let text, false): text
    case .scalar(let text, true): isPlainWord ? text : nil
    default: nil
    }
  }

  private static func isDigit(_ byte: UInt8, _ radix: Int) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "7"): true
    case UInt8(ascii: "8")...UInt8(ascii: "9"): radix >= 10
    case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"): radix == 16
    default: false
    }
  }

  /// `(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`
  private static func isDecimal(_ text: Substring) -> Bool {
    var rest = text.utf8[...]
    func digits() -> Int {
      let count = rest.prefix { isDigit($0, 10) }.count
      rest = rest.dropFirst(count)
      return count
    }
    let whole = digits()
    if rest.first == UInt8(ascii: ".") {
      rest = rest.dropFirst()
      if digits() == 0 && whole == 0 { return false }
    } else if whole == 0 {
      return false
    }
    if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
      rest = rest.dropFirst()
      if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") {
        rest = rest.dropFirst()
      }
      if digits() == 0 { return false }
    }
    return rest.isEmpty
  }
}
