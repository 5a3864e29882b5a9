/// An arm that stands for those it is ranked with.
public struct Exemplar: Hashable, Sendable {
  /// Why it does.
  public enum Role: String, Sendable, CaseIterable {
    /// The others are compared with it.
    case baseline
    /// Its mean of the primary metric is the best.
    case best
    /// Its mean of the primary metric is the worst.
    case worst
  }

  /// The index of the arm in `Plan.arms`.
  public let arm: Int
  /// Its roles; none where it only comes first.
  public let roles: [Role]
}

extension Plan {
  /// For each group of arms that are ranked together, its baseline, its best and its worst arm by the mean of the primary
  /// metric over finished runs, each arm once; the first arm where there is none of them.
  ///
  /// - Parameter runs: rows of the plan's runs in any order.
  public func exemplars(_ runs: [RunResult]) -> [[Exemplar]] {
    let means = primaryMeans(runs)
    let isBest: (Double, Double) -> Bool =
      metrics[primaryMetric].goal == .min ? { $0 < $1 } : { $0 > $1 }
    return rankedTogether.map { group in
      let known = group.compactMap { arm in means[arm].map { (arm: arm, mean: $0) } }
      let baseline = group.lazy.compactMap { self.arms[$0].baseline }.first
      let isRanking = known.count > 1
      let best = isRanking ? known.min { isBest($0.mean, $1.mean) }?.arm : nil
      let worst = isRanking ? known.max { isBest($0.mean, $1.mean) }?.arm : nil
      let roles: [(Exemplar.Role, Int?)] = [(.baseline, baseline), (.best, best), (.worst, worst)]
      var exemplars: [Exemplar] = []
      for arm in [baseline, best, worst].compactMap({ $0 })
      where !exemplars.contains(where: { $0.arm == arm }) {
        exemplars.append(Exemplar(arm: arm, roles: roles.filter { $0.1 == arm }.map(\.0)))
      }
      return exemplars.isEmpty ? group.prefix(1).map { Exemplar(arm: $0, roles: []) } : exemplars
    }
  }

  /// The mean of each arm's finite final values of the primary metric; nil where it has none.
  private func primaryMeans(_ runs: [RunResult]) -> [Double?] {
    var values = [[Double]](repeating: [], count: arms.count)
    for run in runs where run.state == .done {
      if let value = run.metrics[primaryMetric], value.isFinite { values[run.arm].append(value) }
    }
    return values.map { $0.isEmpty ? nil : $0.reduce(0, +) / Double($0.count) }
  }
}
