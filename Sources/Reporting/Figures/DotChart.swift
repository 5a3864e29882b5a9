import Records
import Statistics

/// A metric's mean with its interval for every arm, one panel per stratum, seeds as faint dots
/// below it.
struct DotChart {
  /// All that is known.
  let analysis: Analysis
  /// The index of the metric.
  let metric: Int

  private static let rowHeight = 19.0
  private static let panelsPerFigure = 12

  /// The figures, at most twelve panels each; none when no run has a value.
  func figures(name: (String) -> String) -> [Figure] {
    let shown = analysis.strata.filter { stratum in
      stratum.arms.contains { analysis.summaries[$0].estimates[metric] != nil }
    }
    return stride(from: 0, to: shown.count, by: Self.panelsPerFigure).map { start in
      let page = Array(shown[start..<min(start + Self.panelsPerFigure, shown.count)])
      return figure(name("arms-" + analysis.plan.metrics[metric].name), strata: page)
    }
  }

  private func figure(_ name: String, strata: [Stratum]) -> Figure {
    let request = analysis.plan.metrics[metric]
    let direction = request.goal == .min ? "lower is better" : "higher is better"
    let labels = strata.map { $0.arms.map(analysis.shortName) }
    let isShared = labels.allSatisfy { $0 == labels[0] }
    let longest = labels.joined().map { GnuplotText.width($0, font: 11) }.max() ?? 0
    let rows = Double(labels.map(\.count).max() ?? 1)
    let grid = PanelGrid(
      count: strata.count, columns: isShared ? (longest > 180 ? 2 : 3) : 2,
      maximumPanelWidth: 560, panelHeight: Self.rowHeight * rows + 8,
      margins: .init(left: min(longest, 240) + 18), head: 34, sharesVerticalAxis: isShared)
    let scale = scale(strata)
    var script = GnuplotScript(
      name: name, title: analysis.titled("\(request.name) (\(direction))"), grid: grid)
    var data = DataBlocks()
    script.add(
      "set grid x lc rgb '#e4e4e4' lt 1", "set bars 0.4", "set yrange [\(Int(rows)).5:0.5]")
    scale.commands("x").forEach { script.add($0) }
    let titles = script.titles(strata.map { ($0.title, $0.shortTitle) })
    for (index, stratum) in strata.enumerated() {
      script.beginPanel(index, title: titles[index])
      script.add(Self.tics(grid.hasVerticalAxis(index) ? labels[index] : []))
      script.add(
        grid.isLowest(index)
          ? "set xlabel \(GnuplotText.quoted(request.name)) offset 0,0.4 noenhanced"
          : "unset xlabel")
      script.plot(elements(stratum, grid, scale, &data))
    }
    let isCut = strata.contains { marks($0, scale).contains { !$0.exits.isEmpty } }
    return Figure(
      name: name,
      alternative: analysis.titled("\(request.name) of every arm with its interval over seeds"),
      caption:
        "\(Markdown.escape(analysis.titled(request.name))), \(direction): mean over finished runs with its "
        + "95 % t interval, seeds as faint dots below it, the baseline in grey with a line through its mean. "
        + "Arms without a finished run have no mark."
        + (isCut ? " An interval with an arrow goes on beyond the axis." : ""),
      width: grid.width, script: script.text, data: data.text)
  }

  private func scale(_ strata: [Stratum]) -> AxisScale {
    AxisScale(
      showing: strata.flatMap(\.arms).flatMap {
        analysis.summaries[$0].finalValues(metric).compactMap { $0 }
      })
  }

  /// The arms' names at whole numbers from the top; many names on a panel leave no room for more.
  private static func tics(_ labels: [String]) -> String {
    guard !labels.isEmpty else { return "unset ytics" }
    let tics = labels.enumerated().map { row, label in
      "\(GnuplotText.tic(GnuplotText.fitted(label, pixels: 236, font: 11))) \(row + 1)"
    }
    return "set ytics (\(tics.joined(separator: ", "))) scale 0 noenhanced textcolor rgb '#333333'"
  }

