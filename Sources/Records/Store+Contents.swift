/// What a store holds, by the names of its folders: nothing is read or verified.
public struct StoreContents: Sendable {
  /// The ids of finished runs.
  public let runs: Set<String>
  /// The ids of evaluations.
  public let evaluations: Set<String>
  /// The ids of runs that were interrupted and can go on from a checkpoint.
  public let checkpoints: Set<String>
  /// The ids of runs whose last attempt gave no result.
  public let failures: Set<String>
  /// The names of the folders of records that are being written, or whose writer died, sorted.
  public let partials: [String]
  /// The names of the records in quarantine, sorted.
  public let quarantined: [String]
}

extension Store {
  /// Lists the store, folder by folder rather than record by record.
  ///
  /// - Throws: `RecordsError.inputOutput` when the system refuses to list a folder.
  public func contents() throws(RecordsError) -> StoreContents {
    StoreContents(
      runs: Set(try ids(.run)), evaluations: Set(try ids(.evaluation)),
      checkpoints: Set(try checkpointedRuns()), failures: Set(try failures()),
      partials: try partials(), quarantined: try quarantined())
  }

  /// The ids of all records of a kind, sorted; nothing is verified.
  public func ids(_ kind: Kind) throws(RecordsError) -> [String] {
    var ids: [String] = []
    for shard in try shards(of: kind) {
      ids += try FileSystem.names(in: "\(path)/\(kind.folder)/\(shard)").filter {
        Self.isID($0) && $0.hasPrefix(shard)
      }
    }
    return ids
  }

  /// The folders among which the records of a kind are divided, named after the first two digits of their ids.
  private func shards(of kind: Kind) throws(RecordsError) -> [String] {
    try FileSystem.names(in: "\(path)/\(kind.folder)").filter { $0.utf8.count == 2 }
  }

  /// How many bytes the files of all records have together.
  ///
  /// - Parameter sample: about how many records of each kind are looked at; the rest is taken to be like them, which
  ///   ids being digests are.
  /// - Returns: the size, and whether all records were looked at.
  public func size(sample: Int) throws(RecordsError) -> (bytes: Double, isExact: Bool) {
    var total = 0.0
    var isExact = true
    for kind in Kind.allCases {
      let shards = try shards(of: kind)
      var (bytes, records, looked) = (0.0, 0, 0)
      for shard in shards where records < sample {
        let folder = "\(path)/\(kind.folder)/\(shard)"
        let names = try FileSystem.names(in: folder)
        bytes += names.reduce(0) { $0 + FileSystem.sizeOfFiles(in: "\(folder)/\($1)") }
        records += names.count
        looked += 1
      }
      if looked < shards.count { isExact = false }
      if looked > 0 { total += bytes * Double(shards.count) / Double(looked) }
    }
    return (total, isExact)
  }
}
