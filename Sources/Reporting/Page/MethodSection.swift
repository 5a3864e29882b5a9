import Catalog
import Records
import Statistics

/// How the numbers came about: protocol, tests, and the settings that all arms share.
struct MethodSection {
  /// All that is known.
  let analysis: Analysis
  /// What the settings mean.
  let parameters: [Parameter]

  /// The section's text.
  var markdown: String {
    var parts = ["## Method", rules]
    let protocols = analysis.records.references.map { reference in
      "- \(Markdown.code(reference.data)): \(Markdown.escape(reference.protocolText))"
    }
    if !protocols.isEmpty {
      parts.append("Data and evaluation:\n\n" + protocols.joined(separator: "\n"))
    }
    parts += SettingsTables(plan: analysis.plan, parameters: parameters).markdown
    return parts.joined(separator: "\n\n")
  }

  private var rules: String {
    let seeds = analysis.plan.seeds
    var lines = [
      "**Seeds.** \(seeds.count) per arm (\(Self.list(seeds))). Arms that share a seed share initial "
        + "weights, minibatches and latents, so comparisons are paired by seed.",
      "**Means** are over finished runs, with Student's t interval at 95 %. A diverged run has no final "
        + "value; it is counted in its own column.",
      "**Differences** are arm minus baseline over the seeds that both arms finished, with a paired t "
        + "interval; p is the exact two-sided sign-flip test over the same pairs, whose smallest value "
        + "with n pairs is 2<sup>1−n</sup>.",
      "**Correction.** Holm's, over the comparisons of one stratum on the primary metric "
        + "(\(Markdown.escape(analysis.primary.name))); a verdict is *better* or *worse* at corrected "
        + "p ≤ 0.05, else *undecided*; *better where finite* says that the arm diverged on more seeds "
        + "than its baseline. Other metrics are exploratory and not corrected.",
      "**P(improvement)** is the share of seeds on which the arm beats its baseline, ties counting "
        + "one half, with Wilson's interval. A diverged run is worse than any finite one and equal to "
        + "another diverged one.",
    ]
    if analysis.strata.count > 1 {
      lines.append(
        "**Strata** are the arms that agree on every axis which the baseline does not name; nothing is "
          + "compared across them.")
    }
    return lines.map { "- " + $0 }.joined(separator: "\n")
  }

  /// `0–9` for consecutive numbers, else all of them.
  private static func list(_ seeds: [Int]) -> String {
    if let first = seeds.first, let last = seeds.last, seeds.count > 2,
      seeds == Array(first...max(first, last))
    {
      return "\(first)–\(last)"
    }
    return seeds.map(String.init).joined(separator: ", ")
  }
}
