import Catalog

/// What the command line changes in an experiment: a sweep with any of it is ad hoc.
public struct Overrides: Hashable, Sendable {
  /// Settings for every arm, each as `key=value` with a dotted key and a value in YAML's flow
  /// style.
  public let set: [String]
  /// The arms that remain, each as `axis=label,…` or as the name of an included arm. Labels of one
  /// axis are alternatives, axes must all match, and arms that are named remain beside these.
  public let only: [String]
  /// The seeds as a count or as numbers with commas between them; nil for the file's.
  public let seeds: String?

  /// Collects changes.
  public init(set: [String] = [], only: [String] = [], seeds: String? = nil) {
    self.set = set
    self.only = only
    self.seeds = seeds
  }

  /// Whether nothing is changed.
  public var isEmpty: Bool { self.set.isEmpty && only.isEmpty && seeds == nil }
}

/// Reads the options of the command line as if they stood in the file.
struct OverridesReader {
  let overrides: Overrides
  let log: DiagnosticLog

  /// The map of settings that one `--set` means, or nil after an error.
  private func setting(_ text: String) -> LocatedNode? {
    let place = Place(file: "--set \(text)")
    guard let equals = text.firstIndex(of: "="), equals > text.startIndex else {
      log.error(place, "write --set key=value, for example --set train.steps=100")
      return nil
    }
    let key = String(text[..<equals])
    guard let value = node(String(text[text.index(after: equals)...]), place) else { return nil }
    return LocatedNode(place, .map([.init(key, place, value)]))
  }

  /// `fixed` with every `--set` on top.
  func fixed(_ fixed: LocatedNode, axes: [GridAxis], merge: SettingsMerge) -> LocatedNode {
    overrides.set.reduce(fixed) { result, text in
      guard let map = setting(text) else { return result }
      let nested = merge.nested(map, merge.root)
      for leaf in merge.leaves(nested) {
        if let axis = axes.first(where: { writes($0, leaf.path, merge) }) {
          log.error(
            map.place,
            "axis '\(axis.name)' sets this key in the experiment; use --only to choose from it")
        }
      }
      return merge.combine(result, nested, merge.root, .replace)
    }
  }

  private func writes(_ axis: GridAxis, _ path: String, _ merge: SettingsMerge) -> Bool {
    axis.values.contains { value in
      merge.leaves(value.settings).contains {
        $0.path == path || $0.path.hasPrefix(path + ".") || path.hasPrefix($0.path + ".")
      }
    }
  }

  /// The seeds of `--seeds`, or nil when it was not given.
  func seeds() -> [Int]? {
    guard let text = overrides.seeds else { return nil }
    let place = Place(file: "--seeds \(text)")
    let isList = text.contains(",") && !text.hasPrefix("[")
    guard let node = node(isList ? "[\(text)]" : text, place) else { return [] }
    return SeedsReader(log: log).seeds(node)
  }

  /// What `--only` keeps.
  struct Only {
    /// Labels, which must all match.
    var selections: [GridSelection] = []
    /// Included arms, which are kept beside what matches.
    var names: [String] = []
  }

  /// What `--only` keeps, given the names of the included arms.
  func only(_ axes: [GridAxis], included: [String]) -> Only {
    var only = Only()
    for text in overrides.only {
      if included.contains(text) {
        only.names.append(text)
      } else if !text.contains("="), !included.isEmpty {
        log.error(
          Place(file: "--only \(text)"),
          "write axis=label,… or the name of an included arm"
            + Spelling.hint(for: text, among: included))
      } else if let selection = selection(text, axes) {
        only.selections.append(selection)
      }
    }
    return only
  }

  private func selection(_ text: String, _ axes: [GridAxis]) -> GridSelection? {
    let place = Place(file: "--only \(text)")
    var labels: [(axis: String, labels: [LocatedNode])] = []
    for part in parts(text, axes) {
      guard let equals = part.firstIndex(of: "=") else {
        log.error(place, "write --only axis=label,…")
        return nil
      }
      let axis = String(part[..<equals])
      let label = String(part[part.index(after: equals)...])
      let node = LocatedNode(place, .scalar(label, isPlain: true))
      if let index = labels.firstIndex(where: { $0.axis == axis }) {
        labels[index].labels.append(node)
      } else {
        labels.append((axis, [node]))
      }
    }
    let members = labels.map {
      LocatedNode.Member($0.axis, place, LocatedNode(place, .list($0.labels)))
    }
    let map = LocatedNode(place, .map(members))
    return SelectionReader(axes: axes, log: log).selection(map, "--only")
  }

  /// The parts between commas; a comma inside a label, after which no `axis=` follows, does not
  /// count.
  private func parts(_ text: String, _ axes: [GridAxis]) -> [String] {
    text.split(separator: ",", omittingEmptySubsequences: false).reduce(into: []) { parts, part in
      let startsAxis =
        part.firstIndex(of: "=").map { equals in
          axes.contains { $0.name == part[..<equals] } || !part[..<equals].contains(" ")
        } ?? false
      if startsAxis || parts.isEmpty {
        parts.append(String(part))
      } else {
        parts[parts.count - 1] += "," + part
      }
    }
  }

  /// A value of an option, all of it at the option's place.
  private func node(_ text: String, _ place: Place) -> LocatedNode? {
    do throws(RecordsError) {
      let parsed = try SourceFile(name: place.file, text: text).parse()
      return (parsed ?? LocatedNode(place, .scalar("", isPlain: true))).moved(to: place)
    } catch .invalid(let diagnostics) {
      for diagnostic in diagnostics { log.error(place, diagnostic.message) }
    } catch {
      log.error(place, error.description)
    }
    return nil
  }
}

extension LocatedNode {
  /// The same tree, all of it at one place.
  fileprivate func moved(to place: Place) -> LocatedNode {
    switch content {
    case .scalar: LocatedNode(place, content)
    case .list(let items): LocatedNode(place, .list(items.map { $0.moved(to: place) }))
    case .map(let members):
      LocatedNode(
        place, .map(members.map { Member($0.key, place, $0.value.moved(to: place)) }))
    }
  }
}
