import Records

/// Planar samples over the true modes, one panel per arm.
struct SampleScatter {
  /// All that is known.
  let analysis: Analysis

  private static let panelsPerFigure = 12
  private static let pointsPerPanel = 250

  /// The figures, one or more per stratum; none without planar samples.
  func figures(name: (String) -> String) -> [Figure] {
    analysis.strata.flatMap { stratum in
      let clouds = stratum.arms.compactMap { arm in
        analysis.records.clouds.first { $0.arm == arm && !$0.points.isEmpty }
      }
      return stride(from: 0, to: clouds.count, by: Self.panelsPerFigure).map { start in
        let end = min(start + Self.panelsPerFigure, clouds.count)
        return figure(
          name("samples"), stratum: stratum, clouds: Array(clouds[start..<end]),
          lacking: start == 0 ? stratum.arms.count - clouds.count : 0)
      }
    }
  }

  private func figure(
    _ name: String, stratum: Stratum, clouds: [SampleCloud], lacking: Int
  ) -> Figure {
    let columns = clouds.count <= 2 ? clouds.count : clouds.count <= 6 ? 3 : 4
    let grid = PanelGrid(
      count: clouds.count, columns: columns, maximumPanelWidth: 280,
      panelHeight: columns == 4 ? 200 : 260,
      margins: .init(left: 12, right: 12, bottom: 6, foot: 6),
      head: 52)
    var script = GnuplotScript(
      name: name, title: "samples: \(analysis.qualified(stratum.title))", grid: grid)
    var data = DataBlocks()
    script.label(legend(clouds), x: 12, y: 42)
    script.add("set border 15", "unset tics", "set style fill transparent solid 1 noborder")
    for (index, cloud) in clouds.enumerated() {
      let window = Window(analysis.reference(cloud.arm), cloud, shape: grid.panel)
      let points = cloud.points.prefix(Self.pointsPerPanel)
      let outside = points.count { !window.contains($0) }
      let remark = outside > 0 ? " (\(outside) of \(points.count) outside)" : ""
      script.beginPanel(index, title: analysis.shortName(cloud.arm) + remark)
      window.horizontal.commands("x").forEach { script.add($0) }
      window.vertical.commands("y").forEach { script.add($0) }
      script.add("unset tics")
      script.plot(elements(cloud, Array(points), window, &data))
    }
    let without =
      lacking > 0
      ? " \(lacking) arm\(lacking == 1 ? " has" : "s have") no finite samples and no panel." : ""
    return Figure(
      name: name,
      alternative: "generated points over the true modes: \(analysis.qualified(stratum.title))",
      caption:
        "Samples: \(Markdown.escape(analysis.qualified(stratum.title))). At most \(Self.pointsPerPanel) points of "
        + "each arm's first seed over the true modes, or over real points where the data have no "
        + "modes.\(without)", width: grid.width, script: script.text, data: data.text)
  }

  private func legend(_ clouds: [SampleCloud]) -> String {
    let references = clouds.compactMap { analysis.reference($0.arm) }
    let modes = references.contains { !$0.modes.isEmpty }
    let real = references.contains { $0.modes.isEmpty && !$0.realPoints.isEmpty }
    return "blue: samples" + (modes ? "    orange circles: true modes" : "")
      + (real ? "    orange dots: real points" : "")
  }

  /// The part of the plane that a panel shows: the modes or the real points with room around them.
  private struct Window {
    let horizontal: AxisScale
    let vertical: AxisScale

    init(
      _ reference: ProblemReference?, _ cloud: SampleCloud, shape: (width: Double, height: Double)
    ) {
      var shown = (reference?.modes ?? []) + (reference?.realPoints ?? [])
      shown = shown.filter { $0.x.isFinite && $0.y.isFinite }
      if shown.isEmpty { shown = cloud.points.filter { $0.x.isFinite && $0.y.isFinite } }
      let (xs, ys) = (shown.map { Double($0.x) }, shown.map { Double($0.y) })
      let (left, right) = (xs.min() ?? -1, xs.max() ?? 1)
      let (low, high) = (ys.min() ?? -1, ys.max() ?? 1)
      // One unit has as many pixels across as up.
      let needed = max((right - left) / shape.width, (high - low) / shape.height)
      let unit = needed > 0 ? 1.35 * needed : 2 / shape.height
      let (halfWidth, halfHeight) = (unit * shape.width / 2, unit * shape.height / 2)
      horizontal = AxisScale((left + right) / 2 - halfWidth, (left + right) / 2 + halfWidth)
      vertical = AxisScale((low + high) / 2 - halfHeight, (low + high) / 2 + halfHeight)
    }

    func contains(_ point: SIMD2<Float>) -> Bool {
      (horizontal.lower...horizontal.upper).contains(Double(point.x))
        && (vertical.lower...vertical.upper).contains(Double(point.y))
    }
  }

  private func elements(
    _ cloud: SampleCloud, _ points: [SIMD2<Float>], _ window: Window, _ data: inout DataBlocks
  ) -> [String] {
    let reference = analysis.reference(cloud.arm)
    let title = analysis.shortName(cloud.arm)
    var elements: [String] = []
    if let modes = reference?.modes, !modes.isEmpty {
      let rows = modes.filter(window.contains).map(Self.cells)
      let block = data.add("modes: x y", rows)
      elements.append(
        "DATA index \(block) with points pt 6 ps 1 lw 1.2 lc rgb '\(Palette.curves[1])' notitle")
    } else if let real = reference?.realPoints, !real.isEmpty {
      let rows = real.prefix(Self.pointsPerPanel).filter(window.contains)
      let block = data.add("real points: x y", rows.map(Self.cells))
      elements.append(dots(block, window, width: 3, colour: Palette.curves[1], opacity: 0.6))
    }
    let block = data.add("\(title): x y", points.filter(window.contains).map(Self.cells))
    elements.append(dots(block, window, width: 2.6, colour: Palette.curves[0], opacity: 0.75))
    return elements
  }

  /// Points drawn as segments a fiftieth of a pixel long, whose round ends make dots: a fourth of
  /// the bytes of symbols.
  private func dots(
    _ block: Int, _ window: Window, width: Double, colour: String, opacity: Double
  ) -> String {
    let length = (window.horizontal.upper - window.horizontal.lower) / 10_000
    return "DATA index \(block) using 1:2:(\(NumberText.data(length))):(0) with vectors nohead "
      + "lw \(NumberText.data(width)) lc rgb '\(Palette.translucent(colour, opacity: opacity))' notitle"
  }

  private static func cells(_ point: SIMD2<Float>) -> [String] {
    [NumberText.data(Double(point.x)), NumberText.data(Double(point.y))]
  }
}
