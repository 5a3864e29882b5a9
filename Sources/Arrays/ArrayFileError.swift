import Foundation

/// Why an array file could not be read or written, with the file's name.
public struct ArrayFileError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file as the caller named it.
  public let file: String
  /// What is wrong, and what to do where that is not plain.
  public let reason: String

  /// Says what is wrong with a file.
  public init(file: String, reason: String) {
    self.file = file
    self.reason = reason
  }

  /// The file's name and the reason on one line.
  public var description: String { "\(file): \(reason)" }
}

/// The bytes of a file.
func readFile(_ path: String) throws(ArrayFileError) -> [UInt8] {
  do {
    return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
  } catch {
    throw ArrayFileError(file: path, reason: "cannot be read: \(error.localizedDescription)")
  }
}

/// Replaces a file's bytes in one step: readers see the old file or the new one.
func writeFile(_ bytes: [UInt8], to path: String) throws(ArrayFileError) {
  do {
    try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
  } catch {
    throw ArrayFileError(file: path, reason: "cannot be written: \(error.localizedDescription)")
  }
}
