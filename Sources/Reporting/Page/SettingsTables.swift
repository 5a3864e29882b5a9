import Catalog
import Records

/// What arms are made of: the settings behind each label, and those that all arms share.
struct SettingsTables {
  /// What was asked.
  let plan: Plan
  /// What the settings mean.
  let parameters: [Parameter]

  /// The tables, folded.
  var markdown: [String] { [labels, shared].compactMap { $0 } }

  /// For each label of each axis the settings, other than defaults, that its arms have in common and not all arms have.
  private var labels: String? {
    let flat = plan.arms.map { FlatSetting.all($0.canonical, parameters) }
    let everywhere = FlatSetting.common(flat)
    var table = MarkdownTable([("Axis", .left), ("Label", .left), ("Sets", .left)])
    for (position, axis) in plan.axes.enumerated() where axis.labels.count > 1 {
      for label in axis.labels {
        let members = plan.arms.filter { $0.labels[position] == label }.map { flat[$0.index] }
        guard !members.isEmpty else { continue }
        let own = FlatSetting.common(members).filter { !everywhere.contains($0) }
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
    let settings = FlatSetting.common(
      plan.arms.map { FlatSetting.all($0.configuration, parameters) })
    guard !settings.isEmpty else { return nil }
    var table = MarkdownTable([("Setting", .left), ("Value", .left)])
    for setting in settings {
      table.append([Markdown.code(setting.key), Markdown.code(setting.value.canonicalJSON)])
    }
    return Markdown.details("Settings that all arms share (\(settings.count))", table.text)
  }
}

extension FlatSetting {
  fileprivate var markdown: String { Markdown.code("\(key): \(value.canonicalJSON)") }
}
