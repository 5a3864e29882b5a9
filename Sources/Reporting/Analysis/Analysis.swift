import Records
import Statistics

/// All that the report says in numbers, worked out once from the plan and its records.
struct Analysis: Sendable {
  /// What was asked.
  let plan: Plan
  /// What was found.
  let records: CompactRecords
  /// The runs of each arm summed up, in the order of `plan.arms`.
  let summaries: [ArmSummary]
  /// The groups of arms whose values can be compared.
  let problems: [Problem]
  /// The groups of arms that are compared with each other.
  let strata: [Stratum]
  /// For each arm, the index of its stratum.
  let stratumOfArm: [Int]
  /// The problem that this is about, where the experiment has several and this is the analysis of one of them.
  let problemTitle: String?

  /// Works through the records.
  ///
  /// - Parameter problemTitle: what figures call the problem that these records are a part about; nil for the whole.
  init(
    plan: Plan, records: CompactRecords, problemTitle: String? = nil
  ) throws(ReportError) {
    try RecordsCheck(plan: plan).check(records)
    var runs = [[RunResult?]](
      repeating: Array(repeating: nil, count: plan.seeds.count), count: plan.arms.count)
    for run in records.runs {
      guard let seed = plan.seeds.firstIndex(of: run.seed) else { continue }
      runs[run.arm][seed] = run
    }
    let summaries = runs.map { ArmSummary(runs: $0, metrics: plan.metrics.count) }
    var strata = Stratum.all(plan)
    var stratumOfArm = [Int](repeating: 0, count: plan.arms.count)
    for index in strata.indices {
      for arm in strata[index].arms { stratumOfArm[arm] = index }
      guard let baseline = strata[index].baseline else { continue }
      do throws(StatisticsError) {
        for (metric, request) in plan.metrics.enumerated() {
          let asked = plan.asks(request, of: plan.arms[baseline])
          let arms = strata[index].challengers.filter {
            asked && plan.asks(request, of: plan.arms[$0])
          }
          strata[index].comparisons.append(
            try PairedComparison.all(
              arms: arms, baseline: baseline, metric: metric,
              goal: request.goal, summaries: summaries, seeds: plan.seeds))
        }
      } catch {
        throw ReportError.recordsDoNotFit(error.description)
      }
    }
    self.plan = plan
    self.records = records
    self.summaries = summaries
    problems = plan.problems
    self.strata = strata
    self.stratumOfArm = stratumOfArm
    self.problemTitle = problemTitle
  }

  /// The metric that verdicts rest on.
  var primary: MetricRequest { plan.metrics[plan.primaryMetric] }

  /// How all runs ended.
  var counts: StateCounts { summaries.map(\.counts).reduce(StateCounts(), +) }

  /// The axes on which arms of one stratum differ, in the order of the plan.
  var innerAxes: [Int] {
    plan.axes.indices.filter { axis in strata.contains { $0.sharedLabels[axis] == nil } }
      .filter { plan.axes[$0].labels.count > 1 }
  }

  /// The axes on which strata differ while the arms of one agree.
  var outerAxes: [Int] {
    let inner = innerAxes
    return plan.axes.indices.filter { plan.axes[$0].labels.count > 1 && !inner.contains($0) }
  }

  /// What an arm is called among the arms of its stratum: its labels where these differ.
  func shortName(_ arm: Int) -> String { shortName(arm, asLabel: { _, label in label }) }

  /// The same in a sentence, where a bare number says little: labels that do not begin with a letter
  /// follow the names of their axes, `noise=0.05`.
  func tellingName(_ arm: Int) -> String {
    shortName(
      arm, asLabel: { axis, label in label.first?.isLetter == true ? label : "\(axis)=\(label)" })
  }

  private func shortName(
    _ arm: Int, asLabel text: (_ axis: String, _ label: String) -> String
  ) -> String {
    if let name = plan.arms[arm].includedName { return name }
    let stratum = strata[stratumOfArm[arm]]
    let labels = plan.arms[arm].labels.indices
      .filter { stratum.sharedLabels[$0] == nil }
      .compactMap { axis in plan.arms[arm].labels[axis].map { text(plan.axes[axis].name, $0) } }
    return labels.isEmpty ? plan.arms[arm].name : labels.joined(separator: " · ")
  }

  /// What an arm is called among all arms: the name that distinguishes it, without axes of one
  /// label.
  func fullName(_ arm: Int) -> String {
    if let name = plan.arms[arm].includedName { return name }
    let labels = plan.axes.indices.filter { plan.axes[$0].labels.count > 1 }
      .compactMap { plan.arms[arm].labels[$0] }
    return labels.isEmpty ? plan.arms[arm].name : labels.joined(separator: " · ")
  }

  /// The comparison of an arm with its baseline on a metric; nil for baselines and without one.
  func comparison(_ arm: Int, metric: Int) -> PairedComparison? {
    let stratum = strata[stratumOfArm[arm]]
    guard metric < stratum.comparisons.count else { return nil }
    return stratum.comparisons[metric].first { $0.arm == arm }
  }

  /// The reference of the data that an arm is trained on: the one whose data setting the arm's
  /// configuration holds.
  func reference(_ arm: Int) -> ProblemReference? {
    let references = records.references
    if references.count < 2 { return references.first }
    let problem = plan.arms[arm].problem
    return references.first { $0.data == problem.data && $0.evaluation == problem.evaluation }
  }

  /// Whether a metric is asked of any of some arms.
  func asks(_ metric: Int, ofAny arms: [Int]) -> Bool {
    arms.contains { plan.asks(plan.metrics[metric], of: plan.arms[$0]) }
  }

  /// The title of a group of arms, with the problem in front where this is the analysis of one of several.
  func qualified(_ title: String) -> String {
    guard let problemTitle else { return title }
    return strata.count == 1 ? problemTitle : "\(problemTitle), \(title)"
  }

  /// The title of a figure, with the problem that it shows where there are several.
  func titled(_ text: String) -> String { problemTitle.map { "\($0): \(text)" } ?? text }

  /// Whether `left` is a better value of a metric than `right`.
  func isBetter(_ left: Double, than right: Double, metric: Int) -> Bool {
    plan.metrics[metric].goal == .min ? left < right : left > right
  }
}
