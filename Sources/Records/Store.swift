/// A folder of results that many processes on many machines can use at once over a shared file
/// system.
///
///     runs/ab/abcd…/           what a finished run leaves, under its id
///     evaluations/ab/abcd…/    the values of metrics for a run, under a key of their own
///     partial/                 records that are being written, or whose writer died
///     checkpoints/abcd…/       states of a run that is under way or was interrupted
///     failed/abcd…/log.txt     the log of a run that gave no result
///     quarantine/              records that did not match their MANIFEST
///
/// A record is written under `partial/`, synced, and renamed into place, its MANIFEST last: under
/// `runs/` there are only whole records. There are no locks; the first of two writers of one record
/// wins, and as equal ids mean equal contents it does not matter which.
public struct Store: Sendable {
  /// What a record is about.
  public enum Kind: String, Sendable, CaseIterable {
    /// A finished run.
    case run
    /// The values of metrics for a run.
    case evaluation

    /// The name of the folder that holds the records.
    var folder: String { rawValue + "s" }
  }

  /// A file of a record.
  public typealias File = (name: String, bytes: [UInt8])

  /// How writing a record ended.
  public enum Outcome: Sendable {
    /// The record is in the store.
    case stored
    /// The record was there already; the new copy is dropped.
    case wasThere
  }

  /// The store's folder.
  public let path: String

  /// Names a folder, which need not exist yet.
  public init(_ path: String) { self.path = path }

  /// The folder of a record, whether it exists or not.
  ///
  /// - Parameter id: 64 hexadecimal digits.
  public func folder(_ kind: Kind, _ id: String) -> String {
    "\(path)/\(kind.folder)/\(id.prefix(2))/\(id)"
  }

  static func isID(_ id: String) -> Bool {
    let (digits, letters) = (
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f")
    )
    return id.utf8.count == 64 && id.utf8.allSatisfy { digits.contains($0) || letters.contains($0) }
  }

  /// Whether something lies where a record belongs, whole or not.
  public func isOccupied(_ kind: Kind, _ id: String) -> Bool {
    Self.isID(id) && FileSystem.isPresent(folder(kind, id))
  }

  /// Whether there is a record; its content is not verified.
  public func contains(_ kind: Kind, _ id: String) -> Bool {
    Self.isID(id) && FileSystem.exists("\(folder(kind, id))/\(Manifest.fileName)")
  }
}

// MARK: Reading

/// A verified record.
public struct StoredFolder: Sendable {
  /// Where it lies.
  public let path: String
  /// The files of the result, sorted by name.
  public let files: [Store.File]
  /// The files that say how the result was made: provenance and log.
  public let unsigned: [Store.File]
  /// Whether the unsigned files match their own sums; a mismatch there is no reason to distrust the
  /// result.
  public let isProvenanceIntact: Bool

  /// The bytes of the file of the result called `name`.
  public subscript(name: String) -> [UInt8]? { files.first { $0.name == name }?.bytes }
}

extension Store {
  /// Reads and verifies a record.
  ///
  /// A record that does not match its MANIFEST is moved to `quarantine/` and counts as missing.
  ///
  /// - Parameter id: the id of the record; an id that is not 64 hexadecimal digits names none.
  /// - Returns: the record, or nil when there is none.
  /// - Throws: `RecordsError.inputOutput` when the system refuses to read, or to move a damaged
  ///   record.
  public func read(_ kind: Kind, _ id: String) throws(RecordsError) -> StoredFolder? {
    guard Self.isID(id) else { return nil }
    let folder = folder(kind, id)
    guard FileSystem.isPresent(folder) else { return nil }
    if let record = try intact(kind, id) { return record }
    try quarantine(folder, name: "\(kind.rawValue)-\(id)")
    return nil
  }

  /// Moves a record, whose files match its MANIFEST but cannot be read as what they should be, to `quarantine/`.
  ///
  /// - Parameter id: 64 hexadecimal digits.
  public func quarantine(_ kind: Kind, _ id: String) throws(RecordsError) {
    precondition(Self.isID(id), "not the id of a record: \(id)")
    try quarantine(folder(kind, id), name: "\(kind.rawValue)-\(id)")
  }

  private func quarantine(_ folder: String, name: String) throws(RecordsError) {
    try FileSystem.makeFolders("\(path)/quarantine")
    var number = 1
    while true {
      let target = "\(path)/quarantine/\(name)-\(number)"
      switch try FileSystem.move(folder, to: target) {
      case .moved, .sourceMissing: return
      case .targetExists: number += 1
      }
    }
  }

