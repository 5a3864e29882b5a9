import Records
import Statistics

/// The arms of a stratum by metrics: mean with interval, how many runs that is, and how the others
/// ended.
struct ArmTable {
  /// All that is known.
  let analysis: Analysis
  /// The arms shown.
  let stratum: Stratum

  /// The indices of the metrics that are asked of any arm here.
  private var metrics: [Int] {
    analysis.plan.metrics.indices.filter { analysis.asks($0, ofAny: stratum.arms) }
  }

  /// The table with its notes.
  var markdown: String {
    var notes = Footnotes()
    var table = MarkdownTable(
      [("Arm", .left)]
        + metrics.map { analysis.plan.metrics[$0] }.map { request in
          let name = Markdown.escape(request.name)
          return ("\(request.isPrimary ? "**\(name)**" : name) \(request.arrow)", .right)
        } + [("Finished", .right), ("Diverged", .right), ("Dead", .right)])
    for arm in stratum.arms {
      let counts = analysis.summaries[arm].counts
      let role = arm == stratum.baseline ? " *(baseline)*" : ""
      table.append(
        [Markdown.escape(analysis.shortName(arm)) + role]
          + metrics.map { cell(arm, metric: $0, &notes) }
          + [String(counts.done), String(counts.diverged), String(counts.dead)])
    }
    for (name, values) in floors {
      table.append([name] + metrics.map { NumberText.significant(values[$0]) } + ["", "", ""])
    }
    return notes.text.isEmpty ? table.text : table.text + "\n\n" + notes.text
  }

  private func cell(_ arm: Int, metric: Int, _ notes: inout Footnotes) -> String {
    let summary = analysis.summaries[arm]
    guard analysis.asks(metric, ofAny: [arm]) else { return NumberText.missing }
    guard let estimate = summary.estimates[metric] else {
      return summary.counts.done == 0 && summary.counts.diverged > 0
        ? "diverged" : NumberText.missing
    }
    var text = NumberText.estimate(
      mean: estimate.mean, lower: estimate.interval?.lower, upper: estimate.interval?.upper)
    if best[metric] == estimate.mean { text = "**\(text)**" }
    var marks: [String] = []
    if estimate.count < summary.counts.done {
      marks.append(
        notes.mark(
          "\(estimate.count) of \(summary.counts.done) finished runs have a finite value; the mean "
            + "is over these."))
    }
    for caveat in estimate.caveats {
      switch caveat {
      case .singleValue: marks.append(notes.mark("One run has no interval."))
      case .noVariation:
        marks.append(
          notes.mark("All runs agree; an interval of no width says nothing of other seeds."))
      case .dropped, .unpaired, .cannotReachSignificance, .estimated: break
      }
    }
    return text + marks.joined()
  }

  /// The best mean of each metric among the arms; nil where fewer than two have one.
  private var best: [Double?] {
    analysis.plan.metrics.indices.map { metric in
      let means = stratum.arms.compactMap { analysis.summaries[$0].estimates[metric]?.mean }
      guard means.count > 1 else { return nil }
      return analysis.plan.metrics[metric].goal == .min ? means.min() : means.max()
    }
  }

  /// A row per problem of the stratum: how real data score against held-out real data.
  private var floors: [(name: String, values: [Double?])] {
    var references: [ProblemReference] = []
    for arm in stratum.arms {
      if let reference = analysis.reference(arm), !references.contains(reference),
        reference.realAgainstReal.contains(where: { $0 != nil })
      {
        references.append(reference)
      }
    }
    return references.map { reference in
      let data = references.count > 1 ? " (\(Markdown.code(reference.data)))" : ""
      return ("*real against real*\(data)", reference.realAgainstReal)
    }
  }
}
