import Records
import Runner

/// The primary metric of the runs that have finished, arm by arm.
///
/// Arms are ranked within a group only: the arms of one stratum that have the same data and are measured alike.
struct Ranking {
  /// An arm with finished runs.
  struct Place {
    let arm: Int
    /// The mean over the finished runs that have a value.
    let mean: Double
    let count: Int
    /// How many runs diverged, which are no part of the mean.
    let diverged: Int
    /// The position in the arm's group, from 1 on.
    let rank: Int
  }

  private struct Tally {
    var sum = 0.0
    var count = 0
    var diverged = 0
  }

  let metric: MetricRequest?
  private var tallies: [Tally]
  /// The arms of each group, in the order of the plan.
  private let groups: [[Int]]

  init(_ plan: Plan) {
    metric = plan.metrics.isEmpty ? nil : plan.metrics[plan.primaryMetric]
    tallies = Array(repeating: Tally(), count: plan.arms.count)
    groups = plan.rankedTogether
  }

  mutating func note(arm: Int, state: RunState, primary: Double?) {
    if state == .diverged {
      tallies[arm].diverged += 1
    } else if let primary, primary.isFinite {
      tallies[arm].sum += primary
      tallies[arm].count += 1
    }
  }

  /// The arms with values of each group that has some, best first.
  var places: [[Place]] {
    groups.map { arms in
      let known = arms.filter { tallies[$0].count > 0 }
        .map { (arm: $0, mean: tallies[$0].sum / Double(tallies[$0].count)) }
        .sorted { metric?.goal == .max ? $0.mean > $1.mean : $0.mean < $1.mean }
      return known.enumerated().map { position, entry in
        let tally = tallies[entry.arm]
        return Place(
          arm: entry.arm, mean: entry.mean, count: tally.count, diverged: tally.diverged,
          rank: position + 1)
      }
    }.filter { !$0.isEmpty }
  }

  /// At most `limit` places: the best of each group, as many of each as there is room for, group by group.
  func best(_ limit: Int) -> [Place] {
    let groups = places
    var taken = [Int](repeating: 0, count: groups.count)
    var left = limit
    while left > 0 {
      let open = groups.indices.filter { taken[$0] < groups[$0].count }
      if open.isEmpty { break }
      for group in open.prefix(left) { taken[group] += 1 }
      left -= min(left, open.count)
    }
    return zip(groups, taken).flatMap { $0.prefix($1) }
  }
}
