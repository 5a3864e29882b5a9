import Catalog
import Records

/// The report's text: sections in the order in which a reader needs them.
struct Page {
  /// All that is known.
  let analysis: Analysis
  /// The claims, checked.
  let claims: [ClaimResult]
  /// What is drawn.
  let figures: FigureSet
  /// Pictures of samples.
  let pictures: PicturesSection
  /// What the settings mean.
  let parameters: [Parameter]
  /// Where the entries are described that arms use.
  let tables: [EntryTable]

  /// The text of `README.md`.
  var markdown: String {
    let drawn = FiguresSections(analysis: analysis, figures: figures, pictures: pictures)
    let sections: [String?] = [
      heading,
      AnswerSection(analysis: analysis, unwired: UnwiredArms.all(analysis)).markdown,
      ClaimsSection(analysis: analysis, claims: claims).markdown,
      drawn.overview,
      ResultsSection(analysis: analysis).markdown,
      drawn.training,
      drawn.samples,
      CostSection(analysis: analysis).markdown,
      LeftOutSection(plan: analysis.plan, refusals: figures.refusals).markdown,
      MethodSection(analysis: analysis, parameters: parameters).markdown,
      AppendixSection(plan: analysis.plan, tables: tables).markdown,
      ReproduceSection(plan: analysis.plan, hasFigures: !figures.all.isEmpty).markdown,
    ]
    return sections.compactMap { $0 }.joined(separator: "\n\n") + "\n"
  }

  private var heading: String {
    let plan = analysis.plan
    let counts = analysis.counts
    let title = plan.question.isEmpty ? plan.name : plan.question
    let axes = plan.axes.map { axis in
      "\(Markdown.escape(axis.name)) (\(axis.labels.count))"
    }.joined(separator: " × ")
    let size =
      "\(plan.arms.count) arm\(plan.arms.count == 1 ? "" : "s")"
      + (axes.isEmpty ? "" : " from \(axes)")
      + ", \(plan.seeds.count) seed\(plan.seeds.count == 1 ? "" : "s") each"
    var states = ["\(counts.done) of \(counts.total) runs finished", "\(counts.diverged) diverged"]
    if counts.failed > 0 { states.append("\(counts.failed) failed") }
    if counts.missing > 0 { states.append("\(counts.missing) missing") }
    if counts.dead > 0 { states.append("\(counts.dead) of the finished are dead") }
    var text =
      "# \(Markdown.escape(title))\n\nExperiment \(Markdown.code(plan.name)) "
      + "(\(Markdown.code(plan.file))): \(size); \(states.joined(separator: ", "))."
    if plan.isAdHoc {
      text += " **Ad-hoc sweep:** options on the command line changed the question of the file."
    }
    return text
  }
}
