/// One arm before its configuration is known.
struct GridCell {
  /// The position on each axis; nil where an included arm has none, or where the axis had errors.
  let choices: [Int?]
  /// What an included arm sets besides; nil for a cell of the grid.
  let inclusion: Inclusion?

  /// An arm that the file adds to the grid.
  struct Inclusion {
    let name: String
    let place: Place
    /// Settings, as a map without dotted keys.
    let settings: LocatedNode
  }
}

/// Makes the cells of the grid from the axes and the sections `exclude` and `include`.
struct CellReader {
  /// The most arms that a grid can have.
  static let armLimit = 100_000

  let axes: [GridAxis]
  let merge: SettingsMerge
  private var log: DiagnosticLog { merge.log }
  private var selections: SelectionReader { SelectionReader(axes: axes, log: log) }

  init(axes: [GridAxis], merge: SettingsMerge) {
    self.axes = axes
    self.merge = merge
  }

  /// All combinations of values, the last axis fastest; nil after an error.
  func grid(_ place: Place) -> [GridCell]? {
    var count = 1
    for axis in axes {
      let (product, overflow) = count.multipliedReportingOverflow(
        by: max(1, axis.values.count))
      if overflow || product > Self.armLimit {
        log.error(place, "the axes make more than \(Self.armLimit) arms")
        return nil
      }
      count = product
    }
    return (0..<count).map { number in
      var rest = number
      var choices = [Int?](repeating: nil, count: axes.count)
      for axis in axes.indices.reversed() where !axes[axis].values.isEmpty {
        choices[axis] = rest % axes[axis].values.count
        rest /= axes[axis].values.count
      }
      return GridCell(choices: choices, inclusion: nil)
    }
  }

  /// The items of a section that is a list of maps with some keys.
  private func maps(
    _ section: LocatedNode.Member?, _ keys: [String]
  ) -> [(node: LocatedNode, members: KeyedMap)] {
    guard let section, !section.value.isNull else { return [] }
    guard let items = section.value.items else {
      log.error(
        section.value.place, "'\(section.key)' must be a list of maps, not \(section.value.shown)")
      return []
    }
    return items.compactMap { item in
      KeyedMap(item, "an item of '\(section.key)'", keys: keys, log: log).map { (item, $0) }
    }
  }
}

// MARK: Exclude

extension CellReader {
  /// Takes the excluded cells out.
  func exclude(_ cells: inout [GridCell], _ section: LocatedNode.Member?) -> [Exclusion] {
    var exclusions: [Exclusion] = []
    for (node, members) in maps(section, ["when", "why"]) {
      guard let when = members.required("when") else { continue }
      let why = members.text("why") ?? ""
      guard let selection = selections.selection(when.value, "'when'") else { continue }
      let before = cells.count
      cells.removeAll { selection.matches($0.choices) }
      if cells.count == before {
        log.error(node.place, "this excludes nothing: no cell has \(selection.shown(axes))")
      }
      exclusions.append(
        Exclusion(when: selection.coordinates(axes), why: why, count: before - cells.count))
    }
    if cells.isEmpty, let section, !exclusions.isEmpty {
      log.error(section.place, "'exclude' leaves no cell of the grid")
    }
    return exclusions
  }
}

// MARK: Include

extension CellReader {
  /// The arms that the file adds.
  func included(_ section: LocatedNode.Member?) -> [GridCell] {
    var names: Set<String> = []
    return maps(section, ["name", "set"]).compactMap { _, members in
      guard let name = members.required("name"), let set = members.required("set") else {
        return nil
      }
      guard let text = name.value.scalarText, !text.isEmpty, names.insert(text).inserted else {
        log.error(name.value.place, "'name' must be a word that no other included arm has")
        return nil
      }
      return cell(named: text, name.value.place, set.value)
    }
  }

  private func cell(named name: String, _ place: Place, _ set: LocatedNode) -> GridCell? {
    guard let members = set.members else {
      log.error(set.place, "'set' must be a map of labels and settings, not \(set.shown)")
      return nil
    }
    var choices = [Int?](repeating: nil, count: axes.count)
    var settings: [LocatedNode.Member] = []
    for member in members {
      guard let axis = axes.firstIndex(where: { $0.name == member.key }) else {
        settings.append(member)
        continue
      }
      let isKey = merge.root.type(at: member.key) != nil
      if isKey && axes[axis].matches(member.value).isEmpty {
        settings.append(member)
        continue
      }
      choices[axis] = choice(member, axes[axis])
    }
    let nested = merge.nested(LocatedNode(set.place, .map(settings)), merge.root)
    return GridCell(
      choices: choices, inclusion: .init(name: name, place: place, settings: nested))
  }

  private func choice(_ member: LocatedNode.Member, _ axis: GridAxis) -> Int? {
    guard let matches = selections.values(member.value, of: axis) else { return nil }
    if matches.count > 1 {
      let labels = matches.map { "'\(axis.values[$0].label)'" }.joined(separator: ", ")
      log.error(
        member.value.place,
        "\(member.value.shown) names \(matches.count) values of axis '\(axis.name)'; write one of "
          + labels)
    }
    return matches.first
  }
}
