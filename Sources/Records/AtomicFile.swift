#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Files that readers see whole or not at all.
///
/// A file is written as `<name>.partial-<host>-<process>` beside its place, synced and renamed; what a killed process
/// leaves can be told by that name.
public enum AtomicFile {
  private static let mark = ".partial-"

  /// Writes a file in the place of an older one, and the folders above it where they are missing.
  ///
  /// - Throws: `RecordsError.inputOutput` with the path.
  public static func write(_ bytes: [UInt8], to path: String) throws(RecordsError) {
    let slash = path.lastIndex(of: "/")
    let folder = slash.map { String(path[..<$0]) } ?? "."
    let temporary = "\(path)\(mark)\(host)-\(getpid())"
    // Others may remove the folder at any time.
    for _ in 0..<10 {
      if !folder.isEmpty { try FileSystem.makeFolders(folder) }
      do throws(RecordsError) {
        _ = unlink(temporary)
        try FileSystem.create(temporary, bytes)
        try FileSystem.sync(file: temporary)
        try FileSystem.rename(temporary, to: path)
        return try FileSystem.sync(folder: folder.isEmpty ? "/" : folder)
      } catch {
        _ = unlink(temporary)
        if folder.isEmpty || FileSystem.isFolder(folder) { throw error }
      }
    }
    throw .inputOutput(action: "write", path: path, reason: "somebody keeps removing its folder")
  }

  /// Removes what processes of this machine that are no more left in a folder.
  public static func removeAbandoned(in folder: String) throws(RecordsError) {
    for name in try FileSystem.names(in: folder) {
      guard let range = name.firstRange(of: mark),
        let dash = name.lastIndex(of: "-"), dash >= range.upperBound,
        name[range.upperBound..<dash] == host,
        let process = pid_t(name[name.index(after: dash)...]), process > 0
      else { continue }
      if kill(process, 0) != 0, errno == ESRCH { try FileSystem.removeFile("\(folder)/\(name)") }
    }
  }

  /// The name of this machine.
  private static var host: String {
    var bytes = [CChar](repeating: 0, count: 256)
    guard gethostname(&bytes, bytes.count - 1) == 0 else { return "" }
    let text = String(
      decoding: bytes.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    return text.replacing("/", with: "")
  }
}
