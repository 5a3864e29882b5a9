import Catalog
import OrderedCollections

/// Reports combinations of settings that make no sense, each once with the arms that have it.
struct RemarkCollector {
  private struct Key: Hashable {
    let place: Place
    let message: String
    let isError: Bool
  }

  /// Where the names of the axes stand.
  let axes: [Place]
  /// The place for remarks on keys that are at their default.
  let fallback: Place
  private var armsByRemark: OrderedDictionary<Key, [String]> = [:]
  private var armCount = 0

  init(axes: [Place], fallback: Place) {
    self.axes = axes
    self.fallback = fallback
  }

  /// Adds the remarks on one arm.
  ///
  /// - Parameter settings: the settings that the file gives to the arm.
  mutating func add(_ remarks: [Remark], arm: String, settings: [LocatedNode.Member]) {
    armCount += 1
    for remark in remarks {
      let place = place(of: remark.keyPath, in: settings) ?? fallback
      let key = Key(place: place, message: remark.message, isError: remark.isError)
      armsByRemark[key, default: []].append(arm)
    }
  }

  /// Says everything that was collected.
  func report(to log: DiagnosticLog) {
    for (key, arms) in armsByRemark {
      let message = key.message + " (" + words(arms) + ")"
      if key.isError { log.error(key.place, message) } else { log.warning(key.place, message) }
    }
  }

  private func words(_ arms: [String]) -> String {
    if arms.count == armCount && armCount > 1 { return "in every arm" }
    let shown = arms.prefix(3).map { $0.isEmpty ? "the only arm" : "'\($0)'" }.joined(
      separator: ", ")
    let more = arms.count > 3 ? " and \(arms.count - 3) more" : ""
    return (arms.count > 1 ? "in arms " : "in arm ") + shown + more
  }

  /// The key's own place, or that of the longest part of its path that the file writes; a number is a position in a list.
  /// For a value in the list of an axis this is the value.
  private func place(of path: String, in settings: [LocatedNode.Member]) -> Place? {
    var members: [LocatedNode.Member]? = settings
    var found: LocatedNode.Member?
    for part in path.split(separator: ".") {
      if let items = found?.value.items, let position = Int(part), items.indices.contains(position)
      {
        return items[position].place
      }
      guard let next = members?.first(where: { $0.key == part }) else { break }
      found = next
      members = next.value.members
    }
    guard let found else { return nil }
    return axes.contains(found.place) ? found.value.place : found.place
  }
}
