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
    guard let data = FileManager.default.contents(atPath: path) else {
      throw .missing(path: path, acceptCommand: acceptCommand)
    }
    guard let text = String(validating: data, as: UTF8.self) else {
      throw .damaged(Place(file: path), "not UTF-8 text")
    }
    try self.init(text, path: path)
    if self.experiment != experiment {
      throw .damaged(
        Place(file: path), "the baseline of experiment '\(self.experiment)', not '\(experiment)'")
    }
  }

  /// Reads the text of a baseline.
  ///
  /// - Parameter path: what messages call it.
  init(_ text: String, path: String) throws(BaselineError) {
    let value: Value
    do throws(JSONParser.Failure) {
      value = try JSONParser.value(text)
    } catch {
      throw .damaged(Place(file: path, line: error.line, column: error.column), error.message)
    }
    do throws(BaselineReader.Failure) {
      self = try BaselineReader.baseline(value)
    } catch {
      throw .damaged(Place(file: path), error.message)
    }
    let written = self.text
    guard written != text else { return }
    let lines = zip(text.split(separator: "\n"), written.split(separator: "\n"))
    let line = Array(lines).firstIndex { $0 != $1 }
    let isSum = line.map { Array(lines)[$0].1.hasPrefix("  \"sum\": ") } ?? false
    throw .damaged(
      Place(file: path, line: isSum ? 0 : (line ?? 0) + 1, column: isSum ? 0 : 1),
      isSum
        ? "changed after it was written: its content has another sum"
        : "not as 'saddle accept' writes it")
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
    let trace = try root["trace"]
    var columns: [String] = []
    for item in try trace["columns"].items() { columns.append(try item.text()) }
    var arms: [Baseline.ArmRecord] = []
    for item in try root["arms"].items() {
      arms.append(try item.arm(metrics.map(\.name), columns: columns.count))
    }
    var claims: [Baseline.ClaimRecord] = []
    for item in try root["claims"].items() {
      claims.append(
        Baseline.ClaimRecord(
          id: try item["id"].text(), statement: try item["statement"].text(),
          verdict: try item["verdict"].text()))
    }
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
    var runs: [Baseline.Run] = []
    for item in try self["runs"].items() { runs.append(try item.run(metrics)) }
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
      evaluation: try self["evaluation"].value, runs: runs, trace: trace)
  }

  private func run(_ metrics: [String]) throws(Failure) -> Baseline.Run {
    guard let state = RunState(rawValue: try self["state"].text()) else {
      throw wrong("state", "how a run can end")
    }
    let finals = try self["metrics"]
    var values: [Double?] = []
    for metric in metrics { values.append(try finals[metric].number()) }
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
