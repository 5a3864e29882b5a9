import Catalog
import Records
import Runner

extension PlanStatus {
  /// The number of runs in each state.
  var json: Value {
    .map(
      ValueMap(
        uniqueKeysWithValues: RunStatus.allCases.map { ($0.rawValue, .integer(count($0))) }))
  }
}

extension Plan {
  /// The runs of an arm with their states, for scripts.
  ///
  /// - Parameter status: how far the plan's runs are; nil where that and their ids are not known for want of data.
  func json(runsOf arm: Arm, _ status: PlanStatus?) -> Value {
    guard let status else {
      return .list(
        seeds.map {
          .map(["seed": .integer($0), "id": .null, "evaluation": .null, "state": .null])
        })
    }
    return .list(
      entries(of: arm, status).map { entry in
        .map([
          "seed": .integer(entry.run.seed), "id": .text(entry.run.id),
          "evaluation": .text(entry.run.evaluation), "state": .text(entry.status.rawValue),
        ])
      })
  }

  /// The runs of an arm, in the order of the seeds.
  func entries(of arm: Arm, _ status: PlanStatus) -> ArraySlice<PlanStatus.Entry> {
    let first = arm.index * seeds.count
    return status.entries[first..<first + seeds.count]
  }
}
