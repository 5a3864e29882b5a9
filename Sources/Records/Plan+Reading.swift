import Catalog

extension Plan {
  /// Reads an experiment, expands it and checks all of it.
  ///
  /// - Parameters:
  ///   - path: the experiment file; paths after `extends` are relative to the folder of the file
  ///     that has them.
  ///   - schema: what the file may say.
  ///   - overrides: what the command line changes.
  /// - Throws: `RecordsError.invalid` with everything that is wrong; a syntax error or duplicate
  ///   key comes alone.
  public init(
    reading path: String, schema: ExperimentSchema, overrides: Overrides = Overrides()
  ) throws(RecordsError) {
    try self.init(SourceFile(reading: path), schema: schema, overrides: overrides)
  }

  /// Makes a plan of text that was read already.
  ///
  /// - Parameters:
  ///   - source: the experiment file's name and text.
  ///   - schema: what the file may say.
  ///   - overrides: what the command line changes.
  ///   - load: reads the files that are named after `extends`.
  /// - Throws: `RecordsError.invalid` with everything that is wrong.
  public init(
    _ source: SourceFile, schema: ExperimentSchema, overrides: Overrides = Overrides(),
    load: (String) throws(RecordsError) -> SourceFile = { (path) throws(RecordsError) in
      try SourceFile(reading: path)
    }
  ) throws(RecordsError) {
    let log = DiagnosticLog()
    let merge = SettingsMerge(root: .group(schema.configuration), log: log)
    let file = try ExperimentFile(source, merge: merge, load: load)
    var reader = PlanReader(
      file: file, schema: schema, merge: merge,
      overrides: OverridesReader(overrides: overrides, log: log))
    let sections = reader.sections()
    try log.throwIfFailed()
    self.init(
      name: Self.stem(source.name), question: sections.question, file: source.name,
      axes: sections.axes, arms: sections.arms, seeds: sections.seeds, metrics: sections.metrics,
      claims: sections.claims, charts: sections.charts, exclusions: sections.exclusions,
      diagnostics: log.warnings, isAdHoc: !overrides.isEmpty, origins: sections.origins)
  }

  /// The last part of a path without its extension.
  private static func stem(_ path: String) -> String {
    let name = path.split(separator: "/").last ?? ""
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return String(name) }
    return String(name[..<dot])
  }
}

/// Reads the sections of an experiment file in the order in which they need one another.
struct PlanReader {
  /// What the sections come to; incomplete when errors were reported.
  struct Sections {
    let question: String
    let axes: [Axis]
    let arms: [Arm]
    let origins: PlanOrigins
    let seeds: [Int]
    let metrics: [MetricRequest]
    let claims: [Claim]
    let charts: [ChartRequest]
    let exclusions: [Exclusion]
  }

  let file: ExperimentFile
  let schema: ExperimentSchema
  let merge: SettingsMerge
  let overrides: OverridesReader
  private var log: DiagnosticLog { merge.log }

  init(
    file: ExperimentFile, schema: ExperimentSchema, merge: SettingsMerge,
    overrides: OverridesReader
  ) {
    self.file = file
    self.schema = schema
    self.merge = merge
    self.overrides = overrides
  }

  /// Reads everything, reporting errors to the log.
  mutating func sections() -> Sections {
    let axes = AxisReader(merge: merge).axes(file.section("axes"))
    let cellReader = CellReader(axes: axes, merge: merge)
    var cells = cellReader.grid(file.section("axes")?.place ?? file.place) ?? []
    let exclusions = cellReader.exclude(&cells, file.section("exclude"))
    cells += cellReader.included(file.section("include"))
    let strata = StrataReader(axes: axes, log: log).strata(file.section("baseline"), cells)
    let metricNames = file.section("metrics")?.value.members?.map(\.key) ?? []
    let metrics = MetricsReader(schema: schema, axes: axes, log: log)
      .metrics(file.section("metrics"), file.place)
    let claims = ClaimsReader(
      axes: axes, cells: cells, strata: strata, metricNames: metricNames, metrics: metrics,
      log: log
    ).claims(file.section("claims"))

    let selection = ArmSelection(
      overrides.only(axes, included: cells.compactMap { $0.inclusion?.name }), cells, log)
    var armReader = ArmReader(
      builder: ConfigurationBuilder(
        schema: schema, axes: axes, fixed: fixed(axes), merge: merge))
    let (arms, origins) = armReader.arms(cells, strata, kept: selection.kept)
    return Sections(
      question: question(), axes: selection.axes(axes), arms: arms, origins: origins,
      seeds: seeds(),
      metrics: metrics,
      claims: selection.claims(claims, strata),
      charts: ChartsReader(axes: axes, metricNames: metricNames, log: log).charts(
        file.section("report")),
      exclusions: exclusions)
  }

  private func question() -> String {
    guard let member = file.section("question") else {
      log.error(file.place, "the experiment needs a 'question'")
      return ""
    }
    let words = member.value.scalarText?.split(whereSeparator: \.isWhitespace) ?? []
    if words.isEmpty {
      log.error(member.value.place, "'question' must be a sentence, not \(member.value.shown)")
    }
    return words.joined(separator: " ")
  }

  private func fixed(_ axes: [GridAxis]) -> LocatedNode {
    let empty = LocatedNode(file.place, .map([]))
    var fixed = file.section("fixed")?.value ?? empty
    if fixed.isNull { fixed = LocatedNode(fixed.place, .map([])) }
    if fixed.members == nil {
      log.error(fixed.place, "'fixed' must be a map of settings, not \(fixed.shown)")
      fixed = empty
    }
    return overrides.fixed(fixed, axes: axes, merge: merge)
  }

  private func seeds() -> [Int] {
    if let seeds = overrides.seeds() { return seeds }
    guard let member = file.section("seeds") else {
      log.error(file.place, "the experiment needs 'seeds': a count or a list")
      return []
    }
    return SeedsReader(log: log).seeds(member.value)
  }
}
