import Foundation

/// Files of data, plain or compressed by gzip or xz.
enum DataFile {
  /// The endings that a file may have beside its name, in the order in which they are looked for.
  static let endings = ["", ".gz", ".xz"]

  /// The path of `name` in `folder` with the first ending of which there is a file; nil without any.
  static func path(of name: String, in folder: String) -> String? {
    endings.map { "\(folder)/\(name)\($0)" }.first { FileManager.default.fileExists(atPath: $0) }
  }

  /// The content of a file, decompressed when it begins like a gzip or xz file.
  static func content(of path: String) throws(DatasetError) -> [UInt8] {
    let bytes = try bytes(of: path)
    guard let compression = Compression(of: bytes) else { return bytes }
    do {
      return try compression.decompress(bytes)
    } catch {
      throw .malformed(path: path, reason: error.reason(compression))
    }
  }

  /// The bytes of a regular file as they are; others, such as pipes, could keep a reader waiting for ever.
  static func bytes(of path: String) throws(DatasetError) -> [UInt8] {
    guard FileManager.default.fileExists(atPath: path) else {
      throw .absent(path: path, reason: "no such file")
    }
    guard isRegular(path) else { throw .malformed(path: path, reason: "not a regular file") }
    do {
      return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    } catch {
      throw .malformed(path: path, reason: "cannot be read: \(error.localizedDescription)")
    }
  }

  /// Whether a path leads to a regular file, links followed.
  static func isRegular(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }
}
