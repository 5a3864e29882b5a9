import Records
import Statistics

/// The claims with their verdicts.
struct ClaimsSection {
  /// All that is known.
  let analysis: Analysis
  /// The claims, checked.
  let claims: [ClaimResult]

  /// The section's text; nil when the experiment claims nothing.
  var markdown: String? {
    guard !claims.isEmpty else { return nil }
    var table = MarkdownTable([
      ("Claim", .left), ("Says", .left), ("Measured [95 %]", .left), ("Verdict", .left),
    ])
    var folded: [String] = []
    for result in claims {
      let id = Markdown.escape(result.claim.id)
      table.append([id, sentence(result), measured(result), "**\(result.verdict.rawValue)**"])
      if result.parts.count > 1 {
        folded.append(
          Markdown.details("Arms of claim \(Markdown.attribute(result.claim.id))", parts(result)))
      }
    }
    let note =
      "A claim is true when the whole interval is on its side of the threshold for each of its arms, "
      + "false when for any of them it is wholly on the other side, else undecided. A diverged run "
      + "counts as lost against any finite one; with one, an interval over finished runs alone "
      + "cannot make a claim true."
    return (["## Claims", table.text, note] + folded).joined(separator: "\n\n")
  }

  private func sentence(_ result: ClaimResult) -> String {
    let metric = Markdown.escape(result.claim.metric)
    let arms = result.claim.arms
    let subject =
      arms.count == 1
      ? Markdown.escape(analysis.fullName(arms[0])) : "each of \(arms.count) arms"
    switch result.claim.statement {
    case .improves(let probability):
      return "\(subject) beats its baseline on \(metric) with probability at least "
        + NumberText.significant(probability)
    case .improvesBy(let amount):
      return "\(subject) improves \(metric) by at least \(NumberText.significant(amount))"
    case .reaches(let threshold):
      let goal = analysis.plan.metrics.first { $0.name == result.claim.metric }?.goal ?? .min
      return "\(subject) reaches a mean \(metric) of at \(goal == .min ? "most" : "least") "
        + NumberText.significant(threshold)
    }
  }

  private func measured(_ result: ClaimResult) -> String {
    if result.parts.count == 1 { return value(result.parts[0]) }
    return Verdict.allCases.compactMap { verdict in
      let count = result.parts.count { $0.verdict == verdict }
      return count > 0 ? "\(count) \(verdict.rawValue)" : nil
    }.joined(separator: ", ")
  }

  private func value(_ part: ClaimResult.Part) -> String {
    let text = NumberText.estimate(
      mean: part.value, lower: part.interval?.lower, upper: part.interval?.upper)
    let measured = part.value == nil ? "no result" : text
    return measured + (part.diverged > 0 ? " (\(part.diverged) diverged)" : "")
  }

  private func parts(_ result: ClaimResult) -> String {
    var table = MarkdownTable([("Arm", .left), ("Measured [95 %]", .left), ("Verdict", .left)])
    for part in result.parts {
      table.append([
        Markdown.escape(analysis.fullName(part.arm)), value(part), part.verdict.rawValue,
      ])
    }
    return table.text
  }
}
