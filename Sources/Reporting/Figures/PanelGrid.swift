/// Panels of equal size in rows, placed to the pixel.
struct PanelGrid {
  /// Room around the panels, in pixels.
  struct Margins {
    /// Left of each panel that has its own vertical axis.
    var left: Double
    /// Between a panel and its right neighbour, or the edge.
    var right = 14.0
    /// Above each panel, for its title.
    var top = 26.0
    /// Below each panel, for the tics of its horizontal axis.
    var bottom = 28.0
    /// Below the lowest panels as well, for what the horizontal axis means.
    var foot = 20.0
  }

  /// The width of every report figure in pixels.
  static let fullWidth = 900.0

  /// The number of panels.
  let count: Int
  /// Panels per row.
  let columns: Int
  /// The size of a panel's frame.
  let panel: (width: Double, height: Double)
  /// Room around the panels.
  let margins: Margins
  /// Room at the top of the figure, for title and legend.
  let head: Double
  /// Whether only the leftmost panel of a row has room for a vertical axis.
  let sharesVerticalAxis: Bool

  /// Lays out `count` panels; each is as wide as fits into `width`, but at most
  /// `maximumPanelWidth`.
  init(
    count: Int, columns: Int, width: Double = fullWidth, maximumPanelWidth: Double = .infinity,
    panelHeight: Double, margins: Margins, head: Double, sharesVerticalAxis: Bool = false
  ) {
    let columns = max(1, min(columns, count))
    self.count = count
    self.columns = columns
    self.margins = margins
    self.head = head
    self.sharesVerticalAxis = sharesVerticalAxis
    let axes = sharesVerticalAxis ? margins.left : margins.left * Double(columns)
    let free = width - axes - margins.right * Double(columns)
    panel = (min(maximumPanelWidth, free / Double(columns)), panelHeight)
  }

  /// The number of rows.
  var rows: Int { (count + columns - 1) / columns }

  /// The width of the figure in whole pixels.
  var width: Int {
    let axes = sharesVerticalAxis ? margins.left : margins.left * Double(columns)
    return Int((axes + (panel.width + margins.right) * Double(columns)).rounded(.up))
  }

  /// The height of the figure in whole pixels.
  var height: Int {
    let row = margins.top + panel.height + margins.bottom
    return Int((head + Double(rows) * row + margins.foot).rounded(.up))
  }

  /// Whether panel `index` has the vertical axis of its row.
  func hasVerticalAxis(_ index: Int) -> Bool {
    !sharesVerticalAxis || index.isMultiple(of: columns)
  }

  /// Whether no panel stands below panel `index`.
  func isLowest(_ index: Int) -> Bool { index + columns >= count }

  /// The commands that give the next plot the place of panel `index`.
  func commands(_ index: Int) -> [String] {
    let (row, column) = (index / columns, index % columns)
    let step = panel.width + margins.right + (sharesVerticalAxis ? 0 : margins.left)
    let left = margins.left + Double(column) * step
    let top =
      head + margins.top + Double(row) * (margins.top + panel.height + margins.bottom)
    return [
      "set lmargin at screen \(across(left))",
      "set rmargin at screen \(across(left + panel.width))",
      "set tmargin at screen \(down(top))",
      "set bmargin at screen \(down(top + panel.height))",
    ]
  }

  /// A horizontal distance from the left edge as a share of the figure.
  func across(_ pixels: Double) -> String { NumberText.data(pixels / Double(width)) }

  /// A vertical distance from the top as a share of the figure counted from below.
  func down(_ pixels: Double) -> String { NumberText.data(1 - pixels / Double(height)) }
}