  /// An arm's mean with its interval on the axis.
  private struct Mark {
    let arm: Int
    let row: Int
    let mean: Double
    let lower: Double
    let upper: Double
    let scale: AxisScale

    /// The ends of the axis beyond which the interval goes on.
    var exits: [Double] {
      guard mean >= scale.lower, mean <= scale.upper else { return [] }
      var ends: [Double] = []
      if lower < scale.lower { ends.append(scale.lower) }
      if upper > scale.upper { ends.append(scale.upper) }
      return ends
    }

    /// Mean, interval and row.
    var cells: [String] {
      [mean, scale.clamped(lower), scale.clamped(upper)].map { NumberText.data($0) }
        + [String(row)]
    }

    /// Mean, interval and row of an interval that leaves the axis, then the part that is drawn with
    /// caps: one at the mean is hidden by its dot.
    var openCells: [String] {
      let from = lower < scale.lower ? mean : lower
      let to = upper > scale.upper ? mean : upper
      let known = [mean, lower, upper].map { NumberText.data($0) }
      return known + [String(row), NumberText.data(from), NumberText.data(to)]
    }

    /// Mean, row and end of each arrow.
    var arrows: [[String]] {
      exits.map { [NumberText.data(mean), String(row), NumberText.data($0)] }
    }
  }

  private func marks(_ stratum: Stratum, _ scale: AxisScale) -> [Mark] {
    stratum.arms.enumerated().compactMap { row, arm in
      analysis.summaries[arm].estimates[metric].map { estimate in
        Mark(
          arm: arm, row: row + 1, mean: estimate.mean,
          lower: estimate.interval?.lower ?? estimate.mean,
          upper: estimate.interval?.upper ?? estimate.mean, scale: scale)
      }
    }
  }

  private func elements(
    _ stratum: Stratum, _ grid: PanelGrid, _ scale: AxisScale, _ data: inout DataBlocks
  ) -> [String] {
    var seeds: [[String]] = []
    for (row, arm) in stratum.arms.enumerated() {
      for value in analysis.summaries[arm].finalValues(metric) {
        guard let value, value.isFinite else { continue }
        seeds.append([NumberText.data(value), "\(row + 1).28"])
      }
    }
    let marks = marks(stratum, scale)
    let title = stratum.title
    var elements: [String] = []
    if let mean = stratum.baseline.flatMap({ analysis.summaries[$0].estimates[metric]?.mean }) {
      let text = NumberText.data(mean)
      let line = data.add(
        "\(title): baseline's mean", [[text, "0.5"], [text, "\(stratum.arms.count).5"]])
      elements.append("DATA index \(line) with lines lc rgb '#aaaaaa' lw 1 dt 2 notitle")
    }
    let dots = data.add("\(title): seeds: value row", seeds)
    elements.append(
      "DATA index \(dots) with points pt 7 ps 0.3 lc rgb '"
        + Palette.translucent(Palette.curves[0], opacity: 0.35) + "' notitle")
    for (marks, colour) in [
      (marks.filter { $0.arm != stratum.baseline }, Palette.curves[0]),
      (marks.filter { $0.arm == stratum.baseline }, Palette.baseline),
    ] as [([Mark], String)] {
      let style = "lw 1.6 lc rgb '\(colour)' notitle"
      let closed = marks.filter(\.exits.isEmpty)
      if !closed.isEmpty {
        let block = data.add("\(title): mean lower upper row", closed.map(\.cells))
        elements.append("DATA index \(block) using 1:4:2:3 with xerrorbars pt 7 ps 0.6 \(style)")
      }
      let open = marks.filter { !$0.exits.isEmpty }
      if !open.isEmpty {
        let block = data.add(
          "\(title), beyond the axis: mean lower upper row from to", open.map(\.openCells))
        let arrows = data.add(
          "\(title), beyond the axis: mean row end", open.flatMap(\.arrows))
        elements.append("DATA index \(block) using 1:4:5:6 with xerrorbars pt 7 ps 0.6 \(style)")
        elements.append(
          "DATA index \(arrows) using 1:2:($3-$1):(0) with vectors head filled "
            + "size screen \(grid.across(8)),20 \(style)")
      }
    }
    return elements
  }
}
