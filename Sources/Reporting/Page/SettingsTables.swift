import Catalog
import Records

/// What arms are made of: the settings behind each label, and those that all arms share.
struct SettingsTables {
  /// What was asked.
  let plan: Plan
  /// The tables whose entries settings name.
  let tables: [EntryTable]

  /// A setting that is no map, with its dotted key.
  private struct Setting: Hashable {
    let key: String
    let value: Value

    var markdown: String { Markdown.code("\(key): \(value.canonicalJSON)") }
  }

  /// The tables, folded.
  var markdown: [String] { [labels, shared].compactMap { $0 } }

  /// For each label of each axis the settings, other than defaults, that its arms have in common and not all arms have.
  private var labels: String? {
    let flat = plan.arms.map { flatten($0.canonical, prefix: "") }
    let everywhere = Self.common(flat)
    var table = MarkdownTable([("Axis", .left), ("Label", .left), ("Sets", .left)])
    for (position, axis) in plan.axes.enumerated() where axis.labels.count > 1 {
      for label in axis.labels {
        let members = plan.arms.filter { $0.labels[position] == label }.map { flat[$0.index] }
        guard !members.isEmpty else { continue }
        let own = Self.common(members).filter { !everywhere.contains($0) }
        table.append([
          Markdown.escape(axis.name), Markdown.escape(label),
          own.isEmpty ? "defaults" : own.map(\.markdown).joined(separator: "<br>"),
        ])
      }
    }
    return table.rowCount == 0 ? nil : Markdown.details("What the labels set", table.text)
  }

  /// The settings on which all arms agree, defaults included; nil when there is none.
  private var shared: String? {
    let settings = Self.common(plan.arms.map { flatten($0.configuration, prefix: "") })
    guard !settings.isEmpty else { return nil }
    var table = MarkdownTable([("Setting", .left), ("Value", .left)])
    for setting in settings {
      table.append([Markdown.code(setting.key), Markdown.code(setting.value.canonicalJSON)])
    }
    return Markdown.details("Settings that all arms share (\(settings.count))", table.text)
  }

  /// The settings of the first list that all others have too, in its order.
  private static func common(_ lists: [[Setting]]) -> [Setting] {
    guard let first = lists.first else { return [] }
    let others = lists.dropFirst().map(Set.init)
    return first.filter { setting in others.allSatisfy { $0.contains(setting) } }
  }

  /// The leaves of a map with dotted keys, in its order; lists are leaves, and so is a map that a bare value is short for.
  private func flatten(_ value: Value, prefix: String) -> [Setting] {
    if let bare = tables.lazy.compactMap({ $0.bare(value) }).first {
      return [Setting(key: prefix, value: bare)]
    }
    guard let members = value.asMap, !members.isEmpty else {
      return prefix.isEmpty ? [] : [Setting(key: prefix, value: value)]
    }
    return members.flatMap { key, member in
      flatten(member, prefix: prefix.isEmpty ? key : "\(prefix).\(key)")
    }
  }
}
