import Catalog
import Foundation
import Records

extension Baseline {
  /// Reads a file that `accept` wrote.
  ///
  /// - Parameters:
  ///   - path: the file's path.
  ///   - experiment: the name of the experiment that it must be of.
  ///   - acceptCommand: the command that writes it, as one types it.
  /// - Throws: `BaselineError.missing`; `BaselineError.damaged` with the place when the file differs in anything from
  ///   what its own content would be written as.
  public init(
    reading path: String, experiment: String, acceptCommand: String
  ) throws(BaselineError) {
    if !FileManager.default.fileExists(atPath: path) {
      throw .missing(path: path, acceptCommand: acceptCommand)
    }
    let source: SourceFile
    do throws(RecordsError) {
      source = try SourceFile(reading: path, limit: Self.sizeLimit)
    } catch {
      throw Self.damaged(error, path)
    }
    try self.init(source)
    if self.experiment != experiment {
      throw .damaged(
        Place(file: path), "the baseline of experiment '\(self.experiment)', not '\(experiment)'")
    }
  }

  /// The largest file that is read, in bytes: some 100 000 runs.
  private static let sizeLimit = 1 << 26

  /// Reads the text of a baseline.
  ///
  /// - Parameter path: what messages call it.
  init(_ text: String, path: String) throws(BaselineError) {
    try self.init(SourceFile(name: path, text: text, limit: Self.sizeLimit))
  }

  private init(_ source: SourceFile) throws(BaselineError) {
    let (text, path) = (source.text, source.name)
    let root: LocatedNode?
    do throws(RecordsError) {
      // JSON is YAML; what else is YAML is not as it would be written.
      root = try source.parse()
    } catch {
      throw Self.damaged(error, path)
    }
    do throws(BaselineReader.Failure) {
      self = try BaselineReader.baseline(root?.value ?? .null)
    } catch {
      throw .damaged(Place(file: path), error.message)
    }
    let written = self.text
    guard !written.utf8.elementsEqual(text.utf8) else { return }
    let lines = zip(text.split(separator: "\n"), written.split(separator: "\n"))
    let line = Array(lines).firstIndex { $0 != $1 }
    let isSum = line.map { Array(lines)[$0].1.hasPrefix("  \"sum\": ") } ?? false
    throw .damaged(
      Place(file: path, line: isSum ? 0 : (line ?? 0) + 1, column: isSum ? 0 : 1),
      isSum
        ? "changed after it was written: its content has another sum"
        : "not as 'saddle accept' writes it")
  }

  private static func damaged(_ error: RecordsError, _ path: String) -> BaselineError {
    switch error {
    case .invalid(let diagnostics):
      let first = diagnostics.first ?? Diagnostic(Place(file: path), "cannot be read")
      return .damaged(first.place, first.message)
    case .inputOutput(_, let path, let reason): return .damaged(Place(file: path), reason)
    }
  }
}

/// Reads a baseline from a value, strictly.
private struct BaselineReader {
  struct Failure: Error {
    let message: String
  }

  /// The value and the way to it from the root, for example `arms[2].runs[0].seed`.
  private let value: Value
  private let path: String

  static func baseline(_ value: Value) throws(Failure) -> Baseline {
    let root = BaselineReader(value: value, path: "")
    let format = try root["format"].integer()
    if format != Baseline.format {
      throw Failure(
        message: "of format \(format), and this program reads format \(Baseline.format)")
    }
    var metrics: [Baseline.Metric] = []
    for item in try root["metrics"].items() { metrics.append(try item.metric()) }
    try root["metrics"].checkDistinct("name", metrics.map(\.name))
    let trace = try root["trace"]
    var columns: [String] = []
    for item in try trace["columns"].items() { columns.append(try item.text()) }
    var arms: [Baseline.ArmRecord] = []
    for item in try root["arms"].items() {
      arms.append(try item.arm(metrics.map(\.name), columns: columns.count))
    }
    try root["arms"].checkDistinct("name", arms.map(\.name))
    var claims: [Baseline.ClaimRecord] = []
    for item in try root["claims"].items() {
      claims.append(
        Baseline.ClaimRecord(
          id: try item["id"].text(), statement: try item["statement"].text(),
          verdict: try item["verdict"].text()))
    }
    try root["claims"].checkDistinct("id", claims.map(\.id))
    let fingerprint = try root["fingerprint"]
    return Baseline(
      experiment: try root["experiment"].text(),
      conditions: Baseline.Conditions(
        numericsVersion: try root["numericsVersion"].integer(),
        evaluationVersion: try root["evaluationVersion"].integer(),
        executor: try root["executor"].text(),
        fingerprint: fingerprint.value == .null ? nil : try fingerprint.text()),
      metrics: metrics, arms: arms, claims: claims, traceSeed: try trace["seed"].integer(),
      traceColumns: columns)
  }

