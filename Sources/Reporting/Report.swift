import Catalog
import Records

/// A file of a report.
public struct ReportFile: Hashable, Sendable {
  /// Where it belongs inside the report's folder, for example `figures/losses.svg`.
  public let path: String
  /// What it holds.
  public let bytes: [UInt8]

  /// Joins a path and bytes.
  public init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }

  /// A text file in UTF-8.
  init(path: String, text: String) { self.init(path: path, bytes: Array(text.utf8)) }
}

/// The report of an experiment: text, figures and pictures as a pure function of plan, records and
/// tables.
///
/// No clock, host, path or random number reaches it: the same arguments give the same bytes.
/// Drawings depend on the version of gnuplot as well, so they are made apart, by ``drawn(by:)``.
public struct Report: Sendable {
  /// The files in order: `README.md`, then per figure `figures/*.gp`, `figures/*.dat` and, once
  /// drawn, `figures/*.svg`, then `grids/*.png`. Paths are unique.
  public let files: [ReportFile]
  /// The experiment's claims with their verdicts, in the order of the plan.
  public let claims: [ClaimResult]
  /// The figures, for drawing.
  private let figures: [Figure]

  /// Writes the report; its figures are scripts and data until they are drawn.
  ///
  /// - Parameters:
  ///   - plan: what was asked.
  ///   - records: what was found; they must be records of this plan.
  ///   - tables: the tables whose entries the arms mention, for the appendix.
  /// - Throws: `ReportError.recordsDoNotFit` when an index, a seed or a column of the records has
  ///   no place in the plan.
  public init(plan: Plan, records: CompactRecords, tables: [EntryTable]) throws(ReportError) {
    let analysis = try Analysis(plan: plan, records: records)
    let set = FigureSet(analysis)
    let grids = GridImages(analysis)
    claims = plan.claims.map { ClaimResult($0, analysis) }
    figures = set.all
    let page = Page(
      analysis: analysis, claims: claims, figures: set, grids: grids, tables: tables)
    var files = [ReportFile(path: "README.md", text: page.markdown)]
    for figure in figures {
      files.append(ReportFile(path: figure.scriptPath, text: figure.script))
      files.append(ReportFile(path: figure.dataPath, text: figure.data))
    }
    if set.showsGrids {
      files += grids.pictures.map { ReportFile(path: $0.path, bytes: $0.png) }
    }
    self.files = files
  }

  private init(files: [ReportFile], claims: [ClaimResult], figures: [Figure]) {
    self.files = files
    self.claims = claims
    self.figures = figures
  }

  /// The report with its figures drawn: an SVG file after each figure's script and data.
  ///
  /// - Throws: `ReportError.gnuplotMissing`, `.gnuplotFailed` or `.fileSystem`.
  public func drawn(by gnuplot: Gnuplot = Gnuplot()) async throws(ReportError) -> Report {
    let drawings = try await gnuplot.draw(figures)
    var result: [ReportFile] = []
    for file in files {
      result.append(file)
      if let index = figures.firstIndex(where: { $0.dataPath == file.path }) {
        result.append(ReportFile(path: figures[index].drawingPath, bytes: drawings[index]))
      }
    }
    return Report(files: result, claims: claims, figures: figures)
  }
}
