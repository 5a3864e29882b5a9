import Records
import Statistics

/// The arms of a stratum against its baseline on one metric, paired by seed.
struct DifferenceTable {
  /// All that is known.
  let analysis: Analysis
  /// The arms shown.
  let stratum: Stratum
  /// The index of the metric.
  let metric: Int

  private var isPrimary: Bool { metric == analysis.plan.primaryMetric }

  /// The table with its notes; nil when there is nothing to compare.
  var markdown: String? {
    guard metric < stratum.comparisons.count, !stratum.comparisons[metric].isEmpty else {
      return nil
    }
    var notes = Footnotes()
    var table = MarkdownTable(
      [
        ("Arm", .left), ("Mean difference [95 %]", .right), ("Pairs", .right), ("p", .right),
      ] + (isPrimary ? [("p (Holm)", .right)] : [])
        + [("P(improvement) [95 %]", .right)] + (isPrimary ? [("Verdict", .left)] : []))
    for comparison in stratum.comparisons[metric] { table.append(row(comparison, &notes)) }
    return notes.text.isEmpty ? table.text : table.text + "\n\n" + notes.text
  }

  private func row(_ comparison: PairedComparison, _ notes: inout Footnotes) -> [String] {
    let difference = comparison.difference
    let improvement = comparison.improvement
    let marks = (difference?.caveats ?? []).compactMap { sentence($0) }.map { notes.mark($0) }
    var cells = [
      Markdown.escape(analysis.shortName(comparison.arm)),
      NumberText.estimate(
        mean: difference?.mean, lower: difference?.interval?.lower,
        upper: difference?.interval?.upper) + marks.joined(),
      String(difference?.count ?? 0), NumberText.probability(difference?.p),
    ]
    if isPrimary { cells.append(NumberText.probability(comparison.adjustedP)) }
    cells.append(
      improvement.map {
        "\(Self.share($0.probability)) [\(Self.share($0.interval.lower)), "
          + "\(Self.share($0.interval.upper))]"
      } ?? NumberText.missing)
    if isPrimary { cells.append(Self.verdict(comparison.outcome)) }
    return cells
  }

  private static func verdict(_ outcome: PairedComparison.Outcome) -> String {
    switch outcome {
    case .better, .worse, .betterWhereFinite, .diverged, .baselineDiverged:
      "**\(outcome.rawValue)**"
    case .undecided, .noPairs: outcome.rawValue
    }
  }

  /// A probability with two decimals.
  private static func share(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    let digits = String(hundredths % 100)
    return "\(hundredths / 100)." + (digits.count < 2 ? "0" + digits : digits)
  }

  private func sentence(_ caveat: Caveat) -> String? {
    switch caveat {
    case .unpaired(let seeds):
      "No finite pair for seed\(seeds.count == 1 ? "" : "s") "
        + seeds.map(String.init).joined(separator: ", ") + ": the difference is over the others."
    case .singleValue: "One pair has no interval."
    case .noVariation: "All differences are equal; the interval says nothing of other seeds."
    case .cannotReachSignificance(let smallest, let level, let needed):
      isPrimary
        ? "Needs \(needed) seeds to reach p ≤ \(NumberText.significant(level)) after correction; the "
          + "smallest p here is 2<sup>1−n</sup> = \(NumberText.probability(smallest))." : nil
    case .estimated(let patterns): "p from \(patterns) random sign patterns, not from all."
    case .dropped: nil
    }
  }
}
