import Foundation

/// A file that grows beside the place that it is meant for, until it is whole.
final class PartialFile {
  /// Where it grows.
  let path: String
  private let target: String
  private let handle: FileHandle
  /// How many bytes it has.
  private(set) var count: Int

  /// Opens what an earlier attempt left, or an empty file; no other process may have it open.
  init(for target: String) throws(DownloadError) {
    self.target = target
    path = target + ".partial"
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw Self.failure(path) }
    handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    // The lock ends with the process, however that ends.
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { throw .busy(path: path) }
    do {
      count = Int(try handle.seekToEnd())
    } catch {
      throw .fileSystem(path: path, reason: error.localizedDescription)
    }
  }

  /// Appends bytes.
  func append(_ bytes: UnsafeRawBufferPointer) throws(DownloadError) {
    do {
      try handle.write(contentsOf: bytes)
      count += bytes.count
    } catch {
      throw .fileSystem(path: path, reason: "cannot be written: \(error.localizedDescription)")
    }
  }

  /// Forgets all bytes.
  func clear() throws(DownloadError) {
    do {
      try handle.truncate(atOffset: 0)
      count = 0
    } catch {
      throw .fileSystem(path: path, reason: "cannot be written: \(error.localizedDescription)")
    }
  }

  /// Puts the file in its place in one step, once it is on the disk.
  func place() throws(DownloadError) {
    do {
      try handle.synchronize()
    } catch {
      throw .fileSystem(path: path, reason: "cannot be written: \(error.localizedDescription)")
    }
    guard rename(path, target) == 0 else { throw Self.failure(target) }
  }

  /// Removes the file.
  func remove() { unlink(path) }

  private static func failure(_ path: String) -> DownloadError {
    .fileSystem(path: path, reason: "cannot be written: \(String(cString: strerror(errno)))")
  }
}