  private func metric() throws(Failure) -> Baseline.Metric {
    guard let goal = MetricRequest.Goal(rawValue: try self["goal"].text()) else {
      throw wrong("goal", "min or max")
    }
    return Baseline.Metric(
      name: try self["name"].text(), goal: goal, isPrimary: try self["primary"].boolean(),
      settings: try self["settings"].value)
  }

  private func arm(_ metrics: [String], columns: Int) throws(Failure) -> Baseline.ArmRecord {
    var asked: [String] = []
    for item in try self["asked"].items() { asked.append(try item.text()) }
    guard metrics.filter(asked.contains) == asked else {
      throw wrong("asked", "names of 'metrics', in their order")
    }
    var runs: [Baseline.Run] = []
    for item in try self["runs"].items() { runs.append(try item.run(metrics, asked: asked)) }
    try self["runs"].checkDistinct("seed", runs.map(\.seed))
    var trace: [Baseline.Moment] = []
    for item in try self["trace"].items() {
      let fields = try item.items()
      guard fields.count == columns + 1 else { throw item.wrong("", "\(columns + 1) numbers") }
      var values: [Double?] = []
      for field in fields.dropFirst() { values.append(try field.number()) }
      trace.append(Baseline.Moment(step: try fields[0].integer(), values: values))
    }
    return Baseline.ArmRecord(
      name: try self["name"].text(), settings: try self["settings"].value,
      evaluation: try self["evaluation"].value, asked: asked, runs: runs, trace: trace)
  }

  private func run(_ metrics: [String], asked: [String]) throws(Failure) -> Baseline.Run {
    guard let state = RunState(rawValue: try self["state"].text()) else {
      throw wrong("state", "how a run can end")
    }
    let finals = try self["metrics"]
    var values: [Double?] = []
    for metric in metrics {
      values.append(asked.contains(metric) ? try finals[metric].number() : nil)
    }
    return Baseline.Run(
      seed: try self["seed"].integer(), id: try self["id"].text(), state: state,
      steps: try self["steps"].integer(), isDead: try self["dead"].boolean(),
      digest: try self["digest"].text(), operations: try self["operations"].integer(),
      metrics: values)
  }
}

// MARK: Values with their places

extension BaselineReader {
  private func wrong(_ key: String, _ wanted: String) -> Failure {
    let place = path + (key.isEmpty || path.isEmpty ? key : ".\(key)")
    return Failure(message: "\(place.isEmpty ? "the file" : "'\(place)'") must be \(wanted)")
  }

  /// The member of a map.
  private subscript(key: String) -> BaselineReader {
    get throws(Failure) {
      guard let members = value.asMap else { throw wrong("", "a map") }
      guard let member = members[key] else {
        throw Failure(message: "\(path.isEmpty ? "the file" : "'\(path)'") has no '\(key)'")
      }
      return BaselineReader(value: member, path: path.isEmpty ? key : "\(path).\(key)")
    }
  }

  /// Sees that no two items of this list have the same in one member.
  private func checkDistinct<Element: Hashable>(
    _ key: String, _ values: [Element]
  ) throws(Failure) {
    var known: Set<Element> = []
    for (index, value) in values.enumerated() where !known.insert(value).inserted {
      throw Failure(message: "'\(path)[\(index)].\(key)' is given twice: \(value)")
    }
  }

  private func items() throws(Failure) -> [BaselineReader] {
    guard let list = value.asList else { throw wrong("", "a list") }
    return list.enumerated().map { BaselineReader(value: $1, path: "\(path)[\($0)]") }
  }

  private func text() throws(Failure) -> String {
    guard let text = value.asText else { throw wrong("", "a string") }
    return text
  }

  private func integer() throws(Failure) -> Int {
    guard let number = value.asInteger else { throw wrong("", "a whole number") }
    return number
  }

  private func boolean() throws(Failure) -> Bool {
    guard let boolean = value.asBoolean else { throw wrong("", "true or false") }
    return boolean
  }

  /// A number, or nil for `null`.
  private func number() throws(Failure) -> Double? {
    if value == .null { return nil }
    guard let number = value.asReal else { throw wrong("", "a number or null") }
    return number
  }
}
