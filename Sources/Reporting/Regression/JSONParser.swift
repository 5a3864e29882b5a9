import Catalog

/// Reads JSON as RFC 8259 has it into values, with whole numbers apart from reals as they are written; keys that occur
/// twice and numbers beyond the range are errors.
struct JSONParser {
  /// What is wrong and where.
  struct Failure: Error {
    let line: Int
    let column: Int
    let message: String
  }

  /// The deepest nesting that is read.
  private static let depthLimit = 64

  private let bytes: [UInt8]
  private var index = 0

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The value that a whole text says.
  static func value(_ text: String) throws(Failure) -> Value {
    var parser = JSONParser(Array(text.utf8))
    let value = try parser.value(depth: 0)
    parser.skipSpace()
    if parser.index < parser.bytes.count { throw parser.failure("text after the end") }
    return value
  }

  private func failure(_ message: String) -> Failure {
    let before = bytes[..<min(index, bytes.count)]
    let start = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    return Failure(
      line: before.count { $0 == 0x0A } + 1,
      column: before[start...].count { $0 & 0xC0 != 0x80 } + 1, message: message)
  }

  private var next: UInt8? { index < bytes.count ? bytes[index] : nil }

  private mutating func skipSpace() {
    while let byte = next, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D {
      index += 1
    }
  }

  /// Takes a character if it comes next after space.
  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    skipSpace()
    guard next == UInt8(ascii: character) else { return false }
    index += 1
    return true
  }

  private mutating func value(depth: Int) throws(Failure) -> Value {
    if depth > Self.depthLimit { throw failure("nested too deeply") }
    if take("{") { return try map(depth) }
    if take("[") { return try list(depth) }
    if take("\"") { return .text(try text()) }
    return try word()
  }

  private mutating func map(_ depth: Int) throws(Failure) -> Value {
    var members = ValueMap()
    if take("}") { return .map(members) }
    repeat {
      guard take("\"") else { throw failure("a key in quotes must stand here") }
      let key = try text()
      if members[key] != nil { throw failure("the key '\(key)' stands here twice") }
      guard take(":") else { throw failure("':' must stand here") }
      members[key] = try value(depth: depth + 1)
    } while take(",")
    guard take("}") else { throw failure("',' or '}' must stand here") }
    return .map(members)
  }

  private mutating func list(_ depth: Int) throws(Failure) -> Value {
    var values: [Value] = []
    if take("]") { return .list(values) }
    repeat { values.append(try value(depth: depth + 1)) } while take(",")
    guard take("]") else { throw failure("',' or ']' must stand here") }
    return .list(values)
  }

  private mutating func word() throws(Failure) -> Value {
    let start = index
    while let byte = next, !Self.delimiters.contains(byte) { index += 1 }
    let bytes = bytes[start..<index]
    let word = String(decoding: bytes, as: UTF8.self)
    switch word {
    case "null": return .null
    case "true": return .boolean(true)
    case "false": return .boolean(false)
    default: break
    }
    if let isWhole = Self.isWhole(bytes) {
      if isWhole, let integer = Int(word) { return .integer(integer) }
      if let real = Double(word), real.isFinite { return .real(real) }
    }
    index = start
    throw failure(word.isEmpty ? "a value must stand here" : "not a value: '\(word.prefix(40))'")
  }

  private static let delimiters = Array(" \t\r\n,:[]{}\"".utf8)

  /// Whether a number has neither fraction nor exponent; nil for what is no number in JSON's grammar.
  private static func isWhole(_ bytes: ArraySlice<UInt8>) -> Bool? {
    var rest = bytes
    func takeDigits() -> Int {
      let digits = rest.prefix { (0x30...0x39).contains($0) }
      rest = rest.dropFirst(digits.count)
      return digits.count
    }
    if rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
    let startsWithZero = rest.first == UInt8(ascii: "0")
    let whole = takeDigits()
    guard whole == 1 || (whole > 1 && !startsWithZero) else { return nil }
    if rest.isEmpty { return true }
    if rest.first == UInt8(ascii: ".") {
      rest = rest.dropFirst()
      guard takeDigits() > 0 else { return nil }
    }
    if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
      rest = rest.dropFirst()
      if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") {
        rest = rest.dropFirst()
      }
      guard takeDigits() > 0 else { return nil }
    }
    return rest.isEmpty ? false : nil
  }
}

// MARK: Strings

extension JSONParser {
  /// The rest of a string after its opening quote.
  private mutating func text() throws(Failure) -> String {
    var content: [UInt8] = []
    while let byte = next, byte >= 0x20 {
      index += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: content, as: UTF8.self)
      case UInt8(ascii: "\\"): content += Array(String(try escaped()).utf8)
      default: content.append(byte)
      }
    }
    throw failure(next == nil ? "a string without end" : "a line end or tab inside a string")
  }

  private mutating func escaped() throws(Failure) -> Unicode.Scalar {
    guard let byte = next else { throw failure("a string without end") }
    index += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return try hexadecimal()
    default: throw failure("an unknown escape")
    }
  }

  private mutating func hexadecimal() throws(Failure) -> Unicode.Scalar {
    let digits = String(decoding: bytes[index..<min(index + 4, bytes.count)], as: UTF8.self)
    guard digits.utf8.count == 4, digits.first != "+", let number = UInt32(digits, radix: 16),
      let scalar = Unicode.Scalar(number)
    else { throw failure("'\\u' needs four hexadecimal digits of a character") }
    index += 4
    return scalar
  }
}
