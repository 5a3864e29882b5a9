import Records

/// A regression check as JUnit XML, which continuous integration shows as tests: one per arm and metric, one per claim,
/// and one per finding that concerns no single metric.
public struct JUnitReport {
  private let name: String
  private let cases: [Case]

  /// The result of a check.
  public init(_ check: RegressionCheck) {
    name = check.plan.name
    cases = Self.cases(check)
  }

  /// One failed case, for a check that could not be made.
  ///
  /// - Parameters:
  ///   - experiment: the experiment's name.
  ///   - error: why not.
  public init(experiment: String, error: String) {
    name = experiment
    cases = [Case(group: "findings", name: "check", result: .failed(kind: "error", message: error))]
  }

  private enum Result {
    case passed
    case failed(kind: String, message: String)
    case skipped(String)
  }

  private struct Case {
    let group: String
    let name: String
    let result: Result
  }

  /// The document in UTF-8.
  public var text: String {
    let failures = cases.count { if case .failed = $0.result { true } else { false } }
    let skipped = cases.count { if case .skipped = $0.result { true } else { false } }
    let name = Self.escaped(self.name)
    let counts =
      "tests=\"\(cases.count)\" failures=\"\(failures)\" errors=\"0\" skipped=\"\(skipped)\""
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"saddle\" \(counts)>\n"
      + "  <testsuite name=\"\(name)\" \(counts)>\n"
      + cases.map { "    \(element($0))\n" }.joined() + "  </testsuite>\n</testsuites>\n"
  }

  private func element(_ test: Case) -> String {
    let group = Self.escaped("\(name).\(test.group)")
    let start = "<testcase classname=\"\(group)\" name=\"\(Self.escaped(test.name))\""
    switch test.result {
    case .passed: return "\(start)/>"
    case .skipped(let reason):
      return "\(start)><skipped message=\"\(Self.escaped(reason))\"/></testcase>"
    case .failed(let kind, let message):
      return "\(start)><failure type=\"\(Self.escaped(kind))\" "
        + "message=\"\(Self.escaped(message))\"/></testcase>"
    }
  }

  private static func cases(_ check: RegressionCheck) -> [Case] {
    let claims = check.fresh.claims.map { claim in
      Case(
        group: "claims", name: claim.id,
        result: check.falseClaims.contains(claim)
          ? .failed(kind: "false", message: claim.statement) : .passed)
    }
    let findings = check.findings.map { finding in
      let message = finding.lines.joined(separator: "\n")
      return Case(
        group: "findings", name: finding.title,
        result: finding.isFailure
          ? .failed(kind: "finding", message: message) : .skipped(message))
    }
    return check.arms.flatMap(cases) + claims + findings
  }

  private static func cases(_ arm: ArmComparison) -> [Case] {
    arm.metrics.map { comparison in
      let kind = comparison.mark.rawValue
      let result: Result
      switch comparison.mark {
      case .equal where !arm.absent.isEmpty:
        let seeds = arm.absent.map { String($0.seed) }.joined(separator: ", ")
        result = .failed(kind: "missing", message: "no fresh result for seeds \(seeds)")
      case .equal where !arm.retrained.isEmpty:
        let count = "\(arm.retrained.count) of \(arm.pairs.count)"
        result = .failed(
          kind: "training", message: "the values are equal, but \(count) runs have other weights")
      case .equal: result = .passed
      case .notComparable:
        result = .failed(kind: kind, message: "\(comparison.reason); \(comparison.numbers)")
      default: result = .failed(kind: kind, message: comparison.numbers)
      }
      return Case(group: arm.old.name, name: comparison.metric, result: result)
    }
  }

  /// Text inside an attribute in double quotes; what XML cannot hold at all becomes a replacement character.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\t", "\n", "\r": result += "&#\(scalar.value);"
      case "\u{0}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
