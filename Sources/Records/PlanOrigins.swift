import Catalog

/// Where an experiment file says what it says of each arm.
struct PlanOrigins: Sendable {
  /// For each arm, the settings that the file gives it.
  let settings: [[LocatedNode.Member]]
  /// Where the names of the axes stand.
  let axes: [Place]
  /// The place for remarks on settings that are at their default.
  let fallback: Place
}

extension Plan {
  /// Refuses the plan where something is wrong with arms that the file alone does not tell.
  ///
  /// - Parameter remarks: what is wrong with an arm; only errors count.
  /// - Throws: `RecordsError.invalid` with all of it, each at the setting that it is about; what `remarks` throws.
  public func check(_ remarks: (Arm) throws -> [Remark]) throws {
    let log = DiagnosticLog()
    var collector = RemarkCollector(
      axes: origins?.axes ?? [], fallback: origins?.fallback ?? Place(file: file))
    for arm in arms {
      collector.add(
        try remarks(arm), arm: arm.name, settings: origins?.settings[arm.index] ?? [])
    }
    collector.report(to: log)
    try log.throwIfFailed()
  }
}
