import Catalog
import Records

/// The arms whose values of a metric can be compared: those with the same data, measured alike.
///
/// Nothing else may rank or average them together, or draw them against one scale.
struct Problem: Sendable {
  /// What decides the scale of a metric's values.
  struct Key: Hashable, Sendable {
    /// The data setting as JSON.
    let data: String
    /// The evaluation settings as JSON; empty where there are none.
    let evaluation: String

    /// The key of an arm.
    init(_ arm: Arm) {
      data = arm.configuration["data"]?.canonicalJSON ?? ""
      evaluation = arm.configuration["evaluate"]?.canonicalJSON ?? ""
    }
  }

  /// What tells it from the others: the labels that its arms alone share, `problem = digits`; else the data set's name.
  let title: String
  /// The arms, in the order of the plan.
  let arms: [Int]

  /// The problems of a plan in the order of their first arms. Arms that are compared belong together, whatever their data.
  static func all(_ plan: Plan) -> [Problem] {
    var groups: [(key: Key, arms: [Int])] = []
    for arm in plan.arms {
      let key = Key(plan.arms[arm.baseline ?? arm.index])
      if let index = groups.firstIndex(where: { $0.key == key }) {
        groups[index].arms.append(arm.index)
      } else {
        groups.append((key, [arm.index]))
      }
    }
    return groups.map { Problem(title: title($0.arms, plan), arms: $0.arms) }
  }

  private static func title(_ arms: [Int], _ plan: Plan) -> String {
    let labels = plan.axes.indices.compactMap { axis -> String? in
      guard let label = plan.arms[arms[0]].labels[axis] else { return nil }
      let all = plan.arms.filter { $0.labels[axis] == label }.map(\.index)
      return all == arms ? "\(plan.axes[axis].name) = \(label)" : nil
    }
    let data = plan.arms[arms[0]].configuration["data"]?["name"]?.asText
    return labels.isEmpty ? data ?? "other arms" : labels.joined(separator: ", ")
  }
}

extension Analysis {
  /// One analysis per problem; the whole alone where there is only one.
  func byProblem() throws(ReportError) -> [Analysis] {
    let problems = Problem.all(plan)
    guard problems.count > 1 else { return [self] }
    var result: [Analysis] = []
    for problem in problems {
      let plan = plan.restricted(to: problem.arms)
      result.append(
        try Analysis(
          plan: plan, records: records.restricted(to: problem.arms), problemTitle: problem.title))
    }
    return result
  }
}

extension Plan {
  /// The same question about some of the arms, in ascending order; they are numbered anew, and axes keep the labels that
  /// they have.
  fileprivate func restricted(to indices: [Int]) -> Plan {
    let kept = indices.enumerated().map { new, old in
      let arm = arms[old]
      return Arm(
        index: new, labels: arm.labels, includedName: arm.includedName,
        configuration: arm.configuration, canonical: arm.canonical, stratum: arm.stratum,
        baseline: arm.baseline.flatMap { indices.firstIndex(of: $0) }, mentions: arm.mentions)
    }
    let shortened = axes.indices.map { axis in
      Axis(
        name: axes[axis].name,
        labels: axes[axis].labels.filter { label in
          kept.contains { $0.labels[axis] == label }
        })
    }
    return Plan(
      name: name, question: question, file: file, axes: shortened, arms: kept, seeds: seeds,
      metrics: metrics, claims: [], charts: charts, exclusions: exclusions,
      diagnostics: diagnostics, isAdHoc: isAdHoc)
  }
}

extension CompactRecords {
  /// The records of some arms, numbered anew in ascending order.
  fileprivate func restricted(to indices: [Int]) -> CompactRecords {
    var places: [Int: Int] = [:]
    for (new, old) in indices.enumerated() { places[old] = new }
    func table(_ table: HistoryTable) -> HistoryTable {
      HistoryTable(
        columns: table.columns,
        rows: table.rows.compactMap { row in
          places[row.arm].map {
            HistoryTable.Row(arm: $0, seed: row.seed, step: row.step, values: row.values)
          }
        })
    }
    return CompactRecords(
      runs: runs.compactMap { run in
        places[run.arm].map {
          RunResult(
            arm: $0, seed: run.seed, id: run.id, state: run.state, steps: run.steps,
            isDead: run.isDead, operations: run.operations, digest: run.digest,
            metrics: run.metrics)
        }
      },
      training: table(training), evaluation: table(evaluation),
      clouds: clouds.compactMap { cloud in
        places[cloud.arm].map { SampleCloud(arm: $0, seed: cloud.seed, points: cloud.points) }
      },
      grids: grids.compactMap { grid in
        guard let arm = grid.arm else { return grid }
        return places[arm].map { SampleGrid(arm: $0, seed: grid.seed, png: grid.png) }
      }, references: references)
  }
}
