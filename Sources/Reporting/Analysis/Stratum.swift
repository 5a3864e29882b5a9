import Records

/// The arms that are compared with each other: they agree on every axis that the baseline does not
/// name.
struct Stratum: Sendable {
  /// The arms: the baseline first, then the others in the order of the plan.
  let arms: [Int]
  /// The arm that the others are compared with; nil when the experiment names none.
  let baseline: Int?
  /// The label that its arms share on each axis of the plan; nil where they differ.
  let sharedLabels: [String?]
  /// What tells it from other strata, `loss = hinge, optimizer = adam`; `All arms` when nothing
  /// does.
  let title: String
  /// The same by its labels alone, `hinge · adam`, for where there is little space.
  let shortTitle: String
  /// For each metric, the comparisons with the baseline in the order of `arms`; empty without
  /// baseline.
  var comparisons: [[PairedComparison]] = []

  /// The arms without the baseline.
  var challengers: [Int] { arms.filter { $0 != baseline } }

  /// The strata of a plan in the order of their first arms. Without any baseline the arms of each problem are one.
  static func all(_ plan: Plan) -> [Stratum] {
    plan.rankedTogether.map { group in Stratum(group.map { plan.arms[$0] }, plan: plan) }
  }

  private init(_ members: [Arm], plan: Plan) {
    let baseline = members.lazy.compactMap(\.baseline).first
    self.baseline = baseline
    arms =
      members.map(\.index).filter { $0 == baseline }
      + members.map(\.index).filter { $0 != baseline }
    let shared: [String?] = plan.axes.indices.map { axis in
      let label = members.first?.labels[axis]
      return members.allSatisfy { $0.labels[axis] == label } ? label : nil
    }
    sharedLabels = shared
    let parts = zip(plan.axes, shared).compactMap { axis, label in
      axis.labels.count > 1 ? label.map { (axis: axis.name, label: $0) } : nil
    }
    // A lone included arm is its own title, and a grid of one stratum needs none.
    let isOnlyStratum = members.count == plan.arms.count
    if isOnlyStratum || parts.isEmpty {
      title = isOnlyStratum ? "All arms" : members.map(\.name).joined(separator: ", ")
      shortTitle = title
    } else {
      title = parts.map { "\($0.axis) = \($0.label)" }.joined(separator: ", ")
      shortTitle = parts.map(\.label).joined(separator: " · ")
    }
  }
}
