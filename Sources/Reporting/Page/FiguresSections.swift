import Records

/// The sections that are mostly pictures.
struct FiguresSections {
  /// All that is known.
  let analysis: Analysis
  /// What is drawn.
  let figures: FigureSet
  /// Pictures of samples.
  let pictures: PicturesSection

  /// Figures of a section beyond this many are folded: two, or the first of every problem.
  private var most: Int { min(max(2, analysis.problems.count), 6) }

  /// Heat maps and the chart of the primary metric; nil when no run has a value of it.
  var overview: String? { section("## Overview", figures.overview) }

  /// Metrics and losses over training; nil without histories.
  var training: String? {
    guard !figures.curves.isEmpty || !figures.losses.isEmpty else { return nil }
    let losses = figures.losses.map(\.markdown).joined(separator: "\n\n")
    let count = figures.losses.count
    return
      ([section("## Training", figures.curves) ?? "## Training"]
      + (count == 0
        ? []
        : [Markdown.details("Losses (\(count) figure\(count == 1 ? "" : "s"))", losses)]))
      .joined(separator: "\n\n")
  }

  /// Planar samples and sample grids; nil without either.
  var samples: String? {
    let pictures = pictures.markdown
    guard !figures.samples.isEmpty || pictures != nil else { return nil }
    return [section("## Samples", figures.samples) ?? "## Samples", pictures]
      .compactMap { $0 }.joined(separator: "\n\n")
  }

  private func section(_ heading: String, _ figures: [Figure]) -> String? {
    guard !figures.isEmpty else { return nil }
    let open = figures.prefix(most).map(\.markdown)
    let folded = figures.dropFirst(most).map { figure in
      Markdown.details(Markdown.attribute(figure.alternative), figure.markdown)
    }
    return ([heading] + open + folded).joined(separator: "\n\n")
  }
}
