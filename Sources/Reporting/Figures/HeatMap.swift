import Records
import Statistics

/// A metric's mean over two axes, one panel per combination of the others, the value printed in
/// each cell.
struct HeatMap {
  /// All that is known.
  let analysis: Analysis
  /// The index of the metric.
  let metric: Int
  /// The index of the axis that runs down.
  let rows: Int
  /// The index of the axis that runs across.
  let columns: Int

  private static let cellHeight = 30.0
  private static let panelsPerFigure = 12

  /// Takes the axes that are named; else the longest axis within strata runs down and the longest
  /// of the others across. Nil when an axis does not exist or fewer than two have several labels.
  init?(_ analysis: Analysis, metric: Int, rows: String?, columns: String?) {
    let plan = analysis.plan
    let usable = plan.axes.indices.filter { plan.axes[$0].labels.count > 1 }
    func longest(_ candidates: [Int]) -> Int? {
      candidates.max { (plan.axes[$0].labels.count, -$0) < (plan.axes[$1].labels.count, -$1) }
    }
    func axis(_ name: String) -> Int? { plan.axes.firstIndex { $0.name == name } }
    let across = columns.flatMap(axis)
    let inner = analysis.innerAxes.filter { $0 != across }
    guard
      let down = rows.map(axis) ?? longest(inner.isEmpty ? usable.filter { $0 != across } : inner)
    else { return nil }
    let outer = analysis.outerAxes.filter { $0 != down }
    guard
      let right = columns.map(axis)
        ?? longest(outer.isEmpty ? usable.filter { $0 != down } : outer),
      right != down
    else { return nil }
    (self.analysis, self.metric, self.rows, self.columns) = (analysis, metric, down, right)
  }

  /// The figures, at most twelve panels each; none when no arm stands on both axes.
  func figures(name: (String) -> String) -> [Figure] {
    let panels = panels
    return stride(from: 0, to: panels.count, by: Self.panelsPerFigure).map { start in
      let page = Array(panels[start..<min(start + Self.panelsPerFigure, panels.count)])
      return figure(name("heatmap-" + analysis.plan.metrics[metric].name), page)
    }
  }

  private struct Panel {
    let others: [String?]
    let title: String
    var arms: [Int]
  }

  private var panels: [Panel] {
    var result: [Panel] = []
    for arm in analysis.plan.arms where arm.labels[rows] != nil && arm.labels[columns] != nil {
      guard arm.includedName == nil else { continue }
      var others = arm.labels
      others[rows] = nil
      others[columns] = nil
      if let index = result.firstIndex(where: { $0.others == others }) {
        result[index].arms.append(arm.index)
      } else {
        let axes = analysis.plan.axes
        let parts = others.indices.filter { axes[$0].labels.count > 1 }
          .compactMap { axis in others[axis].map { "\(axes[axis].name) = \($0)" } }
        result.append(
          Panel(others: others, title: parts.joined(separator: ", "), arms: [arm.index]))
      }
    }
    return result
  }

  private func figure(_ name: String, _ panels: [Panel]) -> Figure {
    let (plan, request) = (analysis.plan, analysis.plan.metrics[metric])
    let direction = request.goal == .min ? "lower is better" : "higher is better"
    let (down, across) = (plan.axes[rows].labels, plan.axes[columns].labels)
    let longest = down.map { GnuplotText.width($0, font: 11) }.max() ?? 0
    let left = min(longest, 200) + 30
    let cells = Double(across.count)
    let perRow = max(1, min(3, Int((PanelGrid.fullWidth - left) / (cells * 84 + 14))))
    let room = min(130, (PanelGrid.fullWidth - left) / Double(perRow) / cells - 6)
    let rotates = across.contains { GnuplotText.width($0, font: 11) > room }
    let title = analysis.titled("\(request.name) (\(direction))")
    let least = GnuplotText.width(title, font: 14) + 30 - left
    let grid = PanelGrid(
      count: panels.count, columns: perRow, maximumPanelWidth: max(130 * cells, least),
      panelHeight: Self.cellHeight * Double(down.count),
      margins: .init(left: left, bottom: rotates ? 66 : 26), head: 34, sharesVerticalAxis: true)
    let scale = AxisScale(
      showing: panels.flatMap(\.arms).compactMap { analysis.summaries[$0].estimates[metric]?.mean })
    var script = GnuplotScript(name: name, title: title, grid: grid)
    var data = DataBlocks()
    script.add(
      Palette.command(brightIsSmall: request.goal == .min), "unset colorbox", "set cbrange [0:1]",
      "set xrange [0.5:\(across.count).5]", "set yrange [\(down.count).5:0.5]",
      "set tics scale 0", "unset border")
    script.add(tics("x", across, pixels: room, rotates: rotates))
    for (index, panel) in panels.enumerated() {
      script.beginPanel(index, title: panel.title)
      script.add(grid.hasVerticalAxis(index) ? tics("y", down, pixels: 200) : "unset ytics")
      script.add(
        grid.isLowest(index)
          ? "set xlabel \(GnuplotText.quoted(plan.axes[columns].name)) offset 0,0.3 noenhanced"
          : "unset xlabel")
      script.plot(elements(panel, scale, &data))
    }
    return Figure(
      name: name,
      alternative: analysis.titled(
        "\(request.name) by \(plan.axes[rows].name) and \(plan.axes[columns].name)"),
      caption: caption(direction, isLogarithmic: scale.isLogarithmic), width: grid.width,
      script: script.text, data: data.text)
  }

