import Records
import Statistics

/// Fresh results compared with accepted ones, arm by arm and seed by seed.
public struct RegressionCheck: Sendable {
  /// What the check came to.
  public enum Outcome: Sendable {
    /// Everything that was accepted is as it was, and no claim is false.
    case passed
    /// Something changed, or is not guarded any more, or a claim is false.
    case failed
    /// No run could be compared.
    case nothingCompared
  }

  /// How much of the experiment the command line left.
  public struct Scope: Sendable {
    /// Whether all arms are asked for, so that a missing one is gone.
    let isEveryArm: Bool
    /// Whether all seeds are asked for.
    let isEverySeed: Bool

    /// Collects what is asked for.
    public init(isEveryArm: Bool, isEverySeed: Bool) {
      self.isEveryArm = isEveryArm
      self.isEverySeed = isEverySeed
    }
  }

  /// What was asked now.
  let plan: Plan
  /// The results that were accepted.
  let accepted: Baseline
  /// The results now.
  let fresh: Baseline
  /// How much of the experiment was asked for.
  let scope: Scope
  /// The command that makes missing records.
  let sweepCommand: String
  /// The accepted arms that the experiment still has, in their order.
  let arms: [ArmComparison]
  /// What is to be said, what fails the check first.
  public private(set) var findings: [Finding] = []

  /// Compares.
  ///
  /// - Parameters:
  ///   - fresh: the plan's records, in the form of a baseline.
  ///   - sweepCommand: the command that makes missing records.
  ///   - schema: the defaults that canonical settings leave out.
  public init(
    of fresh: Baseline, with accepted: Baseline, plan: Plan, scope: Scope, sweepCommand: String,
    schema: ExperimentSchema
  ) {
    self.sweepCommand = sweepCommand
    self.plan = plan
    self.accepted = accepted
    self.fresh = fresh
    self.scope = scope
    let indices = Dictionary(fresh.arms.indices.map { (fresh.arms[$0].name, $0) }) { first, _ in
      first
    }
    arms = accepted.arms.compactMap { old in
      indices[old.name].map { index in
        ArmComparison(
          old, fresh.arms[index], index: index, accepted: accepted, fresh: fresh, schema: schema)
      }
    }
    let found = FindingCollector(check: self).findings
    findings = found.filter(\.isFailure) + found.filter { !$0.isFailure }
  }

  /// How many runs have a result then and now that are answers to the same question.
  var comparedRuns: Int { arms.reduce(0) { $0 + $1.comparedRuns } }

  /// How many accepted runs are not asked for.
  var unaskedRuns: Int {
    accepted.arms.reduce(0) { $0 + $1.runs.count }
      - arms.reduce(0) { $0 + $1.pairs.count + $1.absent.count }
  }

  /// The claims that are false now.
  var falseClaims: [Baseline.ClaimRecord] {
    fresh.claims.filter { $0.verdict == Verdict.fails.rawValue }
  }

  /// What it came to.
  public var outcome: Outcome {
    if !falseClaims.isEmpty { return .failed }
    if accepted.conditions.obstacle(to: fresh.conditions) != nil { return .nothingCompared }
    // Settings are compared even where no run can be.
    if comparedRuns == 0, arms.allSatisfy(\.settings.isEmpty) { return .nothingCompared }
    return findings.contains(where: \.isFailure) ? .failed : .passed
  }
}
