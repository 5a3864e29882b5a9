import Catalog

/// Makes the arms of a plan from the cells of the grid.
struct ArmReader {
  private var builder: ConfigurationBuilder
  private var axes: [GridAxis] { builder.axes }
  private var log: DiagnosticLog { builder.merge.log }

  init(builder: ConfigurationBuilder) { self.builder = builder }

  /// The arms that are kept, numbered anew; those whose configuration has errors are left out.
  ///
  /// - Parameter kept: the indices of the cells to keep, in order.
  mutating func arms(
    _ cells: [GridCell], _ strata: Strata, kept: [Int]
  ) -> (arms: [Arm], origins: PlanOrigins) {
    checkKeys(cells)
    var newIndices = [Int?](repeating: nil, count: cells.count)
    for (new, old) in kept.enumerated() { newIndices[old] = new }
    let places = axes.map(\.place)
    var remarks = RemarkCollector(axes: places, fallback: builder.fixed.place)
    var arms: [Arm] = []
    var settings: [[LocatedNode.Member]] = []
    for (index, old) in kept.enumerated() {
      guard let built = builder.build(cells[old]) else { continue }
      let arm = Arm(
        index: index, labels: labels(cells[old]), includedName: cells[old].inclusion?.name,
        configuration: built.configuration, canonical: built.canonical,
        stratum: strata.numbers[old], baseline: strata.baselines[old].flatMap { newIndices[$0] },
        mentions: built.mentions)
      remarks.add(
        builder.schema.check(built.configuration), arm: arm.name, settings: built.settings)
      arms.append(arm)
      settings.append(built.settings)
    }
    remarks.report(to: log)
    if let place = strata.place { refuseOtherProblems(arms, place) }
    refuseSameNames(arms, cells, kept)
    warnOfSameConfigurations(arms)
    return (
      arms, PlanOrigins(settings: settings, axes: places, fallback: builder.fixed.place)
    )
  }

  private func checkKeys(_ cells: [GridCell]) {
    builder.checkKeys(builder.fixed)
    for value in axes.flatMap(\.values) { builder.checkKeys(value.settings) }
    for cell in cells {
      if let inclusion = cell.inclusion { builder.checkKeys(inclusion.settings) }
    }
  }

  private func labels(_ cell: GridCell) -> [String?] {
    zip(axes, cell.choices).map { axis, choice in choice.map { axis.values[$0].label } }
  }

  /// Refuses arms with another problem than their baseline's, at the place that says what the baseline is.
  private func refuseOtherProblems(_ arms: [Arm], _ place: Place) {
    // Arms with errors are missing, so that an index need not be a position.
    var byIndex: [Int: Arm] = [:]
    for arm in arms { byIndex[arm.index] = arm }
    var remarks = RemarkCollector(axes: [], fallback: place)
    for arm in arms {
      let baseline = arm.baseline.flatMap { byIndex[$0] } ?? arm
      remarks.add(arm.problemRemarks(comparedWith: baseline), arm: arm.name, settings: [])
    }
    remarks.report(to: log)
  }

  private func refuseSameNames(_ arms: [Arm], _ cells: [GridCell], _ kept: [Int]) {
    var names: Set<String> = []
    for arm in arms where !names.insert(arm.name).inserted {
      let place = cells[kept[arm.index]].inclusion?.place ?? axes.first?.place
      log.error(place ?? builder.fixed.place, "two arms are called '\(arm.name)'")
    }
  }

  private func warnOfSameConfigurations(_ arms: [Arm]) {
    var first: [Value: Int] = [:]
    for (index, arm) in arms.enumerated() {
      guard let other = first[arm.configuration] else {
        first[arm.configuration] = index
        continue
      }
      let place = axes.first?.place ?? builder.fixed.place
      log.warning(
        place, "arms '\(arms[other].name)' and '\(arm.name)' have the same configuration")
    }
  }
}

/// The arms that `--only` keeps.
struct ArmSelection {
  /// The indices of the kept cells, in order.
  let kept: [Int]
  private let cells: [GridCell]
  private let isWhole: Bool
  private let log: DiagnosticLog

  /// Keeps what all selections mean, and the included arms that are named.
  init(_ only: OverridesReader.Only, _ cells: [GridCell], _ log: DiagnosticLog) {
    self.cells = cells
    self.log = log
    isWhole = only.selections.isEmpty && only.names.isEmpty
    let keepsAll = isWhole
    kept = cells.indices.filter { index in
      if keepsAll { return true }
      if let name = cells[index].inclusion?.name, only.names.contains(name) { return true }
      return !only.selections.isEmpty
        && only.selections.allSatisfy { $0.matches(cells[index].choices) }
    }
    if kept.isEmpty, !cells.isEmpty { log.error(Place(file: "--only"), "no arm is left") }
  }

  /// The axes with the labels that some kept arm has, in order.
  func axes(_ axes: [GridAxis]) -> [Axis] {
    axes.indices.map { axis in
      let used = Set(kept.compactMap { cells[$0].choices[axis] })
      let values = axes[axis].values.indices.filter { isWhole || used.contains($0) }
      return Axis(name: axes[axis].name, labels: values.map { axes[axis].values[$0].label })
    }
  }

  /// The claims about kept arms that are compared with kept baselines.
  func claims(_ claims: [Claim], _ strata: Strata) -> [Claim] {
    if isWhole { return claims }
    return claims.compactMap { claim in
      let arms = claim.arms.compactMap { old -> Int? in
        if case .reaches = claim.statement { return kept.firstIndex(of: old) }
        guard let baseline = strata.baselines[old], kept.contains(baseline) else { return nil }
        return kept.firstIndex(of: old)
      }
      if arms.isEmpty {
        log.warning(
          Place(file: "--only"),
          "claim '\(claim.id)' is left out: --only keeps none of its arms with what they are compared with"
        )
        return nil
      }
      return Claim(
        id: claim.id, arms: arms, metric: claim.metric, statement: claim.statement,
        place: claim.place)
    }
  }
}
