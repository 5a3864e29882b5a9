import Records
import Statistics

/// The first thing that a reader wants: what the numbers say, in a few lines.
struct AnswerSection {
  /// All that is known.
  let analysis: Analysis
  /// Arms whose settings had no effect.
  let unwired: [UnwiredArms]

  private var metric: Int { analysis.plan.primaryMetric }

  /// The section's text.
  var markdown: String {
    var parts = ["## Answer"]
    parts += alarms
    if analysis.counts.done == 0 {
      parts.append("No run has finished, so there is nothing to compare.")
      return parts.joined(separator: "\n\n")
    }
    parts.append(hasBaselines ? summary : noBaseline)
    parts.append(table)
    if hasBaselines {
      parts.append("In brackets: mean difference from the baseline, in the Best column the mean.")
    }
    let dependence = AxisDependence.all(analysis).compactMap(sentence)
    if !dependence.isEmpty { parts.append(dependence.joined(separator: "\n")) }
    return parts.joined(separator: "\n\n")
  }

  private var hasBaselines: Bool { analysis.strata.contains { $0.baseline != nil } }

  /// What a reader must know before any number.
  private var alarms: [String] {
    let counts = analysis.counts
    var result: [String] = []
    if counts.failed + counts.missing > 0 {
      result.append(
        "> **Incomplete:** of \(counts.total) runs \(counts.missing) are missing and "
          + "\(counts.failed) failed. What follows is about the others.")
    }
    for group in unwired {
      let axes = group.axes.map(Markdown.escape).joined(separator: ", ")
      let names = group.arms.map { Markdown.escape(analysis.fullName($0)) }
      result.append(
        "> **Not wired\(axes.isEmpty ? "" : ": \(axes)").** These arms have different settings "
          + "but the same final weights for every seed, to the last bit, so the settings had no "
          + "effect: \(names.joined(separator: "; ")).")
    }
    let seeds = analysis.plan.seeds.count
    let smallest = smallestSignFlipP(seeds: seeds)
    let hopeless = analysis.strata.map { stratum in
      stratum.comparisons.isEmpty
        ? 0
        : stratum.comparisons[analysis.plan.primaryMetric].count { $0.difference != nil }
    }.filter { $0 > 0 && smallest * Double($0) > PairedComparison.level }
    if let most = hopeless.max() {
      let needed = seedsNeeded(significance: PairedComparison.level, comparisons: most)
      result.append(
        "> **Too few seeds.** With \(seeds) seed\(seeds == 1 ? "" : "s") no difference can be significant "
          + "\(hopeless.count == analysis.strata.count ? "" : "in \(hopeless.count) strata ")after "
          + "correction for \(most) comparison\(most == 1 ? "" : "s"); that needs \(needed) seeds.")
    }
    return result
  }

  private var noBaseline: String {
    "The experiment names no baseline, so nothing is tested: these are the means of "
      + "**\(Markdown.escape(analysis.primary.name))** (\(analysis.primary.direction))."
  }

  private var summary: String {
    let counts = analysis.outcomes
    var text =
      "On **\(Markdown.escape(analysis.primary.name))** (\(analysis.primary.direction)), "
      + "**\(counts.better)** of \(counts.total) comparison\(counts.total == 1 ? "" : "s") with "
      + "\(baselines) \(counts.better == 1 ? "is" : "are") better, **\(counts.worse)** worse and "
      + "**\(counts.undecided)** undecided (Holm's correction within each stratum, 5 % level)."
    if counts.bare > 0 {
      text += " In \(counts.bare) of these every run of the arm, or of its baseline, diverged."
    }
    if analysis.strata.count > 1 { text += consistent }
    return text
  }

  /// What the arms are compared with, by its labels on the axes that differ within strata.
  private var baselines: String {
    var names: [String] = []
    for baseline in analysis.strata.compactMap(\.baseline) {
      let name = Markdown.escape(analysis.tellingName(baseline))
      if !names.contains(name) { names.append(name) }
    }
    return names.count == 1 ? "the baseline *\(names[0])*" : "their strata's baselines"
  }

  /// The arms that have the same outcome in every stratum.
  private var consistent: String {
    let strata = analysis.strata.filter { !$0.comparisons.isEmpty && !$0.challengers.isEmpty }
    guard strata.count > 1, let first = strata.first else { return "" }
    func names(_ holds: (PairedComparison.Outcome) -> Bool) -> [String] {
      first.challengers.map(analysis.tellingName).filter { name in
        strata.allSatisfy { stratum in
          stratum.comparisons[metric].contains {
            analysis.tellingName($0.arm) == name && holds($0.outcome)
          }
        }
      }
    }
    let always = [("Better", names(\.isBetter)), ("Worse", names(\.isWorse))]
    return always.filter { !$0.1.isEmpty }.map { word, names in
      " \(word) in all \(strata.count) strata: \(names.map(Markdown.escape).joined(separator: ", "))."
    }.joined()
  }

