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
    handle = try Self.locked(path)
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
    try expectInPlace()
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
    try expectInPlace()
    guard rename(path, target) == 0 else { throw Self.failure(target) }
  }

  /// Removes the file.
  func remove() {
    if Self.leads(path, to: handle.fileDescriptor) { unlink(path) }
  }

  /// Sees that the path still leads to this file.
  private func expectInPlace() throws(DownloadError) {
    guard Self.leads(path, to: handle.fileDescriptor) else {
      throw .fileSystem(
        path: path, reason: "somebody removed or replaced this file while it was being written")
    }
  }

  private static func failure(_ path: String) -> DownloadError {
    .fileSystem(path: path, reason: "cannot be written: \(String(cString: strerror(errno)))")
  }
}

// MARK: Opening

extension PartialFile {
  /// Opens a file for this process alone. Links, by which a file elsewhere would be changed, and whatever is not a file
  /// make way for an empty one.
  private static func locked(_ path: String) throws(DownloadError) -> FileHandle {
    for _ in 0..<100 {
      // A pipe without a reader would hold the process up.
      let descriptor = open(
        path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o644)
      if descriptor < 0 {
        guard errno == ELOOP else { throw failure(path) }
        try removeLink(path)
        continue
      }
      let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
      // The lock ends with the process, however that ends.
      guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { throw .busy(path: path) }
      // Who had the lock before may have put the file in its place, or removed it.
      guard leads(path, to: descriptor) else { continue }
      if isOwn(descriptor) { return handle }
      guard unlink(path) == 0 || errno == ENOENT else { throw failure(path) }
    }
    throw .fileSystem(path: path, reason: "somebody keeps replacing this file")
  }

  /// Removes a symbolic link, but nothing that has taken its place.
  private static func removeLink(_ path: String) throws(DownloadError) {
    var status = stat()
    guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFLNK else { return }
    guard unlink(path) == 0 || errno == ENOENT else { throw failure(path) }
  }

  /// Whether a path leads, not by a link, to the file that is open.
  private static func leads(_ path: String, to descriptor: Int32) -> Bool {
    var opened = stat()
    var named = stat()
    guard fstat(descriptor, &opened) == 0, lstat(path, &named) == 0 else { return false }
    return opened.st_dev == named.st_dev && opened.st_ino == named.st_ino
  }

  /// Whether what is open is a regular file with one name.
  private static func isOwn(_ descriptor: Int32) -> Bool {
    var status = stat()
    return fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
      && status.st_nlink == 1
  }
}
