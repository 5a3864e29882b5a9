import Records

/// A metric over training, with a band over seeds.
///
/// Where at most seven curves fall together they share a panel per value of the facet, or per
/// stratum; else every arm has a panel of its own in which its baseline stands in grey.
struct MetricCurves {
  /// All that is known.
  let analysis: Analysis
  /// The index of the metric.
  let metric: Int
  /// The index of the axis whose labels have a panel each; nil for a panel per stratum.
  let facet: Int?

  private var bands: [Bands] {
    Bands.all(analysis.records.evaluation, column: column, arms: analysis.plan.arms.count)
  }

  private let column: Int

  /// Takes the metric's column of the evaluation history; nil when there is none or the axis does
  /// not exist.
  init?(_ analysis: Analysis, metric: Int, facet: String?) {
    let name = analysis.plan.metrics[metric].name
    guard let column = analysis.records.evaluation.columns.firstIndex(of: name) else { return nil }
    (self.analysis, self.metric, self.column) = (analysis, metric, column)
    self.facet = facet.flatMap { wanted in
      analysis.plan.axes.firstIndex { $0.name == wanted && $0.labels.count > 1 }
    }
  }

  /// The figures, at most twelve panels each; none when no arm has a history.
  func figures(name: (String) -> String) -> [Figure] {
    let bands = bands
    let withHistory = bands.indices.filter { !bands[$0].points.isEmpty }
    guard !withHistory.isEmpty else { return [] }
    for groups in [facetGroups(withHistory), strataGroups(withHistory)] {
      let isReadable = groups.allSatisfy { $0.arms.count <= Palette.curves.count + 1 }
      if !groups.isEmpty, isReadable { return overlays(groups, bands, name: name) }
    }
    return strataGroups(withHistory).flatMap { group in
      smallMultiples(group, bands, name: name)
    }
  }

  private struct Group {
    let title: String
    let shortTitle: String
    let arms: [Int]
  }

  private func facetGroups(_ arms: [Int]) -> [Group] {
    guard let facet else { return [] }
    let axis = analysis.plan.axes[facet]
    let labels = axis.labels.map(Optional.some) + [nil]
    return labels.compactMap { label in
      let members = arms.filter { analysis.plan.arms[$0].labels[facet] == label }
      if members.isEmpty { return nil }
      return Group(
        title: label.map { "\(axis.name) = \($0)" } ?? "other arms",
        shortTitle: label ?? "other arms", arms: members)
    }
  }

  private func strataGroups(_ arms: [Int]) -> [Group] {
    analysis.strata.compactMap { stratum in
      let members = stratum.arms.filter(arms.contains)
      if members.isEmpty { return nil }
      return Group(title: stratum.title, shortTitle: stratum.shortTitle, arms: members)
    }
  }

  private var direction: String {
    analysis.plan.metrics[metric].goal == .min ? "lower is better" : "higher is better"
  }

  /// What an arm is called in a panel: its labels on the axes that differ among the panel's arms.
  private func lineName(_ arm: Int, in group: Group) -> String {
    let arms = analysis.plan.arms
    if let name = arms[arm].includedName { return name }
    let labels = arms[arm].labels.indices.filter { axis in
      group.arms.contains {
        arms[$0].includedName == nil && arms[$0].labels[axis] != arms[arm].labels[axis]
      }
    }.compactMap { arms[arm].labels[$0] }
    return labels.isEmpty ? analysis.shortName(arm) : labels.joined(separator: " · ")
  }

  private func overlays(
    _ groups: [Group], _ bands: [Bands], name: (String) -> String
  ) -> [Figure] {
    var names: [String] = []
    for group in groups {
      for arm in group.arms {
        let line = lineName(arm, in: group)
        if !names.contains(line) { names.append(line) }
      }
    }
    let baselines = Set(analysis.strata.compactMap(\.baseline))
    let isBaseline = names.map { line in
      groups.allSatisfy { group in
        group.arms.allSatisfy { lineName($0, in: group) != line || baselines.contains($0) }
      }
    }
    let strokes = Self.strokes(isBaseline)
    let legend = zip(names, strokes).map { GnuplotScript.LegendEntry(text: $0, stroke: $1) }
    return Self.pages(groups).map { page in
      let panels = page.map { group in
        CurvePanels.Panel(
          title: group.title, shortTitle: group.shortTitle,
          curves: group.arms.map { arm in
            let line = lineName(arm, in: group)
            let stroke = names.firstIndex(of: line).map { strokes[$0] }
            return CurvePanels.Curve(
              name: line, bands: bands[arm], stroke: stroke ?? .init(colour: Palette.baseline))
          })
      }
      return figure(name, panels, title: title, legend: legend)
    }
  }

  private func smallMultiples(
    _ group: Group, _ bands: [Bands], name: (String) -> String
  ) -> [Figure] {
    let baseline =
      analysis.stratumOfArm.indices.contains(group.arms[0])
      ? analysis.strata[analysis.stratumOfArm[group.arms[0]]].baseline : nil
    let grey = GnuplotScript.Stroke(colour: Palette.baseline, width: 1.2)
    let blue = GnuplotScript.Stroke(colour: Palette.curves[0])
    var legend = [GnuplotScript.LegendEntry(text: "the panel's arm", stroke: blue)]
    if let baseline {
      let text = "baseline: \(analysis.shortName(baseline))"
      legend.append(GnuplotScript.LegendEntry(text: text, stroke: grey))
    }
    return Self.pages(group.arms.filter { $0 != baseline }).map { page in
      let panels = page.map { arm in
        var curves = [
          CurvePanels.Curve(name: analysis.shortName(arm), bands: bands[arm], stroke: blue)
        ]
        if let baseline {
          let curve = CurvePanels.Curve(
            name: "baseline", bands: bands[baseline], stroke: grey, hasBand: false)
          curves.insert(curve, at: 0)
        }
        return CurvePanels.Panel(title: analysis.shortName(arm), curves: curves)
      }
      return figure(name, panels, title: "\(title): \(group.title)", legend: legend)
    }
  }

  private var title: String {
    analysis.titled("\(analysis.plan.metrics[metric].name) over training (\(direction))")
  }

  private func figure(
    _ name: (String) -> String, _ panels: [CurvePanels.Panel], title: String,
    legend: [GnuplotScript.LegendEntry]
  ) -> Figure {
    let metricName = analysis.plan.metrics[metric].name
    return CurvePanels(
      name: name("curve-" + metricName), title: title, valueLabel: metricName, legend: legend,
      panels: panels, sharesScale: true, logarithmicFrom: 10
    ).figure(
      alternative: analysis.titled("\(metricName) over training"),
      caption:
        "\(Markdown.escape(title)): median over seeds with the band between the quartiles; a "
        + "run that diverged counts until it stops.")
  }

  /// Grey for a single baseline, colours for the others in order, dashed when the colours are used
  /// up.
  private static func strokes(_ isBaseline: [Bool]) -> [GnuplotScript.Stroke] {
    let hasOneBaseline = isBaseline.count { $0 } == 1
    var used = 0
    return isBaseline.map { flag in
      if flag && hasOneBaseline { return .init(colour: Palette.baseline) }
      defer { used += 1 }
      let count = Palette.curves.count
      return .init(colour: Palette.curves[used % count], dash: 1 + used / count)
    }
  }

  private static func pages<Item>(_ items: [Item]) -> [[Item]] {
    stride(from: 0, to: items.count, by: CurvePanels.panelsPerFigure).map {
      Array(items[$0..<min($0 + CurvePanels.panelsPerFigure, items.count)])
    }
  }
}
