import Catalog
import Records

/// The counted floating-point operations of training one run of each arm of a plan.
///
/// Arms that differ only in what no graph depends on (the seed, the number of steps, learning rates, initial weights)
/// share one graph. Where more graphs than `graphLimit` are left, arms that differ only in the values of real settings
/// share one too: a count depends on these only where a value such as 0 or 1 makes a term disappear, and arms with
/// such values are kept apart.
public struct RunCosts: Sendable {
  /// The most numbers that a tensor of a step may have: as many as 32 bits count.
  private static let mostNumbers = Int(Int32.max)

  /// The most graphs that are built before arms share the counts of similar ones.
  static let graphLimit = 400

  /// The operations of one run, by the arm's index; the largest `Int` where they are more.
  public let operations: [Int]
  /// Whether each arm's own graph, or an equal one, was counted.
  public let isExact: Bool

  /// Counts on all cores.
  ///
  /// - Throws: `DatasetError` when the data are missing, without which the shape of a sample is not known;
  ///   `RunnerError.network` where a network does not fit them; `RunnerError.tooLarge`.
  public init(_ plan: Plan, _ identities: Identities) async throws {
    let shapes = try plan.arms.map { try identities.dataset($0).sampleShape }
    let keys = zip(plan.arms, shapes).map { GraphKey($0.canonical, sampleShape: $1) }
    let exact = Groups(keys)
    isExact = exact.representatives.count <= Self.graphLimit
    let groups = isExact ? exact : Groups(keys.map(\.coarse))
    let jobs = groups.representatives.map { (arm: plan.arms[$0], shape: shapes[$0]) }
    let costs = try await concurrentMap(jobs) { arm, shape in
      let cost = try RunCost(RunConfiguration(arm.configuration), sampleShape: shape)
      guard cost.largestTensor <= Self.mostNumbers else {
        throw RunnerError.tooLarge(arm: arm.name, numbers: cost.largestTensor)
      }
      return cost
    }
    let configurations = plan.arms.map { RunConfiguration($0.configuration) }
    let totals = Self.criticSteps(configurations)
    operations = configurations.indices.map { arm in
      costs[groups.numbers[arm]].operations(
        steps: configurations[arm].steps, criticSteps: totals[arm], configurations[arm])
    }
  }

  /// Arms by equal keys.
  private struct Groups {
    /// The number of each arm's group.
    let numbers: [Int]
    /// The first arm of each group.
    let representatives: [Int]

    init(_ keys: [GraphKey]) {
      var known: [GraphKey: Int] = [:]
      var representatives: [Int] = []
      numbers = keys.enumerated().map { arm, key in
        if let number = known[key] { return number }
        known[key] = representatives.count
        representatives.append(arm)
        return representatives.count - 1
      }
      self.representatives = representatives
    }
  }

  /// The number of critic steps of each configuration's run. Runs of one setting but several lengths are counted in one
  /// pass over the longest.
  private static func criticSteps(_ configurations: [RunConfiguration]) -> [Int] {
    var members: [Value: [Int]] = [:]
    for (index, configuration) in configurations.enumerated() {
      members[configuration.criticStepsSetting, default: []].append(index)
    }
    var totals = [Int](repeating: 0, count: configurations.count)
    for indices in members.values {
      let count = configurations[indices[0]].criticSteps
      var (step, total) = (0, 0)
      for (steps, index) in indices.map({ (configurations[$0].steps, $0) }).sorted(by: <) {
        while step < steps {
          total += count(step)
          step += 1
        }
        totals[index] = total
      }
    }
    return totals
  }
}

/// What a run's graph depends on: its canonical configuration without the settings that reach no graph.
struct GraphKey: Hashable {
  private let settings: Value

  /// - Parameters:
  ///   - canonical: a configuration without defaults.
  ///   - sampleShape: all that a graph needs to know of the data.
  init(_ canonical: Value, sampleShape: [Int]) {
    let left = Self.leftOut.reduce(canonical) { $0.removing($1[...]) }
    var members = left.asMap ?? [:]
    members["data"] = .list(sampleShape.map(Value.integer))
    settings = .map(members)
  }

  private init(settings: Value) { self.settings = settings }

  private static let leftOut = [
    ["train", "steps"], ["train", "criticSteps"], ["optimizer", "rate"],
    ["generator", "initializer"], ["generator", "optimizer", "rate"],
    ["critic", "initializer"], ["critic", "optimizer", "rate"],
  ]

  /// The key with a common value in the place of all reals that no identity of the graph singles out.
  var coarse: GraphKey { GraphKey(settings: settings.coarse) }
}

extension Value {
  /// The value without the member at the end of a path; lists are taken member by member.
  fileprivate func removing(_ path: ArraySlice<String>) -> Value {
    switch self {
    case .list(let values): return .list(values.map { $0.removing(path) })
    case .map(var members):
      guard let name = path.first, let member = members[name] else { return self }
      members[name] = path.count == 1 ? nil : member.removing(path.dropFirst())
      return .map(members)
    default: return self
    }
  }

  fileprivate var coarse: Value {
    switch self {
    case .real(let value): [0, 1, -1].contains(value) ? self : .real(.infinity)
    case .list(let values): .list(values.map(\.coarse))
    case .map(let members): .map(members.mapValues(\.coarse))
    case .null, .boolean, .integer, .text: self
    }
  }
}
