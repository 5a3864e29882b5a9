import Catalog
import Records

extension Problem {
  /// What tells it from the others: the labels that its arms alone share, `problem = digits`; else the data set's name.
  func title(in plan: Plan) -> String {
    let first = plan.arms[arms[0]]
    let labels = plan.axes.indices.compactMap { axis -> String? in
      guard let label = first.labels[axis] else { return nil }
      let all = plan.arms.filter { $0.labels[axis] == label }.map(\.index)
      return all == arms ? "\(plan.axes[axis].name) = \(label)" : nil
    }
    let data = first.configuration["data"]?["name"]?.asText
    return labels.isEmpty ? data ?? "other arms" : labels.joined(separator: ", ")
  }
}

extension Analysis {
  /// One analysis per problem; the whole alone where there is only one.
  func byProblem() throws(ReportError) -> [Analysis] {
    guard problems.count > 1 else { return [self] }
    var result: [Analysis] = []
    for problem in problems {
      let plan = plan.restricted(to: problem.arms)
      result.append(
        try Analysis(
          plan: plan, records: records.restricted(to: problem.arms),
          problemTitle: problem.title(in: self.plan)))
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
        return places[arm].map {
          SampleGrid(
            arm: $0, seed: grid.seed, kind: grid.kind, note: grid.note, png: grid.png)
        }
      },
      neighbours: neighbours.compactMap { check in
        places[check.arm].map {
          NeighbourCheck(
            arm: $0, seed: check.seed, samples: check.samples, candidates: check.candidates,
            origin: check.origin, generated: check.generated, heldOut: check.heldOut,
            nearer: check.nearer)
        }
      }, references: references)
  }
}
