import Records

/// The critic's and the generator's loss over training, one panel per arm, with bands over seeds.
struct LossCurves {
  /// All that is known.
  let analysis: Analysis
  /// The index of the axis whose labels have a figure each; nil for a figure per stratum.
  let facet: Int?
  private let columns: [(name: String, column: Int)]

  /// Takes the columns of the training history that are losses; nil when there is none.
  init?(_ analysis: Analysis, facet: String?) {
    let names = analysis.records.training.columns
    columns = ["critic", "generator"].compactMap { side in
      Self.column(side, names).map { (names[$0], $0) }
    }
    guard !columns.isEmpty else { return nil }
    self.analysis = analysis
    self.facet = facet.flatMap { wanted in
      analysis.plan.axes.firstIndex { $0.name == wanted && $0.labels.count > 1 }
    }
  }

  /// The shortest name that holds both the player and the word loss: the loss itself rather than a
  /// part of it.
  private static func column(_ side: String, _ names: [String]) -> Int? {
    names.indices.filter {
      let name = names[$0].lowercased()
      return name.contains(side) && name.contains("loss")
    }.min { (names[$0].count, $0) < (names[$1].count, $1) }
  }

  /// The figures, at most twelve panels each; none when no arm has a history.
  func figures(name: (String) -> String) -> [Figure] {
    let arms = analysis.plan.arms.count
    let bands = columns.map { Bands.all(analysis.records.training, column: $0.column, arms: arms) }
    let size = CurvePanels.panelsPerFigure
    return groups.flatMap { group in
      let shown = group.arms.filter { arm in bands.contains { !$0[arm].points.isEmpty } }
      return stride(from: 0, to: shown.count, by: size).map { start in
        figure(
          name("losses"), title: "losses: " + analysis.qualified(group.title),
          arms: Array(shown[start..<min(start + size, shown.count)]), bands)
      }
    }
  }

  private var groups: [(title: String, arms: [Int])] {
    guard let facet else { return analysis.strata.map { ($0.title, $0.arms) } }
    let axis = analysis.plan.axes[facet]
    let labels = axis.labels.map(Optional.some) + [nil]
    return labels.map { label in
      (
        label.map { "\(axis.name) = \($0)" } ?? "other arms",
        analysis.plan.arms.filter { $0.labels[facet] == label }.map(\.index)
      )
    }
  }

  private func figure(
    _ name: String, title: String, arms: [Int], _ bands: [[Bands]]
  ) -> Figure {
    let strokes = [Palette.curves[0], Palette.curves[1]].map { GnuplotScript.Stroke(colour: $0) }
    let panels = arms.map { arm in
      CurvePanels.Panel(
        title: facet == nil ? analysis.shortName(arm) : analysis.fullName(arm),
        curves: columns.indices.map { index in
          CurvePanels.Curve(
            name: columns[index].name, bands: bands[index][arm], stroke: strokes[index])
        })
    }
    return CurvePanels(
      name: name, title: title, valueLabel: "loss",
      legend: zip(columns, strokes).map { .init(text: $0.name, stroke: $1) }, panels: panels,
      sharesScale: false, logarithmicFrom: 1000
    ).figure(
      alternative: title,
      caption: "\(Markdown.escape(title)): median over seeds with the band between the quartiles; "
        + "every panel has its own scale.")
  }
}