  private func caption(_ direction: String, isLogarithmic: Bool) -> String {
    "\(Markdown.escape(analysis.titled(analysis.plan.metrics[metric].name))), \(direction), brighter is better"
      + (isLogarithmic ? " (colours on a logarithmic scale)" : "")
      + ": mean over finished runs. ▲ better and ▼ worse than the baseline after correction; "
      + "*n* div.: *n* runs diverged and are not in the mean; grey: no finished run."
  }

  private func tics(_ axis: String, _ labels: [String], pixels: Double, rotates: Bool = false)
    -> String
  {
    let tics = labels.enumerated().map { index, label in
      let text = GnuplotText.fitted(label, pixels: rotates ? 110 : pixels, font: 11)
      return "\(GnuplotText.tic(text)) \(index + 1)"
    }
    return
      "set \(axis)tics \(rotates ? "rotate by 25 right " : "")(\(tics.joined(separator: ", "))) "
      + "noenhanced textcolor rgb '#333333'"
  }

  private func elements(
    _ panel: Panel, _ scale: AxisScale, _ data: inout DataBlocks
  ) -> [String] {
    let (down, across) = (analysis.plan.axes[rows].labels, analysis.plan.axes[columns].labels)
    var cells: [[String]] = []
    var empty: [[String]] = []
    var texts: (onDark: [[String]], onBright: [[String]]) = ([], [])
    for arm in panel.arms {
      guard let row = analysis.plan.arms[arm].labels[rows].flatMap({ down.firstIndex(of: $0) }),
        let column = analysis.plan.arms[arm].labels[columns].flatMap({ across.firstIndex(of: $0) })
      else { continue }
      let place = [String(column + 1), String(row + 1)]
      let lines = text(arm)
      guard let mean = analysis.summaries[arm].estimates[metric]?.mean else {
        empty.append(place)
        texts.onBright.append(place + lines)
        continue
      }
      let shade = scale.position(mean)
      cells.append(place + [NumberText.data(shade)])
      let brightness = analysis.plan.metrics[metric].goal == .min ? 1 - shade : shade
      brightness < 0.55
        ? texts.onDark.append(place + lines) : texts.onBright.append(place + lines)
    }
    return draw(panel.title, cells: cells, empty: empty, texts: texts, &data)
  }

  /// The value of a cell, and below it what else has to be known.
  private func text(_ arm: Int) -> [String] {
    let summary = analysis.summaries[arm]
    let outcome = analysis.comparison(arm, metric: metric)?.outcome
    let isPrimary = metric == analysis.plan.primaryMetric
    let mark =
      !isPrimary ? "" : outcome?.isBetter == true ? " ▲" : outcome?.isWorse == true ? " ▼" : ""
    let diverged = summary.counts.diverged
    let words = diverged > 0 && summary.counts.done == 0 ? "diverged" : NumberText.missing
    let value = summary.estimates[metric].map {
      NumberText.significant($0.mean, digits: 3, trimsZeros: false)
    }
    return ["\"\(value ?? words)\(mark)\"", diverged > 0 ? "\"\(diverged) div.\"" : "\"\""]
  }

  private func draw(
    _ title: String, cells: [[String]], empty: [[String]],
    texts: (onDark: [[String]], onBright: [[String]]), _ data: inout DataBlocks
  ) -> [String] {
    var elements: [String] = []
    let box = "1:2:($1-0.49):($1+0.49):($2-0.48):($2+0.48)"
    if !cells.isEmpty {
      let block = data.add("\(title): column row shade", cells)
      elements.append(
        "DATA index \(block) using \(box):3 with boxxyerror fs solid 1 noborder lc palette notitle")
    }
    if !empty.isEmpty {
      let block = data.add("\(title): cells without a value: column row", empty)
      elements.append(
        "DATA index \(block) using \(box) with boxxyerror fs solid 1 noborder lc rgb '#dddddd' "
          + "notitle")
    }
    for (rows, colour) in [(texts.onDark, "#ffffff"), (texts.onBright, "#000000")]
    where !rows.isEmpty {
      let block = data.add("\(title): column row text remark", rows)
      let remarked = rows.contains { $0[3] != "\"\"" }
      let height = remarked ? "(strlen(strcol(4)) ? $2-0.17 : $2)" : "2"
      elements.append(
        "DATA index \(block) using 1:\(height):3 "
          + "with labels font ',11' tc rgb '\(colour)' noenhanced notitle")
      if remarked {
        elements.append(
          "DATA index \(block) using 1:($2+0.24):4 with labels font ',9' tc rgb '\(colour)' "
            + "noenhanced notitle")
      }
    }
    return elements
  }
}
