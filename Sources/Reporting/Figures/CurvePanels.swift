/// Panels of curves over training with bands over seeds: what the charts of metrics and of losses
/// share.
struct CurvePanels {
  /// One curve of a panel.
  struct Curve {
    /// What it is, for the data file.
    let name: String
    /// The numbers.
    let bands: Bands
    /// How its line is drawn; its band has the same colour.
    let stroke: GnuplotScript.Stroke
    /// Whether its band is drawn.
    var hasBand = true
  }

  /// One panel.
  struct Panel {
    /// Free text above it.
    let title: String
    /// The same for where there is little space.
    var shortTitle: String?
    /// Its curves; later ones are drawn above earlier ones.
    let curves: [Curve]
    /// Free text in its middle, for a panel that has something to explain.
    var remark: String?
  }

  /// The most panels of a figure.
  static let panelsPerFigure = 12

  /// The files' name.
  let name: String
  /// Free text above the figure.
  let title: String
  /// Free text beside the vertical axes.
  let valueLabel: String
  /// What the strokes stand for.
  let legend: [GnuplotScript.LegendEntry]
  /// The panels in reading order.
  let panels: [Panel]
  /// Whether all panels have the same vertical axis, so that heights compare.
  let sharesScale: Bool
  /// How far positive values must spread for a logarithmic axis.
  let logarithmicFrom: Double

  /// The figure; the words around it come from the chart.
  func figure(alternative: String, caption: String) -> Figure {
    let columns = panels.count == 1 ? 1 : panels.count <= 4 ? 2 : 3
    let grid = PanelGrid(
      count: panels.count, columns: columns, maximumPanelWidth: 560,
      panelHeight: columns == 3 ? 150 : 210,
      margins: .init(left: 62),
      head: GnuplotScript.headHeight(legend))
    var script = GnuplotScript(name: name, title: title, grid: grid)
    var data = DataBlocks()
    script.legend(legend)
    script.add("set grid lc rgb '#e4e4e4' lt 1")
    let all = panels.flatMap(\.curves)
    let steps = all.flatMap(\.bands.points).map { Double($0.step) }
    let last = steps.max() ?? 1
    AxisScale(min(steps.min() ?? 0, last - 1), last).commands("x", abbreviates: true)
      .forEach { script.add($0) }
    let common = scale(all)
    let titles = script.titles(panels.map { ($0.title, $0.shortTitle ?? $0.title) })
    for (index, panel) in panels.enumerated() {
      let scale = sharesScale ? common : scale(panel.curves)
      script.beginPanel(index, title: titles[index])
      scale.commands("y").forEach { script.add($0) }
      script.add(
        grid.isLowest(index) ? "set xlabel 'generator step' offset 0,0.4" : "unset xlabel",
        index.isMultiple(of: grid.columns)
          ? "set ylabel \(GnuplotText.quoted(valueLabel)) offset \(scale.hasLongTics ? 1.4 : 2.4),0 noenhanced"
          : "unset ylabel")
      if let remark = panel.remark { script.remark(remark) }
      script.plot(elements(panel, scale, &data))
    }
    return Figure(
      name: name, alternative: alternative, caption: caption, width: grid.width,
      script: script.text, data: data.text)
  }

  private func scale(_ curves: [Curve]) -> AxisScale {
    AxisScale(showing: curves.flatMap(\.bands.shown), logarithmicFrom: logarithmicFrom)
  }

  private func elements(
    _ panel: Panel, _ scale: AxisScale, _ data: inout DataBlocks
  ) -> [String] {
    let drawn = panel.curves.filter { !$0.bands.points.isEmpty }
    let blocks = drawn.map {
      data.add("\(panel.title): \($0.name): step median lower upper", $0.bands.rows(scale))
    }
    var elements: [String] = []
    for (curve, block) in zip(drawn, blocks) where curve.hasBand {
      elements.append(
        "DATA index \(block) using 1:3:4 with filledcurves fc rgb '\(curve.stroke.colour)' "
          + "fs transparent solid 0.18 noborder notitle")
    }
    for (curve, block) in zip(drawn, blocks) {
      let style = curve.bands.points.count == 1 ? "points pt 7 ps 0.5" : "lines"
      let options =
        curve.bands.points.count == 1
        ? "lc rgb '\(curve.stroke.colour)'" : curve.stroke.options
      elements.append("DATA index \(block) using 1:2 with \(style) \(options) notitle")
    }
    return elements
  }
}
