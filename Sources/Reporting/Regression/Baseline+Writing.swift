import Catalog
import Crypto
import Records

extension Baseline {
  /// The version of the file's form; another one is not read.
  static let format = 2

  /// The text of `baseline.json`: a function of the baseline alone.
  ///
  /// Its member `sum` is the SHA-256 of the canonical JSON of the others, so that a file that was changed by hand or by
  /// a merge is not taken for results that somebody accepted.
  public var text: String {
    var members = content
    members["sum"] = .text(Self.sum(content))
    return Value.map(members).laidOutJSON + "\n"
  }

  /// The SHA-256 of the canonical JSON of some members, in hexadecimal digits.
  private static func sum(_ members: ValueMap) -> String {
    SHA256.hexadecimal(of: Array(Value.map(members).canonicalJSON.utf8))
  }

  private var content: ValueMap {
    [
      "format": .integer(Self.format), "experiment": .text(experiment),
      "numericsVersion": .integer(conditions.numericsVersion),
      "evaluationVersion": .integer(conditions.evaluationVersion),
      "executor": .text(conditions.executor),
      "fingerprint": conditions.fingerprint.map(Value.text) ?? .null,
      "metrics": .list(metrics.map(\.value)), "arms": .list(arms.map { value($0) }),
      "claims": .list(claims.map(\.value)),
      "trace": .map([
        "seed": .integer(traceSeed), "columns": .list(traceColumns.map(Value.text)),
      ]),
    ]
  }

  private func value(_ arm: ArmRecord) -> Value {
    .map([
      "name": .text(arm.name), "settings": arm.settings, "evaluation": arm.evaluation,
      "asked": .list(arm.asked.map(Value.text)),
      "runs": .list(arm.runs.map { value($0, asked: arm.asked) }),
      "trace": .list(
        arm.trace.map { moment in
          .list([.integer(moment.step)] + moment.values.map(Self.number))
        }),
    ])
  }

  private func value(_ run: Run, asked: [String]) -> Value {
    var finals = ValueMap()
    for (metric, value) in zip(metrics, run.metrics) where asked.contains(metric.name) {
      finals[metric.name] = Self.number(value)
    }
    return .map([
      "seed": .integer(run.seed), "id": .text(run.id), "state": .text(run.state.rawValue),
      "steps": .integer(run.steps), "dead": .boolean(run.isDead), "digest": .text(run.digest),
      "operations": .integer(run.operations), "metrics": .map(finals),
    ])
  }

  private static func number(_ value: Double?) -> Value {
    value.flatMap { $0.isFinite ? .real($0) : nil } ?? .null
  }
}

extension Baseline.Metric {
  fileprivate var value: Value {
    .map([
      "name": .text(name), "goal": .text(goal.rawValue), "primary": .boolean(isPrimary),
      "settings": settings,
    ])
  }
}

extension Baseline.ClaimRecord {
  fileprivate var value: Value {
    .map(["id": .text(id), "statement": .text(statement), "verdict": .text(verdict)])
  }
}
