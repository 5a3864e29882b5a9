import Crypto

/// A record that is being written: a folder under `partial/` until `commit` renames it into place.
///
/// When the process dies before `commit`, the folder stays under `partial/` and the store holds no
/// such record.
public final class PendingRecord {
  private let store: Store
  private let kind: Store.Kind
  private let id: String
  private let folder: String
  private var signed: [(name: String, sum: String)] = []
  private var unsigned: [(name: String, sum: String)] = []

  init(store: Store, kind: Store.Kind, id: String, folder: String) {
    self.store = store
    self.kind = kind
    self.id = id
    self.folder = folder
  }

  /// Writes one file, which `commit` sees to it is on the disk.
  ///
  /// - Parameters:
  ///   - file: the file; its name is a plain name, not a path, and no other file of the record has
  ///     it.
  ///   - isSigned: whether it is part of the result, and not of the story of how it was made.
  public func add(_ file: Store.File, isSigned: Bool = true) throws(RecordsError) {
    let reserved = [".", "..", "", Manifest.fileName, Manifest.unsignedFileName]
    let hasControl = file.name.unicodeScalars.contains { $0 == "/" || $0.value < 0x20 }
    precondition(!reserved.contains(file.name) && !hasControl, "not a file name: '\(file.name)'")
    try FileSystem.create("\(folder)/\(file.name)", file.bytes)
    let entry = (file.name, SHA256.hexadecimal(of: file.bytes))
    if isSigned { signed.append(entry) } else { unsigned.append(entry) }
  }

  /// Writes the lists of sums and moves the record into place.
  public func commit() throws(RecordsError) -> Store.Outcome {
    let title = "\(kind.rawValue) \(id)"
    let unsignedList = Manifest(title: title, sums: unsigned)
    let list = Manifest(title: title, sums: signed)
    try FileSystem.create("\(folder)/\(Manifest.unsignedFileName)", Array(unsignedList.text.utf8))
    try FileSystem.create("\(folder)/\(Manifest.fileName)", Array(list.text.utf8))
    // All files first, then each is waited for: the disk writes them together.
    for name in (unsigned + signed).map(\.name) + [Manifest.unsignedFileName, Manifest.fileName] {
      try FileSystem.sync(file: "\(folder)/\(name)")
    }
    try FileSystem.sync(folder: folder)
    let target = store.folder(kind, id)
    let parent = String(target.dropLast(id.count + 1))
    try FileSystem.makeFolders(parent)
    // What is there may be damaged: it goes into quarantine, and the place is free.
    for _ in 0..<3 {
      switch try FileSystem.move(folder, to: target) {
      case .moved:
        try FileSystem.sync(folder: parent)
        if kind == .run { try forgetRunUnderWay() }
        return .stored
      case .targetExists:
        guard try store.read(kind, id) != nil else { continue }
        try discard()
        if kind == .run { try forgetRunUnderWay() }
        return .wasThere
      case .sourceMissing:
        throw .inputOutput(
          action: "move to \(target)", path: folder, reason: "somebody removed it")
      }
    }
    throw .inputOutput(action: "write", path: target, reason: "damaged records keep coming")
  }

  /// Removes what a run that is whole leaves of its way there.
  private func forgetRunUnderWay() throws(RecordsError) {
    try store.clearFailure(id)
    try store.removeCheckpoints(id)
  }

  /// Removes what was written so far.
  public func discard() throws(RecordsError) { try FileSystem.removeFolder(folder) }
}