  /// The names of the records in quarantine, sorted.
  public func quarantined() throws(RecordsError) -> [String] {
    try FileSystem.names(in: "\(path)/quarantine")
  }
}

// MARK: Writing

extension Store {
  /// Sees that records can be written, so that one that cannot be is known before any work is done.
  ///
  /// - Throws: `RecordsError.inputOutput` with the path.
  public func prepare() throws(RecordsError) {
    try FileSystem.makeFolders("\(path)/partial")
    try FileSystem.removeFolder(try FileSystem.makeUniqueFolder(prefix: "\(path)/partial/trial"))
  }

  /// Seconds after which a record under `partial/` that nobody has touched has no writer any more.
  private static let abandonedAge = 86400

  /// Removes what dead writers left and nobody has touched for a day: unfinished records, and checkpoints of runs that
  /// have a record.
  ///
  /// - Parameter now: the time in seconds since 1970.
  public func tidy(now: Int) throws(RecordsError) {
    func isAbandoned(_ path: String) -> Bool {
      FileSystem.modificationTime(path).map { now - $0 > Self.abandonedAge } ?? false
    }
    for name in try partials() where isAbandoned("\(path)/partial/\(name)") {
      try FileSystem.removeFolder("\(path)/partial/\(name)")
    }
    for id in try checkpointedRuns()
    where contains(.run, id) && isAbandoned("\(path)/checkpoints/\(id)") {
      try removeCheckpoints(id)
    }
  }

  /// Writes a whole record.
  ///
  /// - Parameters:
  ///   - kind: what the record is about.
  ///   - id: 64 hexadecimal digits.
  ///   - files: the files of the result, which are functions of the id alone.
  ///   - unsigned: the files that say how it was made.
  /// - Throws: `RecordsError.inputOutput` with the path; nothing is left behind then but, if the
  ///   system refuses even that, a folder under `partial/`.
  @discardableResult
  public func write(
    _ kind: Kind, _ id: String, files: [File], unsigned: [File] = []
  ) throws(RecordsError) -> Outcome {
    let record = try begin(kind, id)
    do throws(RecordsError) {
      for file in unsigned { try record.add(file, isSigned: false) }
      for file in files { try record.add(file) }
      return try record.commit()
    } catch {
      try? record.discard()
      throw error
    }
  }

  /// Starts a record whose files are added one by one; until it is committed nothing can be seen of
  /// it.
  ///
  /// - Parameters:
  ///   - kind: what the record is about.
  ///   - id: 64 hexadecimal digits.
  public func begin(_ kind: Kind, _ id: String) throws(RecordsError) -> PendingRecord {
    precondition(Self.isID(id), "not the id of a record: \(id)")
    try FileSystem.makeFolders("\(path)/partial")
    let folder = try FileSystem.makeUniqueFolder(
      prefix: "\(path)/partial/\(kind.rawValue)-\(id.prefix(16))")
    return PendingRecord(store: self, kind: kind, id: id, folder: folder)
  }

  /// The names of the records that are being written or whose writer died, sorted.
  public func partials() throws(RecordsError) -> [String] {
    try FileSystem.names(in: "\(path)/partial")
  }
}

// MARK: Failures

extension Store {
  /// Keeps the log of a run that gave no result, in the place of an earlier log of the same run.
  ///
  /// - Parameters:
  ///   - id: the id of the run.
  ///   - log: the log's bytes.
  public func recordFailure(_ id: String, log: [UInt8]) throws(RecordsError) {
    precondition(Self.isID(id), "not the id of a run: \(id)")
    try AtomicFile.write(log, to: "\(path)/failed/\(id)/log.txt")
  }

  /// The log of the last failure of a run; nil when it did not fail, or succeeded since.
  public func failureLog(_ id: String) throws(RecordsError) -> [UInt8]? {
    guard Self.isID(id) else { return nil }
    return try FileSystem.read("\(path)/failed/\(id)/log.txt")
  }

  /// The ids of the runs that failed, sorted.
  public func failures() throws(RecordsError) -> [String] {
    try FileSystem.names(in: "\(path)/failed").filter {
      Self.isID($0) && FileSystem.exists("\(path)/failed/\($0)/log.txt")
    }
  }

  /// Forgets that a run failed, when it is whole: storing the run does so, and so must storing its evaluation alone.
  public func clearFailure(_ id: String) throws(RecordsError) {
    try FileSystem.removeFolder("\(path)/failed/\(id)")
  }
}
