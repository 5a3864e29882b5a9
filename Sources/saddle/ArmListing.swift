import Catalog
import Records
import Runner

/// Every arm with the settings in which arms differ and its runs, after the settings that all arms share.
struct ArmListing {
  let lines: [String]

  /// - Parameter status: how far the runs are; nil where that is not known.
  init(_ plan: Plan, _ status: PlanStatus?) {
    let type = ParameterType.group(RunSchema.configuration)
    let settings = plan.arms.map { FlatSetting.flatten(type.shortened($0.configuration)) }
    let shared = FlatSetting.common(settings)
    let standard = Set(FlatSetting.defaults)
    func line(_ setting: FlatSetting, _ indent: String) -> String {
      "\(indent)\(setting.key): \(setting.value.canonicalJSON)"
        + (standard.contains(setting) ? "  (default)" : "")
    }
    let title = plan.arms.count == 1 ? "settings:" : "settings of all arms:"
    var lines = [title] + shared.map { line($0, "  ") }
    let isShared = Set(shared)
    for arm in plan.arms {
      lines += ["", "\(arm.index + 1). \(arm.name)" + Self.comparison(arm, plan)]
      lines += settings[arm.index].filter { !isShared.contains($0) }.map { line($0, "   ") }
      for entry in status.map({ plan.entries(of: arm, $0) }) ?? [] {
        lines.append("   seed \(entry.run.seed): \(entry.status.words), \(entry.run.id)")
      }
    }
    self.lines = lines
  }

  private static func comparison(_ arm: Arm, _ plan: Plan) -> String {
    guard let baseline = arm.baseline else { return "" }
    return baseline == arm.index ? " (a baseline)" : " (against \(plan.arms[baseline].name))"
  }
}

/// A setting that is no map, with its dotted key.
struct FlatSetting: Hashable {
  let key: String
  let value: Value

  /// The leaves of a map, in its order; lists are leaves.
  static func flatten(_ value: Value, under prefix: String = "") -> [FlatSetting] {
    guard let members = value.asMap, !members.isEmpty else {
      return prefix.isEmpty ? [] : [FlatSetting(key: prefix, value: value)]
    }
    return members.flatMap { key, member in
      flatten(member, under: prefix.isEmpty ? key : "\(prefix).\(key)")
    }
  }

  /// The settings of the first list that all others have too, in its order.
  static func common(_ lists: [[FlatSetting]]) -> [FlatSetting] {
    guard let first = lists.first else { return [] }
    let others = lists.dropFirst().map(Set.init)
    return first.filter { setting in others.allSatisfy { $0.contains(setting) } }
  }

  /// The settings of a run whose file says nothing.
  static var defaults: [FlatSetting] {
    RunSchema.configuration.flatMap { parameter in
      parameter.completeDefault.map {
        flatten(parameter.type.shortened($0), under: parameter.name)
      } ?? []
    }
  }
}
