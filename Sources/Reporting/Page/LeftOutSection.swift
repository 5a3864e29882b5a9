import Records

/// What the experiment left out and why, and what is doubtful about the rest.
struct LeftOutSection {
  /// What was asked.
  let plan: Plan
  /// Charts that could not be drawn, as Markdown sentences.
  let refusals: [String]

  /// The section's text; nil when nothing was left out and nothing is doubtful.
  var markdown: String? {
    var items = plan.exclusions.map { exclusion in
      let place = exclusion.when.map { "\($0.axis) = \($0.label)" }.joined(separator: ", ")
      let why = exclusion.why.isEmpty ? "no reason given" : Markdown.escape(exclusion.why)
      return "- Left out: \(Markdown.escape(place)) (\(exclusion.count) "
        + "arm\(exclusion.count == 1 ? "" : "s")): \(why)"
    }
    items += plan.warnings.map { "- Warning: \(Markdown.escape($0))" }
    items += refusals.map { "- \($0)" }
    return items.isEmpty ? nil : "## Left out, and doubts\n\n" + items.joined(separator: "\n")
  }
}
