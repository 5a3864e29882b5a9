import Foundation
import Records

/// Compares every file of a store with the list of its record.
public struct StoreAudit: Sendable {
  /// What was found.
  public struct Result: Sendable {
    /// The records that were read, by kind.
    public fileprivate(set) var counts: [(kind: Store.Kind, number: Int)] = []
    /// What is wrong, sorted by path.
    public fileprivate(set) var damage: [StoreDamage] = []

    /// Whether there was nothing to read.
    public var isEmpty: Bool { counts.allSatisfy { $0.number == 0 } }

    /// One line that says what was read and found.
    public var summary: String {
      if isEmpty { return "there are no records to verify" }
      let parts = counts.map { "\($0.number) \($0.kind.rawValue)\($0.number == 1 ? "" : "s")" }
      let finding = damage.isEmpty ? "every file matches its sum" : "\(damage.count) damaged"
      return "\(parts.joined(separator: " and ")): \(finding)"
    }
  }

  private let store: Store

  /// Names the store.
  public init(_ store: Store) { self.store = store }

  /// All records and checkpoints.
  public func everything() async throws -> Result {
    var result = Result()
    for kind in Store.Kind.allCases { try await add(kind, try store.ids(kind), to: &result) }
    result.damage += try store.damagedCheckpoints()
    return result
  }

  /// The records of a plan that there are.
  public func records(of plan: Plan, _ identities: Identities) async throws -> Result {
    var runs: [String] = []
    var evaluations: [String] = []
    for arm in plan.arms {
      for seed in plan.seeds {
        runs.append(try identities.run(arm, seed: seed).id)
        evaluations.append(try identities.evaluation(arm, seed: seed).id)
      }
      evaluations.append(try identities.reference(arm).id)
    }
    var result = Result()
    for (kind, ids) in [(Store.Kind.run, runs), (.evaluation, evaluations)] {
      let distinct = Set(ids).filter { store.contains(kind, $0) }.sorted()
      try await add(kind, distinct, to: &result)
    }
    return result
  }

  /// Reads records on all cores.
  private func add(_ kind: Store.Kind, _ ids: [String], to result: inout Result) async throws {
    let store = store
    let lanes = ProcessInfo.processInfo.activeProcessorCount
    let damage = try await withThrowingTaskGroup(of: [StoreDamage].self) { group in
      for lane in 0..<lanes {
        group.addTask {
          try stride(from: lane, to: ids.count, by: lanes).flatMap { index in
            let damage = try store.damage(kind, ids[index])
            guard kind == .run, damage.isEmpty else { return damage }
            return try store.identityDamage(ids[index]).map { [$0] } ?? []
          }
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    result.counts.append((kind, ids.count))
    result.damage += damage.sorted { $0.path < $1.path }
  }
}
