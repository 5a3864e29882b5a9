import Crypto

/// What interrupted runs leave: whole states from which they go on.
///
///     checkpoints/<run id>/<step>-<sha256>     two of each run
///
/// A checkpoint is written under a hidden name, synced and renamed, and its name carries the sum of
/// its bytes: one that is torn or damaged is passed over for the one before it.
extension Store {
  private func checkpointFolder(_ id: String) -> String { "\(path)/checkpoints/\(id)" }

  /// Keeps a checkpoint of a run and removes all others but the one before it, which is there in case that this one
  /// gets damaged.
  ///
  /// - Parameters:
  ///   - id: the id of the run, 64 hexadecimal digits.
  ///   - step: how many generator steps had been taken.
  ///   - bytes: the checkpoint.
  public func keepCheckpoint(_ id: String, step: Int, bytes: [UInt8]) throws(RecordsError) {
    precondition(Self.isID(id), "not the id of a run: \(id)")
    let folder = checkpointFolder(id)
    try AtomicFile.write(bytes, to: "\(folder)/\(step)-\(SHA256.hexadecimal(of: bytes))")
    // Later ones were damaged, or made under another experiment's evaluation: this one is the latest of use.
    let before = try checkpoints(id).filter { $0.step < step }
    for name in try checkpoints(id) where name.step != step && name.text != before.first?.text {
      try FileSystem.removeFile("\(folder)/\(name.text)")
    }
  }

  /// The latest undamaged checkpoint of a run, or nil when there is none.
  public func latestCheckpoint(_ id: String) throws(RecordsError) -> (step: Int, bytes: [UInt8])? {
    guard Self.isID(id) else { return nil }
    for name in try checkpoints(id) {
      if let bytes = try FileSystem.read("\(checkpointFolder(id))/\(name.text)"),
        SHA256.hexadecimal(of: bytes) == name.sum
      {
        return (name.step, bytes)
      }
    }
    return nil
  }

  /// Removes the checkpoints of a run: it has a record now, or they are of no use.
  public func removeCheckpoints(_ id: String) throws(RecordsError) {
    guard Self.isID(id) else { return }
    try FileSystem.removeFolder(checkpointFolder(id))
  }

  /// The ids of the runs that have a checkpoint, sorted.
  public func checkpointedRuns() throws(RecordsError) -> [String] {
    try FileSystem.names(in: "\(path)/checkpoints").filter(Self.isID)
  }

  /// The paths of a run's checkpoints that are damaged.
  func damagedCheckpoints(of id: String) throws(RecordsError) -> [String] {
    var paths: [String] = []
    for name in try checkpoints(id) {
      let path = "\(checkpointFolder(id))/\(name.text)"
      guard let bytes = try FileSystem.read(path) else { continue }
      if SHA256.hexadecimal(of: bytes) != name.sum { paths.append(path) }
    }
    return paths
  }

  private struct CheckpointName {
    let step: Int
    let sum: String
    var text: String { "\(step)-\(sum)" }

    init?(_ text: String) {
      let parts = text.split(separator: "-", maxSplits: 1)
      guard parts.count == 2, let step = Int(parts[0]) else { return nil }
      self.step = step
      sum = String(parts[1])
      guard self.text == text, Store.isID(sum) else { return nil }
    }
  }

  /// The checkpoints of a run, the latest first.
  private func checkpoints(_ id: String) throws(RecordsError) -> [CheckpointName] {
    try FileSystem.names(in: checkpointFolder(id)).compactMap(CheckpointName.init)
      .sorted { ($0.step, $0.sum) > ($1.step, $1.sum) }
  }
}
