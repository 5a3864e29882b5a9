import OrderedCollections

/// Which arm each arm is compared with.
struct Strata {
  /// The number of each arm's stratum.
  let numbers: [Int]
  /// The index of each arm's baseline; nil where there is none.
  let baselines: [Int?]
  /// Whether the section could be read.
  let isKnown: Bool
  /// Where the section stands; nil without it.
  var place: Place?
}

/// Reads the section `baseline`: one selection, or a list of fallbacks of which each stratum takes
/// the first that it has.
struct StrataReader {
  let axes: [GridAxis]
  let log: DiagnosticLog

  /// Without a baseline all arms are one stratum.
  func strata(_ section: LocatedNode.Member?, _ cells: [GridCell]) -> Strata {
    guard let section, !section.value.isNull else { return undivided(cells, isKnown: true) }
    let items = section.value.items ?? [section.value]
    if items.isEmpty { return undivided(cells, isKnown: true) }
    let reader = SelectionReader(axes: axes, log: log)
    let fallbacks = items.compactMap { reader.selection($0, "'baseline'") }
    guard fallbacks.count == items.count else { return undivided(cells, isKnown: false) }
    let named = Set(fallbacks.flatMap { $0.conditions.map(\.axis) })
    let others = axes.indices.filter { !named.contains($0) }
    var members: OrderedDictionary<[Int?], [Int]> = [:]
    for (arm, cell) in cells.enumerated() {
      members[others.map { cell.choices[$0] }, default: []].append(arm)
    }
    return assign(members, others, fallbacks, cells, section.value.place)
  }

  private func undivided(_ cells: [GridCell], isKnown: Bool) -> Strata {
    Strata(
      numbers: Array(repeating: 0, count: cells.count),
      baselines: Array(repeating: nil, count: cells.count), isKnown: isKnown)
  }

  private func assign(
    _ strata: OrderedDictionary<[Int?], [Int]>, _ others: [Int], _ fallbacks: [GridSelection],
    _ cells: [GridCell], _ place: Place
  ) -> Strata {
    var numbers = [Int](repeating: 0, count: cells.count)
    var baselines = [Int?](repeating: nil, count: cells.count)
    for (number, stratum) in strata.enumerated() {
      let title = title(stratum.key, others)
      let missing = zip(others, stratum.key)
        .filter { $0.1 == nil && !axes[$0.0].values.isEmpty }.map { axes[$0.0].name }
      let baseline =
        missing.isEmpty ? baseline(of: stratum.value, title, fallbacks, cells, place) : nil
      if !missing.isEmpty { warn(of: stratum.value, without: missing, cells) }
      for arm in stratum.value {
        numbers[arm] = number
        baselines[arm] = baseline
      }
    }
    return Strata(numbers: numbers, baselines: baselines, isKnown: true, place: place)
  }

  /// Says that included arms cannot be compared because they have no label on some axes.
  private func warn(of arms: [Int], without missing: [String], _ cells: [GridCell]) {
    for arm in arms {
      guard let inclusion = cells[arm].inclusion else { continue }
      log.warning(
        inclusion.place,
        "included arm '\(inclusion.name)' is compared with no baseline: it has no label on "
          + missing.map { "'\($0)'" }.joined(separator: ", "))
    }
  }

  private func title(_ choices: [Int?], _ others: [Int]) -> String {
    let parts = zip(others, choices).map { axis, choice in
      "\(axes[axis].name)=" + (choice.map { axes[axis].values[$0].label } ?? "none")
    }
    return parts.isEmpty ? "the grid" : "the stratum " + parts.joined(separator: ", ")
  }

  private func baseline(
    of arms: [Int], _ title: String, _ fallbacks: [GridSelection], _ cells: [GridCell],
    _ place: Place
  ) -> Int? {
    let candidates = arms.filter { cells[$0].inclusion == nil }
    for fallback in fallbacks {
      let matches = candidates.filter { fallback.matches(cells[$0].choices) }
      if matches.count == 1 { return matches[0] }
      if let first = matches.first {
        log.error(
          place,
          "\(fallback.shown(axes)) means \(matches.count) arms in \(title); a baseline must be "
            + "one: name the whole label, for example \(example(cells[first], fallback))")
        return nil
      }
    }
    if candidates.isEmpty, let name = cells[arms[0]].inclusion?.name {
      log.warning(
        cells[arms[0]].inclusion?.place ?? place,
        "included arm '\(name)' is compared with no baseline: no cell of the grid is in \(title)")
    } else {
      let wanted = fallbacks.map { $0.shown(axes) }.joined(separator: " nor ")
      log.error(place, "\(title) has no baseline: it has no arm with \(wanted)")
    }
    return nil
  }

  private func example(_ cell: GridCell, _ selection: GridSelection) -> String {
    selection.conditions.compactMap { condition in
      cell.choices[condition.axis].map {
        "'\(axes[condition.axis].name): \(axes[condition.axis].values[$0].label)'"
      }
    }.joined(separator: ", ")
  }
}
