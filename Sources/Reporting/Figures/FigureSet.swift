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
  /// The pictures of image samples that are shown.
  private(set) var pictures: [PictureKind] = []

  /// Charts that the experiment asks for and that cannot be drawn, as Markdown sentences.
  private(set) var refusals: [String] = []

  private var names: [String] = []

  /// Draws up what the plan asks for, or the default set: heat map and chart of the primary metric,
  /// its curves, losses and samples. The chart of the primary metric by arm is always there. Each
  /// problem has figures of its own, since nothing of them can share a scale.
  init(_ problems: [Analysis]) {
    guard let plan = problems.first?.plan else { return }
    let primary = plan.metrics[plan.primaryMetric].name
    let standard: [ChartRequest] =
      [
        .heatmap(metric: primary, rows: nil, columns: nil), .curve(metric: primary, facet: nil),
        .losses(facet: nil), .scatter,
      ] + PictureKind.allCases.map(ChartRequest.pictures)
    let requests = plan.charts.isEmpty ? standard : plan.charts
    for request in requests where request.isHeatMap {
      add(request, problems, isAsked: !plan.charts.isEmpty)
    }
    for analysis in problems {
      overview += DotChart(analysis: analysis, metric: plan.primaryMetric)
        .figures { unique($0, analysis) }
    }
    for request in requests where !request.isHeatMap {
      add(request, problems, isAsked: !plan.charts.isEmpty)
    }
  }

  /// Every figure.
  var all: [Figure] { overview + curves + losses + samples }

  private mutating func unique(_ name: String, _ analysis: Analysis) -> String {
    let problem = analysis.problemTitle.map { "-" + $0 } ?? ""
    return FileName.unique(name + problem, taken: &names)
  }

  private mutating func add(_ request: ChartRequest, _ problems: [Analysis], isAsked: Bool) {
    let before = all.count
    for analysis in problems { add(request, analysis) }
    if case .pictures(let kind) = request, pictures.contains(kind) { return }
    if isAsked, all.count == before { refusals.append(request.refusal) }
  }

  private mutating func add(_ request: ChartRequest, _ analysis: Analysis) {
    switch request {
    case .heatmap(let metric, let rows, let columns):
      let chart = analysis.index(ofMetric: metric).flatMap {
        HeatMap(analysis, metric: $0, rows: rows, columns: columns)
      }
      overview += chart?.figures { unique($0, analysis) } ?? []
    case .curve(let metric, let facet):
      let chart = analysis.index(ofMetric: metric).flatMap {
        MetricCurves(analysis, metric: $0, facet: facet)
      }
      curves += chart?.figures { unique($0, analysis) } ?? []
    case .losses(let facet):
      losses += LossCurves(analysis, facet: facet)?.figures { unique($0, analysis) } ?? []
    case .scatter:
      samples += SampleScatter(analysis: analysis).figures { unique($0, analysis) }
    case .pictures(let kind):
      let hasPicture = analysis.records.grids.contains { $0.kind == kind }
      if hasPicture, !pictures.contains(kind) { pictures.append(kind) }
    }
  }
}

extension Analysis {
  /// The index of the metric called `name`; nil where no arm is asked for it.
  fileprivate func index(ofMetric name: String) -> Int? {
    let index = plan.metrics.firstIndex { $0.name == name }
    return index.flatMap { asks($0, ofAny: Array(plan.arms.indices)) ? $0 : nil }
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
    case .pictures(.samples): "There are no sample grids: the records hold no pictures."
    case .pictures(.training):
      "There are no samples over training: the records hold no pictures of them."
    case .pictures(.interpolations):
      "There are no interpolations: the records hold no pictures of them."
    case .pictures(.neighbours):
      "There are no nearest images: the records hold no pictures of them."
    }
  }
}
