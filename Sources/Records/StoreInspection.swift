/// What is wrong with a file of a store.
public struct StoreDamage: Hashable, Sendable {
  /// The file, or the record where no one file is to blame.
  public let path: String
  /// What is wrong, for example `does not match its sum`.
  public let message: String

  /// Names a file and what is wrong with it.
  public init(path: String, message: String) {
    self.path = path
    self.message = message
  }
}

extension Store {
  /// A record as it lies there, whole or not.
  struct Inspection {
    let record: StoredFolder
    /// What is wrong with the files of the result.
    let damage: [StoreDamage]
    /// What is wrong with the files that say how it was made.
    let provenanceDamage: [StoreDamage]
  }

  /// Reads and verifies a record as `read` does, but leaves a damaged one where it is; nil for that one as for none.
  public func intact(_ kind: Kind, _ id: String) throws(RecordsError) -> StoredFolder? {
    guard Self.isID(id) else { return nil }
    let inspection = try inspect(kind, id)
    return inspection.damage.isEmpty ? inspection.record : nil
  }

  /// The list of the sums of a record's files as it stands; nil when there is none. Nothing is verified.
  public func listOfSums(_ kind: Kind, _ id: String) throws(RecordsError) -> String? {
    guard Self.isID(id) else { return nil }
    let bytes = try FileSystem.read("\(folder(kind, id))/\(Manifest.fileName)")
    return bytes.map { String(decoding: $0, as: UTF8.self) }
  }

  /// A file of a record as it lies there, not verified; nil where it cannot be read.
  public func unverified(_ kind: Kind, _ id: String, _ name: String) -> [UInt8]? {
    (try? FileSystem.read("\(folder(kind, id))/\(name)")) ?? nil
  }

  /// Compares the files of a record with its lists of sums.
  func inspect(_ kind: Kind, _ id: String) throws(RecordsError) -> Inspection {
    let folder = folder(kind, id)
    let title = "\(kind.rawValue) \(id)"
    let signed = try compare(folder, Manifest.fileName, title)
    let unsigned = try compare(folder, Manifest.unsignedFileName, title)
    let record = StoredFolder(
      path: folder, files: signed.files, unsigned: unsigned.files,
      isProvenanceIntact: unsigned.damage.isEmpty)
    return Inspection(
      record: record, damage: signed.damage, provenanceDamage: unsigned.damage)
  }

  private func compare(
    _ folder: String, _ listName: String, _ title: String
  ) throws(RecordsError) -> (files: [File], damage: [StoreDamage]) {
    guard let list = try FileSystem.read("\(folder)/\(listName)") else {
      return ([], [StoreDamage(path: "\(folder)/\(listName)", message: "is missing")])
    }
    guard let manifest = Manifest(title: title, bytes: list) else {
      return ([], [StoreDamage(path: "\(folder)/\(listName)", message: "is damaged")])
    }
    var files: [File] = []
    var damage: [StoreDamage] = []
    for (name, _) in manifest.sums {
      let bytes = try FileSystem.read("\(folder)/\(name)")
      if let bytes { files.append((name, bytes)) }
      if bytes.map({ manifest.matches(name, $0) }) == true { continue }
      damage.append(
        StoreDamage(
          path: "\(folder)/\(name)",
          message: bytes == nil ? "is missing" : "does not match its sum"))
    }
    return (files, damage)
  }
}

// MARK: The whole store

extension Store {
  /// All that is wrong with a record, files that belong to no list included. Nothing is moved.
  public func damage(_ kind: Kind, _ id: String) throws(RecordsError) -> [StoreDamage] {
    let inspection = try inspect(kind, id)
    let known =
      [Manifest.fileName, Manifest.unsignedFileName]
      + (inspection.record.files + inspection.record.unsigned).map(\.name)
    let path = inspection.record.path
    let strays = try FileSystem.names(in: path).filter { !known.contains($0) }
    return inspection.damage + inspection.provenanceDamage
      + strays.map { StoreDamage(path: "\(path)/\($0)", message: "is in no list of the record") }
  }

  /// The checkpoints whose bytes do not match their names.
  public func damagedCheckpoints() throws(RecordsError) -> [StoreDamage] {
    var damage: [StoreDamage] = []
    for id in try checkpointedRuns() {
      for path in try damagedCheckpoints(of: id) {
        damage.append(StoreDamage(path: path, message: "does not match the sum in its name"))
      }
    }
    return damage
  }
}
