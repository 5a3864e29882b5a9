/// A table of compact records while it is read: rows with checked columns and messages that name
/// the line.
struct CompactTable {
  let file: String
  let columns: [String]
  let rows: [CSV.Row]
  let plan: Plan

  /// Reads a file and checks its first line.
  ///
  /// - Parameters:
  ///   - start: the columns with which the table must start.
  ///   - metrics: whether the plan's metrics, and nothing else, must follow.
  init(
    _ folder: String, _ name: String, start: [String], metrics: Bool, plan: Plan
  ) throws(RecordsError) {
    file = "\(folder)/\(name)"
    self.plan = plan
    guard let bytes = try FileSystem.read(file) else {
      throw .invalid([
        Diagnostic(Place(file: file), "no such file; make the report again from the store")
      ])
    }
    let rows = try CSV.rows(String(decoding: bytes, as: UTF8.self), file: file)
    columns = rows.first?.fields ?? []
    self.rows = Array(rows.dropFirst())
    let wanted = start + (metrics ? plan.metrics.map(\.name) : [])
    guard columns.starts(with: wanted), !metrics || columns.count == wanted.count else {
      let more = metrics ? "" : ",…"
      throw failure(
        1,
        "the columns must be \(wanted.joined(separator: ","))\(more), but they are "
          + columns.joined(separator: ","))
    }
    if let wrong = self.rows.first(where: { $0.fields.count != columns.count }) {
      throw failure(
        wrong.line, "the row has \(wrong.fields.count) fields; there are \(columns.count) columns")
    }
  }

  /// An error in a line.
  func failure(_ line: Int, _ message: String) -> RecordsError {
    .invalid([Diagnostic(Place(file: file, line: line, column: 1), message)])
  }

  /// The field as a whole number that is not negative.
  func integer(_ row: CSV.Row, _ column: Int) throws(RecordsError) -> Int {
    guard let value = Int(row.fields[column]), value >= 0 else {
      throw wrong(row, column, "a whole number from 0")
    }
    return value
  }

  /// The field as a finite number; nil when it is empty.
  func real(_ row: CSV.Row, _ column: Int) throws(RecordsError) -> Double? {
    if row.fields[column].isEmpty { return nil }
    guard let value = Double(row.fields[column]), value.isFinite else {
      throw wrong(row, column, "a number or nothing")
    }
    return value
  }

  /// All fields from a column on as numbers.
  func reals(_ row: CSV.Row, from column: Int) throws(RecordsError) -> [Double?] {
    var values: [Double?] = []
    for index in column..<max(column, row.fields.count) { values.append(try real(row, index)) }
    return values
  }

  /// The two fields from a column on as a point.
  func point(_ row: CSV.Row, from column: Int) throws(RecordsError) -> SIMD2<Float> {
    guard let x = Float(row.fields[column]), let y = Float(row.fields[column + 1]),
      x.isFinite, y.isFinite
    else { throw wrong(row, column, "a number, and so must '\(columns[column + 1])'") }
    return SIMD2(x, y)
  }

  /// The field as 64 hexadecimal digits.
  func digest(_ row: CSV.Row, _ column: Int) throws(RecordsError) -> String {
    let text = row.fields[column]
    guard text.utf8.count == 64, text.utf8.allSatisfy({ "0123456789abcdef".utf8.contains($0) })
    else { throw wrong(row, column, "64 hexadecimal digits") }
    return text
  }

  func wrong(_ row: CSV.Row, _ column: Int, _ wanted: String) -> RecordsError {
    failure(row.line, "'\(columns[column])' must be \(wanted), not '\(row.fields[column])'")
  }
}
