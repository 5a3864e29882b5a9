import Records

/// Arms whose configurations differ while their weights are the same to the last bit for every
/// seed: a setting that nothing reads, or one that has no effect there.
struct UnwiredArms: Sendable {
  /// The arms, in the order of the plan; at least two.
  let arms: [Int]
  /// The names of the axes on which they differ; empty when only included arms do.
  let axes: [String]

  /// Every such group. Seeds count for which all arms of a group have a digest; there must be one.
  static func all(_ analysis: Analysis) -> [UnwiredArms] {
    let plan = analysis.plan
    var groups: [(digests: [String], arms: [Int])] = []
    for arm in plan.arms.indices {
      let digests = analysis.summaries[arm].runs.map { $0?.digest ?? "" }
      guard digests.contains(where: { !$0.isEmpty }) else { continue }
      if let index = groups.firstIndex(where: { agree($0.digests, digests) }) {
        groups[index].arms.append(arm)
      } else {
        groups.append((digests, [arm]))
      }
    }
    return groups.compactMap { group in
      guard let first = group.arms.first else { return nil }
      let canonical = plan.arms[first].canonical
      guard group.arms.contains(where: { plan.arms[$0].canonical != canonical }) else {
        return nil
      }
      let axes = plan.axes.indices.filter { axis in
        group.arms.contains { plan.arms[$0].labels[axis] != plan.arms[first].labels[axis] }
      }
      return UnwiredArms(arms: group.arms, axes: axes.map { plan.axes[$0].name })
    }
  }

  /// Whether two arms have equal digests on every seed where both have one, and such a seed exists.
  private static func agree(_ left: [String], _ right: [String]) -> Bool {
    let both = zip(left, right).filter { !$0.isEmpty && !$1.isEmpty }
    return !both.isEmpty && both.allSatisfy { $0 == $1 }
  }
}
