/// Comma-separated values as in RFC 4180, with line feeds at the ends of lines; the reader takes
/// CRLF too.
enum CSV {
  /// A row with the line on which it starts.
  struct Row {
    let line: Int
    let fields: [String]
  }

  /// One line of text, its end included.
  static func line(_ fields: [String]) -> String {
    // A row of one empty field must not look like an empty line.
    if fields == [""] { return "\"\"\n" }
    return fields.map(field).joined(separator: ",") + "\n"
  }

  /// The field, in quotes where it holds a comma, a quote, or a line break, or starts or ends with
  /// a space.
  private static func field(_ text: String) -> String {
    let needsQuotes =
      text.utf8.contains { [0x22, 0x2C, 0x0A, 0x0D].contains($0) } || text.hasPrefix(" ")
      || text.hasSuffix(" ")
    guard needsQuotes else { return text }
    var quoted = "\""
    for scalar in text.unicodeScalars {
      if scalar == "\"" { quoted += "\"" }
      quoted.unicodeScalars.append(scalar)
    }
    return quoted + "\""
  }

  /// All rows of a text.
  ///
  /// - Throws: `RecordsError.invalid` with the place of a quote that is not closed or stands inside
  ///   a field.
  static func rows(_ text: String, file: String) throws(RecordsError) -> [Row] {
    var scanner = CSVScanner(bytes: Array(text.utf8), file: file)
    var rows: [Row] = []
    while let row = try scanner.row() { rows.append(row) }
    return rows
  }
}

/// Reads rows byte by byte.
private struct CSVScanner {
  let bytes: [UInt8]
  let file: String
  private var index = 0
  private var line = 1
  private var lineStart = 0

  init(bytes: [UInt8], file: String) {
    self.bytes = bytes
    self.file = file
  }

  mutating func row() throws(RecordsError) -> CSV.Row? {
    guard index < bytes.count else { return nil }
    let start = line
    var fields = [try field()]
    while index < bytes.count, bytes[index] == UInt8(ascii: ",") {
      index += 1
      fields.append(try field())
    }
    endLine()
    return CSV.Row(line: start, fields: fields)
  }

  private mutating func endLine() {
    if index < bytes.count, bytes[index] == 0x0D { index += 1 }
    if index < bytes.count, bytes[index] == 0x0A { index += 1 }
    line += 1
    lineStart = index
  }

  private func isEnd(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ",") || byte == 0x0A || byte == 0x0D
  }

  private mutating func field() throws(RecordsError) -> String {
    if index < bytes.count, bytes[index] == UInt8(ascii: "\"") { return try quoted() }
    let start = index
    while index < bytes.count, !isEnd(bytes[index]) {
      if bytes[index] == UInt8(ascii: "\"") {
        throw failure("a quote inside a field without quotes")
      }
      index += 1
    }
    return String(decoding: bytes[start..<index], as: UTF8.self)
  }

  private mutating func quoted() throws(RecordsError) -> String {
    let opening = failure("this quote is not closed")
    var content: [UInt8] = []
    index += 1
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if byte == 0x0A {
        line += 1
        lineStart = index
      }
      guard byte == UInt8(ascii: "\"") else {
        content.append(byte)
        continue
      }
      if index < bytes.count, bytes[index] == byte {
        content.append(byte)
        index += 1
      } else if index == bytes.count || isEnd(bytes[index]) {
        return String(decoding: content, as: UTF8.self)
      } else {
        throw failure("text after a closing quote")
      }
    }
    throw opening
  }

  private func failure(_ message: String) -> RecordsError {
    let column = bytes[lineStart..<index].count { $0 & 0xC0 != 0x80 } + 1
    return .invalid([Diagnostic(Place(file: file, line: line, column: column), message)])
  }
}
