extension CompactRecords {
  /// How many significant decimal digits histories and points keep.
  public static let historyDigits = 5

  /// Writes the records as text into a report's folder: `runs.csv`, `training.csv`,
  /// `evaluation.csv`, `clouds.csv`, `references.csv`, `reference_points.csv`, `grids.csv` with the
  /// pictures under `grids/`, and `neighbours.csv` where there are any.
  ///
  /// Arms are written by name. Final values of metrics read back exactly; histories and points are
  /// rounded to `historyDigits` digits. A value that is not finite is written as an empty field,
  /// which reads back as nil. A cloud without points is not written. Each file is replaced in one
  /// step, and pictures of earlier records are removed, but nothing else in their folder. A link in
  /// the place of that folder is refused where there are pictures, and else left alone.
  ///
  /// - Parameters:
  ///   - folder: the folder, which is made where it is missing.
  ///   - plan: the plan whose arms the records are of.
  /// - Throws: `RecordsError.inputOutput` with the path.
  public func write(to folder: String, plan: Plan) throws(RecordsError) {
    try FileSystem.makeFolders(folder)
    let pictures = "\(folder)/\(CompactFiles.gridFolder)"
    if !grids.isEmpty, FileSystem.isLink(pictures) {
      throw .inputOutput(
        action: "write pictures", path: pictures,
        reason: "it is a symbolic link; put a folder in its place")
    }
    for (name, text) in texts(plan) {
      try AtomicFile.write(Array(text.utf8), to: "\(folder)/\(name)")
    }
    if neighbours.isEmpty {
      try FileSystem.removeFile("\(folder)/\(CompactFiles.neighbours)")
    } else {
      try AtomicFile.write(
        Array(neighboursText(plan).utf8), to: "\(folder)/\(CompactFiles.neighbours)")
    }
    try writeGrids(to: folder, plan)
  }

  private func texts(_ plan: Plan) -> [(name: String, text: String)] {
    [
      (CompactFiles.runs, runsText(plan)),
      (CompactFiles.training, historyText(training, plan)),
      (CompactFiles.evaluation, historyText(evaluation, plan)),
      (CompactFiles.clouds, cloudsText(plan)),
      (CompactFiles.grids, gridsText(plan)),
      (CompactFiles.references, referencesText(plan)),
      (CompactFiles.referencePoints, referencePointsText()),
    ]
  }

  private func writeGrids(to folder: String, _ plan: Plan) throws(RecordsError) {
    let path = "\(folder)/\(CompactFiles.gridFolder)"
    let names = grids.map { $0.fileName(in: plan) }
    if !grids.isEmpty { try FileSystem.makeFolders(path) }
    for (name, grid) in zip(names, grids) {
      try AtomicFile.write(grid.png, to: "\(path)/\(name)")
    }
    // Others may have files of their own here, or have their folder linked to.
    guard !FileSystem.isLink(path) else { return }
    for old in try FileSystem.names(in: path)
    where SampleGrid.isFileName(old) && !names.contains(old) {
      if FileSystem.isRegularFile("\(path)/\(old)") {
        try FileSystem.removeFile("\(path)/\(old)")
      }
    }
  }

  private static func exact(_ value: Double?) -> String {
    value.flatMap { $0.isFinite ? DecimalText.exact($0) : nil } ?? ""
  }

  private static func rounded(_ value: Double?) -> String {
    value.flatMap { $0.isFinite ? DecimalText.rounded($0, digits: historyDigits) : nil } ?? ""
  }

  /// A coordinate: the decimal digits of the single-precision number, rounded.
  private static func rounded(_ value: Float) -> String {
    rounded(Double(value.description) ?? Double(value))
  }
}

// MARK: Tables

extension CompactRecords {
  private func runsText(_ plan: Plan) -> String {
    let header = CSV.line(CompactFiles.runColumns + plan.metrics.map(\.name))
    return header
      + runs.map { run in
        CSV.line(
          [
            plan.arms[run.arm].name, String(run.seed), run.id, run.state.rawValue,
            String(run.steps), String(run.isDead), String(run.operations), run.digest,
          ] + run.metrics.map(Self.exact))
      }.joined()
  }

  private func historyText(_ table: HistoryTable, _ plan: Plan) -> String {
    CSV.line(CompactFiles.momentColumns + table.columns)
      + table.rows.map { row in
        CSV.line(
          [plan.arms[row.arm].name, String(row.seed), String(row.step)]
            + row.values.map { Self.rounded($0) })
      }.joined()
  }

  private func cloudsText(_ plan: Plan) -> String {
    CSV.line(CompactFiles.cloudColumns)
      + clouds.flatMap { cloud in
        cloud.points.map { point in
          CSV.line([
            plan.arms[cloud.arm].name, String(cloud.seed), Self.rounded(point.x),
            Self.rounded(point.y),
          ])
        }
      }.joined()
  }

  private func gridsText(_ plan: Plan) -> String {
    let hasNotes = grids.contains { !$0.note.isEmpty }
    return CSV.line(CompactFiles.gridColumns + (hasNotes ? [CompactFiles.gridNote] : []))
      + grids.map { grid in
        CSV.line(
          [
            grid.arm.map { plan.arms[$0].name } ?? "", String(grid.seed),
            grid.fileName(in: plan),
          ] + (hasNotes ? [grid.note] : []))
      }.joined()
  }

  private func neighboursText(_ plan: Plan) -> String {
    CSV.line(CompactFiles.neighbourColumns)
      + neighbours.map { check in
        CSV.line([
          plan.arms[check.arm].name, String(check.seed), String(check.samples),
          String(check.candidates), check.origin.rawValue, Self.rounded(check.generated),
          Self.rounded(check.heldOut), Self.rounded(check.nearer),
        ])
      }.joined()
  }

  private func referencesText(_ plan: Plan) -> String {
    CSV.line(CompactFiles.referenceColumns + plan.metrics.map(\.name))
      + references.map { reference in
        CSV.line(
          [reference.data, reference.evaluation, reference.protocolText]
            + reference.realAgainstReal.map(Self.exact))
      }.joined()
  }

  /// Points by the number, from 0, of their row in `references.csv`.
  private func referencePointsText() -> String {
    CSV.line(CompactFiles.pointColumns)
      + references.enumerated().flatMap { number, reference in
        [("real", reference.realPoints), ("mode", reference.modes)].flatMap { kind, points in
          points.map {
            CSV.line([String(number), kind, Self.rounded($0.x), Self.rounded($0.y)])
          }
        }
      }.joined()
  }
}
