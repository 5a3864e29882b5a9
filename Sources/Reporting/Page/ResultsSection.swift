import Records

/// The numbers, stratum by stratum.
struct ResultsSection {
  /// All that is known.
  let analysis: Analysis

  /// Tables of more arms than this, all strata together, are folded.
  private static let most = 24

  /// The section's text.
  var markdown: String {
    let folds = analysis.plan.arms.count > Self.most
    var parts = ["## Results", legend]
    for (heading, strata) in groups {
      if let heading { parts.append("### \(Markdown.escape(heading))") }
      for stratum in strata {
        let body = body(stratum)
        if folds {
          parts.append(Markdown.details(summary(stratum), body))
        } else {
          if analysis.strata.count > 1 {
            parts.append(
              "\(heading == nil ? "###" : "####") \(Markdown.escape(stratum.title))")
          }
          parts.append(body)
        }
      }
    }
    return parts.joined(separator: "\n\n")
  }

  private var legend: String {
    "Mean over finished runs [95 % t interval]; ↓ lower and ↑ higher is better; the best mean of each "
      + "column is bold, the primary metric's name too. *Diverged* runs have no final value and are in "
      + "no mean; *dead* runs are finite, in the means, and were flagged because the critic was certain "
      + "and the generator's gradient had vanished."
  }

  /// With many strata and several axes between them, a heading per label of the longest of these
  /// axes.
  private var groups: [(heading: String?, strata: [Stratum])] {
    let axes = analysis.plan.axes
    let outer = analysis.outerAxes
    guard outer.count > 1, analysis.strata.count > 3,
      let axis = outer.max(by: {
        (axes[$0].labels.count, -$0) < (axes[$1].labels.count, -$1)
      })
    else { return [(nil, analysis.strata)] }
    let labels = axes[axis].labels.map(Optional.some) + [nil]
    return labels.compactMap { label in
      let members = analysis.strata.filter { $0.sharedLabels[axis] == label }
      let heading = label.map { "\(axes[axis].name) = \($0)" } ?? "Other arms"
      return members.isEmpty ? nil : (heading, members)
    }
  }

  private func summary(_ stratum: Stratum) -> String {
    let title = "<b>\(Markdown.attribute(stratum.title))</b>"
    guard !stratum.comparisons.isEmpty else { return "\(title): \(stratum.arms.count) arms" }
    let outcomes = stratum.comparisons[analysis.plan.primaryMetric].map(\.outcome)
    let better = outcomes.count { $0.isBetter }
    let worse = outcomes.count { $0.isWorse }
    return
      "\(title): \(better) better, \(worse) worse, \(outcomes.count - better - worse) undecided"
  }

  private func body(_ stratum: Stratum) -> String {
    var parts = [ArmTable(analysis: analysis, stratum: stratum).markdown]
    let primary = analysis.plan.primaryMetric
    for metric in [primary] + analysis.plan.metrics.indices.filter({ $0 != primary }) {
      let table = DifferenceTable(analysis: analysis, stratum: stratum, metric: metric)
      guard let baseline = stratum.baseline, let text = table.markdown else { continue }
      let name = analysis.plan.metrics[metric].name
      let standard = analysis.shortName(baseline)
      if metric == primary {
        parts.append(
          "Differences from **\(Markdown.escape(standard))** on **\(Markdown.escape(name))** "
            + "(\(analysis.primary.direction)), paired by seed:")
        parts.append(text)
      } else {
        parts.append(
          Markdown.details(
            "Differences from \(Markdown.attribute(standard)) on \(Markdown.attribute(name)) "
              + "(\(analysis.plan.metrics[metric].direction); exploratory, p not corrected)", text))
      }
    }
    return parts.joined(separator: "\n\n")
  }
}
