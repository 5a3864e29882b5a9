import ArgumentParser
import Foundation
import Records

/// Where a command writes its one file.
struct OutputFile: ParsableArguments {
  @Option(help: "The file to write.")
  var out: String

  @Flag(help: "Replaces what is there already.")
  var force = false

  /// Sees that the file can be written, before any work is done.
  func check() throws { try check(out, "--out") }

  /// The same for a further file, which an option names.
  func check(_ path: String, _ option: String) throws {
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) {
      if isFolder.boolValue { throw UsageError("\(option) \(path): this is a folder; name a file") }
      if !force { throw UsageError("\(option) \(path): exists already; --force replaces it") }
    }
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder),
      isFolder.boolValue,
      FileManager.default.isWritableFile(atPath: folder)
    else {
      throw RecordsError.inputOutput(
        action: "write", path: path, reason: "there is no folder \(folder) that can be written")
    }
  }

  /// Writes the file, whole or not at all.
  func write(_ bytes: [UInt8]) throws { try AtomicFile.write(bytes, to: out) }
}
