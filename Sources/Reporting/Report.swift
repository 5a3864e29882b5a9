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
  /// The answer in a line or two of plain text: verdicts on the primary metric, then on the claims.
  public let headline: [String]
  /// The runs without a record that did not fail either.
  public let missingRuns: Int
  /// The figures, for drawing.
  private let figures: [Figure]

  /// Writes the report; its figures are scripts and data until they are drawn.
  ///
  /// - Parameters:
  ///   - plan: what was asked.
  ///   - records: what was found; they must be records of this plan.
  ///   - parameters: what the settings mean, so that a bare value is shown where one says the same as a map; those that
  ///     are not among them are shown as they stand.
  ///   - tables: the tables whose entries the arms mention, for the appendix.
  /// - Throws: `ReportError.recordsDoNotFit` when an index, a seed or a column of the records has
  ///   no place in the plan.
  public init(
    plan: Plan, records: CompactRecords, parameters: [Parameter] = [], tables: [EntryTable]
  ) throws(ReportError) {
    let analysis = try Analysis(plan: plan, records: records)
    let set = FigureSet(try analysis.byProblem())
    let pictures = PicturesSection(analysis: analysis, kinds: set.pictures)
    claims = plan.claims.map { ClaimResult($0, analysis) }
    missingRuns = records.runs.count { $0.state == .missing }
    headline = Headline(analysis: analysis, claims: claims).lines
    figures = set.all
    let page = Page(
      analysis: analysis, claims: claims, figures: set, pictures: pictures, parameters: parameters,
      tables: tables)
    var files = [ReportFile(path: "README.md", text: page.markdown)]
    for figure in figures {
      files.append(ReportFile(path: figure.scriptPath, text: figure.script))
      files.append(ReportFile(path: figure.dataPath, text: figure.data))
    }
    files += pictures.pictures.map { ReportFile(path: $0.path(in: plan), bytes: $0.png) }
    self.files = files
  }

  private init(_ report: Report, files: [ReportFile]) {
    self.files = files
    claims = report.claims
    headline = report.headline
    missingRuns = report.missingRuns
    figures = report.figures
  }

  /// The report with its figures drawn: an SVG file before each figure's script and data, so that whoever writes the files
  /// in this order and is killed leaves no drawing of other data beside them.
  ///
  /// - Parameters:
  ///   - gnuplot: the program that draws.
  ///   - existing: the bytes of a file of an earlier report by its path. A drawing whose script and data are the
  ///     same there is taken over.
  /// - Throws: `ReportError.gnuplotMissing`, `.gnuplotFailed` or `.fileSystem`.
  public func drawn(
    by gnuplot: Gnuplot = Gnuplot(), existing: (String) -> [UInt8]? = { _ in nil }
  ) async throws(ReportError) -> Report {
    let known = figures.map { figure in
      existing(figure.scriptPath) == Array(figure.script.utf8)
        && existing(figure.dataPath) == Array(figure.data.utf8)
        ? existing(figure.drawingPath) : nil
    }
    let missing = figures.indices.filter { known[$0] == nil }
    let drawings = try await gnuplot.draw(missing.map { figures[$0] })
    var result: [ReportFile] = []
    for file in files {
      if let index = figures.firstIndex(where: { $0.scriptPath == file.path }),
        let bytes = missing.firstIndex(of: index).map({ drawings[$0] }) ?? known[index]
      {
        result.append(ReportFile(path: figures[index].drawingPath, bytes: bytes))
      }
      result.append(file)
    }
    return Report(self, files: result)
  }
}
