import Catalog
import Records
import Runner

/// Every arm with the settings in which arms differ and its runs, after the settings that all arms share.
struct ArmListing {
  let lines: [String]

  /// - Parameter status: how far the runs are; nil where that is not known.
  init(_ plan: Plan, _ status: PlanStatus?) {
    let settings = plan.arms.map {
      FlatSetting.all($0.configuration, RunSchema.configuration)
    }
    let shared = FlatSetting.common(settings)
    let standard = Set(Self.defaults)
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

  /// The settings of a run whose file says nothing.
  private static var defaults: [FlatSetting] {
    RunSchema.configuration.flatMap { parameter in
      parameter.completeDefault.map { FlatSetting.all(.map([parameter.name: $0]), [parameter]) }
        ?? []
    }
  }

  private static func comparison(_ arm: Arm, _ plan: Plan) -> String {
    guard let baseline = arm.baseline else { return "" }
    return baseline == arm.index ? " (a baseline)" : " (against \(plan.arms[baseline].name))"
  }
}
