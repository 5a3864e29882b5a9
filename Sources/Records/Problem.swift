import Catalog
import OrderedCollections

/// The arms whose values of a metric can be compared: those with the same data, measured alike.
///
/// Nothing else may rank or average them together, or draw them against one scale.
public struct Problem: Sendable {
  /// What decides the scale of a metric's values.
  public struct Key: Hashable, Sendable {
    /// The data setting as JSON; empty where there is none.
    public let data: String
    /// The evaluation settings as JSON; empty where there are none.
    public let evaluation: String
  }

  /// What its arms have in common.
  public let key: Key
  /// The indices of its arms in `Plan.arms`, in order.
  public let arms: [Int]
}

extension Arm {
  /// What decides the scale of its values.
  public var problem: Problem.Key {
    Problem.Key(
      data: configuration["data"]?.canonicalJSON ?? "",
      evaluation: configuration["evaluate"]?.canonicalJSON ?? "")
  }

  /// What keeps an arm from being compared with its baseline: the settings of its problem that differ.
  func problemRemarks(comparedWith baseline: Arm) -> [Remark] {
    let evaluation = configuration["evaluate"]?.asMap ?? [:]
    let paths = [["data"]] + evaluation.keys.map { ["evaluate", $0] }
    func value(_ path: [String], _ arm: Arm) -> Value? {
      path.reduce(arm.configuration) { $0?[$1] }
    }
    return paths.filter { value($0, self) != value($0, baseline) }.map { path in
      let key = path.joined(separator: ".")
      return Remark(
        isError: true, keyPath: key,
        message: "'\(key)' differs from the baseline's, so values cannot be compared; set it on an "
          + "axis that 'baseline' does not name")
    }
  }
}

extension Plan {
  /// The problems in the order of their first arms.
  public var problems: [Problem] {
    OrderedDictionary(grouping: arms, by: \.problem)
      .map { Problem(key: $0.key, arms: $0.value.map(\.index)) }
  }

  /// The indices of the arms that are ranked together, group by group in the order of their first arms: those of one
  /// stratum with the same problem. Where the file names a baseline these are the strata, since an arm of another problem
  /// than its baseline's is refused; elsewhere they are the problems.
  public var rankedTogether: [[Int]] {
    OrderedDictionary(grouping: arms) { Rank(stratum: $0.stratum, problem: $0.problem) }
      .values.map { $0.map(\.index) }
  }

  private struct Rank: Hashable {
    let stratum: Int
    let problem: Problem.Key
  }
}
