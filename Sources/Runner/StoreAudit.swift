import Records

/// Compares every file of a store with the list of its record.
public struct StoreAudit: Sendable {
  /// What was found.
  public struct Result: Sendable {
    /// The records that were read, by kind.
    public fileprivate(set) var counts: [(kind: Store.Kind, number: Int)] = []
    /// What is wrong, those of a kind together and sorted by path.
    public fileprivate(set) var damage: [StoreDamage] = []

    /// Whether there was nothing to read.
    public var isEmpty: Bool { counts.allSatisfy { $0.number == 0 } }

    /// One line that says what was read and found.
    public var summary: String {
      if isEmpty, damage.isEmpty { return "there are no records to verify" }
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
    let planned = try await identities.runs()
    let runs = planned.map(\.id)
    let evaluations =
      planned.map(\.evaluation) + planned.compactMap(\.gallery)
      + (try plan.arms.map { try identities.reference($0).id })
    var result = Result()
    for (kind, ids) in [(Store.Kind.run, runs), (.evaluation, evaluations)] {
      let distinct = Set(ids).filter { store.isOccupied(kind, $0) }.sorted()
      try await add(kind, distinct, to: &result)
    }
    return result
  }

  /// Reads records on all cores.
  private func add(_ kind: Store.Kind, _ ids: [String], to result: inout Result) async throws {
    let damage = try await concurrentMap(ids) { [store] id in
      do {
        let damage = try store.damage(kind, id)
        guard kind == .run, damage.isEmpty else { return damage }
        return try store.identityDamage(id).map { [$0] } ?? []
      } catch RecordsError.inputOutput(_, let path, let reason) {
        return [StoreDamage(path: path, message: "cannot be read: \(reason)")]
      }
    }.flatMap { $0 }
    result.counts.append((kind, ids.count))
    result.damage += damage.sorted { $0.path < $1.path }
  }
}

extension Store {
  /// Whether a run's id is the digest of the configuration that its record holds, as a message where it is not.
  func identityDamage(_ id: String) throws(RecordsError) -> StoreDamage? {
    guard let record = try intact(.run, id) else { return nil }
    let bytes = record[RunFiles.configuration] ?? []
    let line = String(decoding: bytes.dropLast(), as: UTF8.self)
    return RunIdentity.id(of: line) == id && bytes.last == 10
      ? nil : StoreDamage(path: record.path, message: "holds another run's configuration")
  }
}
