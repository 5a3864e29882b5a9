import Records

/// What each arm costs in counted operations, which do not depend on any machine.
struct CostSection {
  /// All that is known.
  let analysis: Analysis

  /// Longer tables are folded.
  private static let most = 15

  /// The section's text; nil when no run has finished.
  var markdown: String? {
    guard analysis.summaries.contains(where: { $0.operations != nil }) else { return nil }
    var table = MarkdownTable([
      ("Arm", .left), ("Operations per run", .right), ("Relative", .right),
    ])
    for arm in analysis.plan.arms {
      let operations = analysis.summaries[arm.index].operations
      let standard = standard(arm)
      let relative = operations.flatMap { cost in
        standard.map { $0 > 0 ? NumberText.significant(cost / $0, digits: 3) : NumberText.missing }
      }
      table.append([
        Markdown.escape(analysis.fullName(arm.index)), NumberText.operations(operations),
        relative.map { "× " + $0 } ?? NumberText.missing,
      ])
    }
    let body =
      analysis.plan.arms.count > Self.most
      ? Markdown.details("Cost of \(analysis.plan.arms.count) arms", table.text) : table.text
    let against =
      arms(haveBaseline: true)
      ? "its baseline" : "the cheapest arm\(analysis.strata.count > 1 ? " of its problem" : "")"
    return "## Cost\n\nCounted floating-point operations of training, mean over finished runs, and "
      + "how many times those of \(against).\(range)\n\n\(body)"
  }

  private func arms(haveBaseline: Bool) -> Bool {
    analysis.plan.arms.contains { $0.baseline != nil } == haveBaseline
  }

  /// What an arm's cost is divided by.
  private func standard(_ arm: Arm) -> Double? {
    if let baseline = arm.baseline { return analysis.summaries[baseline].operations }
    guard arms(haveBaseline: false) else { return nil }
    let others = analysis.strata[analysis.stratumOfArm[arm.index]].arms
    return others.compactMap { analysis.summaries[$0].operations }.min()
  }

  /// The dearest arm, in a sentence; empty where arms cost the same to three digits.
  private var range: String {
    let costs = analysis.summaries.compactMap(\.operations)
    guard analysis.problems.count == 1 else { return "" }
    guard let least = costs.min(), let most = costs.max(), least > 0, most > least else {
      return ""
    }
    let times = NumberText.significant(most / least, digits: 3)
    return times == "1" ? "" : " The dearest arm costs \(times) times the cheapest."
  }
}
