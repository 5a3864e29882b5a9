/// The script of a figure of panels, written command by command.
struct GnuplotScript {
  /// How a curve is drawn.
  struct Stroke: Hashable, Sendable {
    /// `#RRGGBB`.
    var colour: String
    /// gnuplot's dash type: 1 is solid.
    var dash = 1
    /// The width in pixels.
    var width = 1.8

    /// The stroke as options of a plot command.
    var options: String { "lc rgb '\(colour)' lw \(NumberText.data(width)) dt \(dash)" }
  }

  /// A line of the legend.
  struct LegendEntry {
    /// What the stroke stands for, in free text.
    let text: String
    /// The stroke; nil for a remark without one.
    let stroke: Stroke?
  }

  private var lines: [String]
  private let data: String
  private let grid: PanelGrid
  private var hasDecoration = false

  /// Begins a figure; `title` is free text.
  init(name: String, title: String, grid: PanelGrid) {
    self.grid = grid
    data = "'\(name).dat'"
    lines = [
      "# Run: gnuplot -d \(name).gp",
      "set terminal svg size \(grid.width),\(grid.height) dynamic noenhanced rounded "
        + "background '#ffffff' font 'sans-serif,12'",
      "set encoding utf8",
      "set output '\(name).svg'",
      "set multiplot",
      "unset key",
      "set border 3 lc rgb '\(Palette.frame)'",
      "set tics nomirror scale 0.5 textcolor rgb '#333333' font ',11'",
    ]
    label(
      GnuplotText.fitted(title, pixels: Double(grid.width) - 24, font: 14), x: 12, y: 18, font: 14)
  }

  /// Adds commands as they stand: none may hold text from an experiment that ``GnuplotText`` has
  /// not quoted.
  mutating func add(_ commands: String...) { lines += commands }

  /// Adds a line of free text whose left end is `x`, and whose middle is `y`, pixels from the top
  /// left corner.
  mutating func label(_ text: String, x: Double, y: Double, font: Int = 12) {
    hasDecoration = true
    lines.append(
      "set label \(GnuplotText.quoted(text)) at screen \(grid.across(x)), screen \(grid.down(y)) "
        + "left font ',\(font)' noenhanced")
  }

  /// Adds the legend in rows below the title.
  mutating func legend(_ entries: [LegendEntry]) {
    for (place, entry) in zip(Self.places(entries, width: Double(grid.width)), entries) {
      var x = place.x
      if let stroke = entry.stroke {
        let y = grid.down(place.y)
        lines.append(
          "set arrow from screen \(grid.across(x)), screen \(y) to screen "
            + "\(grid.across(x + 24)), screen \(y) nohead \(stroke.options)")
        x += 30
      }
      label(entry.text, x: x, y: place.y)
    }
  }

  /// The height of title and legend together, in pixels.
  static func headHeight(_ entries: [LegendEntry], width: Double = PanelGrid.fullWidth) -> Double {
    (places(entries, width: width).last?.y ?? 18) + 12
  }

  /// The titles of panels: the short ones where not all others fit.
  func titles(_ panels: [(title: String, short: String)]) -> [String] {
    let fit = panels.allSatisfy { GnuplotText.fits($0.title, pixels: titleWidth) }
    return panels.map { fit ? $0.title : $0.short }
  }

  private var titleWidth: Double { grid.panel.width + 8 }

  /// Begins panel `index` with a title of free text.
  mutating func beginPanel(_ index: Int, title: String) {
    lines += grid.commands(index)
    let text = GnuplotText.fitted(title, pixels: titleWidth)
    lines.append("set title \(GnuplotText.quoted(text)) font ',12' offset 0,-0.7 noenhanced")
  }

  /// Ends a panel with a plot of `elements`; in `elements` the word `DATA` at the start stands for
  /// the data file.
  mutating func plot(_ elements: [String]) {
    let elements = elements.isEmpty ? ["NaN notitle"] : elements
    let text = elements.map {
      $0.hasPrefix("DATA") ? data + $0.dropFirst(4) : $0
    }
    lines.append("plot " + text.joined(separator: ", \\\n  "))
    if hasDecoration {
      lines.append("unset label")
      lines.append("unset arrow")
      hasDecoration = false
    }
  }

  /// Writes a remark of free text into the middle of the panel that has begun.
  mutating func remark(_ text: String) {
    hasDecoration = true
    lines.append(
      "set label \(GnuplotText.quoted(text)) at graph 0.5, graph 0.5 center font ',11' "
        + "textcolor rgb '#777777' noenhanced")
  }

  /// The script's text.
  var text: String { (lines + ["unset multiplot", "set output"]).joined(separator: "\n") + "\n" }

  /// Where each entry begins, in pixels from the top left corner.
  private static func places(
    _ entries: [LegendEntry], width: Double
  ) -> [(x: Double, y: Double)] {
    var (x, y) = (12.0, 42.0)
    return entries.map { entry in
      let size = GnuplotText.width(entry.text) + (entry.stroke == nil ? 22 : 52)
      if x + size > width, x > 12 { (x, y) = (12, y + 18) }
      defer { x += size }
      return (x, y)
    }
  }
}
