import Records

/// A regression check as workflow commands of GitHub Actions, which shows them at a file's lines.
public struct GitHubAnnotations {
  private let check: RegressionCheck

  /// - Parameter check: what was compared.
  public init(_ check: RegressionCheck) { self.check = check }

  /// One line per finding that fails the check and per false claim.
  public var lines: [String] {
    let file = Place(file: check.plan.file)
    let findings = check.findings.filter { $0.isFailure || check.outcome == .nothingCompared }.map {
      finding in
      Self.error(
        file, title: "\(check.plan.name): \(finding.title)",
        message: finding.lines.joined(separator: "\n"))
    }
    let claims = check.falseClaims.map { claim in
      Self.error(
        check.plan.claims.first { $0.id == claim.id }?.place ?? file,
        title: "\(check.plan.name): claim \(claim.id) is false",
        message: claim.statement)
    }
    return findings + claims
  }

  /// A workflow command that shows an error.
  static func error(_ place: Place, title: String, message: String) -> String {
    let line = place.line > 0 ? ",line=\(place.line),col=\(place.column)" : ""
    return "::error file=\(property(place.file))\(line),title=\(property(title))::\(data(message))"
  }

  /// Text after the command.
  static func data(_ text: String) -> String {
    let text = text.replacing("%", with: "%25").replacing("\r\n", with: "%0D%0A")
      .replacing("\r", with: "%0D").replacing("\n", with: "%0A")
    return Markdown.oneLine(text)
  }

  /// Text as a property's value.
  static func property(_ text: String) -> String {
    data(text).replacing(":", with: "%3A").replacing(",", with: "%2C")
  }
}
