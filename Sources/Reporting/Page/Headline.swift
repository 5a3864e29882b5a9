import Records
import Statistics

/// The answer in a line or two of plain text, for whoever waits for it at a terminal.
struct Headline {
  /// All that is known.
  let analysis: Analysis
  /// The claims with their verdicts.
  let claims: [ClaimResult]

  /// What the primary metric says, then what became of the claims.
  var lines: [String] {
    claims.isEmpty ? [comparisonLine] : [comparisonLine, claimLine]
  }

  private var comparisonLine: String {
    let counts = analysis.outcomes
    let name = analysis.primary.name
    if analysis.counts.done == 0 { return "\(name): no run has finished" }
    if counts.total == 0 { return "\(name): nothing is compared, for want of a baseline" }
    return "\(name): \(counts.better) better, \(counts.worse) worse, \(counts.undecided) undecided "
      + "of \(counts.total) comparison\(counts.total == 1 ? "" : "s") with a baseline"
  }

  private var claimLine: String {
    let counts = Verdict.allCases.map { verdict in
      "\(claims.count { $0.verdict == verdict }) \(verdict.rawValue)"
    }
    return "claims: \(counts.joined(separator: ", "))"
  }
}
