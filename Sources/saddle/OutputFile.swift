import ArgumentParser
import Foundation
import Records

/// Where a command writes its one file.
struct OutputFile: ParsableArguments {
  @Option(help: "The file to write.")
  var out: String

  @Flag(help: "Replaces the file where it exists.")
  var force = false

  /// Sees that the file can be written, before any work is done.
  func check() throws {
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: out, isDirectory: &isFolder) {
      if isFolder.boolValue { throw UsageError("--out \(out): this is a folder; name a file") }
      if !force { throw UsageError("--out \(out): exists already; --force replaces it") }
    }
    let folder = URL(fileURLWithPath: out).deletingLastPathComponent().path
    guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue,
      FileManager.default.isWritableFile(atPath: folder)
    else {
      throw RecordsError.inputOutput(
        action: "write", path: out, reason: "there is no folder \(folder) that can be written")
    }
  }

  /// Writes the file, whole or not at all.
  func write(_ bytes: [UInt8]) throws { try AtomicFile.write(bytes, to: out) }
}
