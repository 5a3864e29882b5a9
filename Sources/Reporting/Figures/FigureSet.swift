import Records

/// The figures of a report in the order of its sections.
struct FigureSet: Sendable {
  /// Heat maps and the chart of the primary metric by arm.
  private(set) var overview: [Figure] = []
  /// Metrics over training.
  private(set) var curves: [Figure] = []
  /// Losses over training.
  private(set) var losses: [Figure] = []
  /// Planar samples.
  private(set) var samples: [Figure] = []
  /// Whether sample grids of images are shown.
  private(set) var showsGrids = false

  /// Charts that the experiment asks for and that cannot be drawn, as Markdown sentences.
  private(set) var refusals: [String] = []

  private var names: [String] = []

  /// Draws up what the plan asks for, or the default set: heat map and chart of the primary metric,
  /// its curves, losses and samples. The chart of the primary metric by arm is always there.
  init(_ analysis: Analysis) {
    let plan = analysis.plan
    let primary = analysis.primary.name
    let standard: [ChartRequest] = [
      .heatmap(metric: primary, rows: nil, columns: nil), .curve(metric: primary, facet: nil),
      .losses(facet: nil), .scatter, .grids,
    ]
    let requests = plan.charts.isEmpty ? standard : plan.charts
    for request in requests where request.isHeatMap {
      add(request, analysis, isAsked: !plan.charts.isEmpty)
    }
    overview += DotChart(analysis: analysis, metric: plan.primaryMetric)
      .figures { unique($0) }
    for request in requests where !request.isHeatMap {
      add(request, analysis, isAsked: !plan.charts.isEmpty)
    }
  }

  /// Every figure.
  var all: [Figure] { overview + curves + losses + samples }

  private mutating func unique(_ name: String) -> String {
    FileName.unique(name, taken: &names)
  }

  private mutating func add(_ request: ChartRequest, _ analysis: Analysis, isAsked: Bool) {
    let before = all.count
    switch request {
    case .heatmap(let metric, let rows, let columns):
      let chart = analysis.index(ofMetric: metric).flatMap {
        HeatMap(analysis, metric: $0, rows: rows, columns: columns)
      }
      overview += chart?.figures { unique($0) } ?? []
    case .curve(let metric, let facet):
      let chart = analysis.index(ofMetric: metric).flatMap {
        MetricCurves(analysis, metric: $0, facet: facet)
      }
      curves += chart?.figures { unique($0) } ?? []
    case .losses(let facet):
      losses += LossCurves(analysis, facet: facet)?.figures { unique($0) } ?? []
    case .scatter:
      samples += SampleScatter(analysis: analysis).figures { unique($0) }
    case .grids:
      showsGrids = !analysis.records.grids.isEmpty
      if showsGrids { return }
    }
    if isAsked, all.count == before { refusals.append(request.refusal) }
  }
}

extension Analysis {
  /// The index of the metric called `name`.
  fileprivate func index(ofMetric name: String) -> Int? {
    plan.metrics.firstIndex { $0.name == name }
  }
}

extension ChartRequest {
  fileprivate var isHeatMap: Bool {
    if case .heatmap = self { true } else { false }
  }

  /// Why nothing was drawn, as a Markdown sentence.
  fileprivate var refusal: String {
    switch self {
    case .heatmap(let metric, _, _):
      "There is no heat map of \(Markdown.escape(metric)): it needs two axes with several labels each."
    case .curve(let metric, _):
      "There is no curve of \(Markdown.escape(metric)): the records hold no history of it."
    case .losses: "There are no loss curves: the records hold no losses over training."
    case .scatter: "There is no scatter: the records hold no planar samples."
    case .grids: "There are no sample grids: the records hold no pictures."
    }
  }
}