  private var table: String {
    var table = MarkdownTable(
      [
        ("Stratum", .left), ("Better than baseline", .left), ("Worse", .left), ("Undecided", .left),
        ("Best", .left), ("Diverged", .right), ("Dead", .right),
      ].filter { hasBaselines || !["Better than baseline", "Worse", "Undecided"].contains($0.0) })
    for stratum in analysis.strata {
      let counts = stratum.arms.map { analysis.summaries[$0].counts }.reduce(StateCounts(), +)
      var cells = [Markdown.escape(stratum.title)]
      if hasBaselines { cells += outcomes(stratum) }
      cells += [best(stratum), "\(counts.diverged) of \(counts.total)", String(counts.dead)]
      table.append(cells)
    }
    return table.text
  }

  /// Cells with the arms that are better, worse and undecided, those with the largest differences
  /// first.
  private func outcomes(_ stratum: Stratum) -> [String] {
    let comparisons = stratum.comparisons.isEmpty ? [] : stratum.comparisons[metric]
    let sorted = comparisons.sorted {
      (-abs($0.difference?.mean ?? 0), $0.arm) < (-abs($1.difference?.mean ?? 0), $1.arm)
    }
    func those(_ holds: (PairedComparison.Outcome) -> Bool) -> [String] {
      sorted.filter { holds($0.outcome) }.map(named)
    }
    let open = those { !$0.isBetter && !$0.isWorse }
    return [those(\.isBetter), those(\.isWorse)].map { Self.list($0) }
      + [open.count > 4 ? "\(open.count) arms" : Self.list(open)]
  }

  /// An arm with its mean difference from the baseline, and what qualifies it.
  private func named(_ comparison: PairedComparison) -> String {
    let difference = comparison.difference.map { NumberText.significant($0.mean, digits: 2) }
    let remark: String? =
      switch comparison.outcome {
      case .diverged: "diverged"
      case .baselineDiverged: "baseline diverged"
      case .betterWhereFinite: "where finite"
      case .better, .worse, .undecided, .noPairs: nil
      }
    let remarks = [difference, remark].compactMap { $0 }.joined(separator: ", ")
    return Markdown.escape(analysis.tellingName(comparison.arm))
      + (remarks.isEmpty ? "" : " (\(remarks))")
  }

  private static func list(_ names: [String]) -> String {
    names.isEmpty ? NumberText.missing : names.joined(separator: ", ")
  }

  private func best(_ stratum: Stratum) -> String {
    var best: (arm: Int, mean: Double)?
    for arm in stratum.arms {
      guard let mean = analysis.summaries[arm].estimates[metric]?.mean else { continue }
      if best.map({ analysis.isBetter(mean, than: $0.mean, metric: metric) }) ?? true {
        best = (arm, mean)
      }
    }
    return best.map {
      "\(Markdown.escape(analysis.tellingName($0.arm))) (\(NumberText.significant($0.mean)))"
    } ?? "no finished run"
  }

  /// How the answer hangs on another axis; nil where nothing can be compared.
  private func sentence(_ dependence: AxisDependence) -> String? {
    let axis = Markdown.escape(dependence.axis)
    let best = dependence.best.compactMap { label, arm in
      arm.map { "\(Markdown.escape(label)): \(Markdown.escape($0))" }
    }
    guard !best.isEmpty else { return nil }
    var text = "- **Does it depend on \(axis)?** "
    if dependence.compared > 0 {
      text +=
        "\(dependence.changed) of \(dependence.compared) comparisons change their verdict with it"
        + (dependence.reversed.isEmpty
          ? ", none reverses. "
          : ", reversed from better to worse or back: "
            + "\(dependence.reversed.map(Markdown.escape).joined(separator: ", ")). ")
    }
    if let agreement = dependence.agreement {
      text +=
        "Two arms are ordered alike under different labels in \(NumberText.percent(agreement)) "
        + "of cases (50 % is chance). "
    }
    return text + "Best mean under \(best.joined(separator: "; "))."
  }
}

extension MetricRequest {
  /// Which way is good, in words.
  var direction: String { goal == .min ? "lower is better" : "higher is better" }
  /// Which way is good, as an arrow.
  var arrow: String { goal == .min ? "↓" : "↑" }
}
