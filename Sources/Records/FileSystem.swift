#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The system calls of the store, with errors that name the path.
package enum FileSystem {
  private static func failure(_ action: String, _ path: String, _ code: Int32 = errno)
    -> RecordsError
  {
    .inputOutput(action: action, path: path, reason: String(cString: strerror(code)))
  }

  /// The bytes of a file, at most `limit` of them; nil when there is no such file, but perhaps something else.
  static func read(_ path: String, limit: Int = .max) throws(RecordsError) -> [UInt8]? {
    // A pipe without a writer would hold the process up.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      if [ENOENT, ENOTDIR, ELOOP, ENXIO].contains(errno) { return nil }
      throw failure("open", path)
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count < limit {
      let wanted = min(chunk.count, limit - bytes.count)
      let count = chunk.withUnsafeMutableBytes { systemRead(descriptor, $0.baseAddress, wanted) }
      if count < 0 && errno == EINTR { continue }
      if count < 0 { throw failure("read", path) }
      if count == 0 { break }
      bytes += chunk[..<count]
    }
    return bytes
  }

  /// Writes a new file, which may not be on the disk before `sync`; an existing file is an error.
  static func create(_ path: String, _ bytes: [UInt8]) throws(RecordsError) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw failure("create", path) }
    defer { close(descriptor) }
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes {
        systemWrite(descriptor, $0.baseAddress?.advanced(by: written), bytes.count - written)
      }
      if count < 0 && errno == EINTR { continue }
      if count < 0 { throw failure("write", path) }
      written += count
    }
  }

  /// Waits until a file is on the disk.
  static func sync(file path: String) throws(RecordsError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure("open", path) }
    defer { close(descriptor) }
    if fsync(descriptor) != 0 { throw failure("sync", path) }
  }

  /// Gives a file another name, in the place of one that has it.
  static func rename(_ source: String, to target: String) throws(RecordsError) {
    if systemRename(source, target) != 0 { throw failure("replace", target) }
  }

  /// Makes a folder and those above it, where they are missing.
  static func makeFolders(_ path: String) throws(RecordsError) {
    if mkdir(path, 0o755) == 0 || isFolder(path) { return }
    guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash > path.startIndex else {
      // Something else has the name.
      throw failure("make the folder", path, errno == EEXIST ? ENOTDIR : errno)
    }
    try makeFolders(String(path[..<slash]))
    if mkdir(path, 0o755) != 0 && !isFolder(path) { throw failure("make the folder", path) }
  }

  /// Makes a folder whose name starts with `prefix` and that did not exist before, and returns its
  /// path.
  static func makeUniqueFolder(prefix: String) throws(RecordsError) -> String {
    var template = Array("\(prefix)-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw failure("make a folder", prefix) }
    return template.withUnsafeBufferPointer { $0.baseAddress.map(String.init(cString:)) } ?? prefix
  }

  /// Waits until the names in a folder are on the disk.
  static func sync(folder path: String) throws(RecordsError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure("open", path) }
    defer { close(descriptor) }
    // Some file systems cannot sync folders and say so with EINVAL.
    if fsync(descriptor) != 0 && errno != EINVAL { throw failure("sync", path) }
  }

  /// How a folder's move to another name ended.
  enum Move {
    case moved
    case targetExists
    case sourceMissing
  }

  /// Moves a folder to a name that does not exist yet.
  static func move(_ source: String, to target: String) throws(RecordsError) -> Move {
    if systemRename(source, target) == 0 { return .moved }
    switch errno {
    case ENOTEMPTY, EEXIST,
      ENOTDIR where isPresent(target), EISDIR where isPresent(target):
      return .targetExists
    case ENOENT where !exists(source): return .sourceMissing
    default: throw failure("move to \(target)", source)
    }
  }

  /// Whether something has this name.
  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// Whether this is a folder; leaves `errno` alone.
  static func isFolder(_ path: String) -> Bool {
    let code = errno
    defer { errno = code }
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// The names in a folder, sorted; none when there is no such folder.
  package static func names(in path: String) throws(RecordsError) -> [String] {
    guard let folder = opendir(path) else {
      if errno == ENOENT || errno == ENOTDIR { return [] }
      throw failure("list", path)
    }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// How many bytes the files in a folder have together; folders in it, and what cannot be seen, count nothing.
  static func sizeOfFiles(in path: String) -> Double {
    guard let folder = opendir(path) else { return 0 }
    defer { closedir(folder) }
    var total = 0.0
    while let entry = readdir(folder) {
      var status = stat()
      let isSeen = withUnsafeBytes(of: &entry.pointee.d_name) { name in
        name.bindMemory(to: CChar.self).baseAddress.map {
          fstatat(dirfd(folder), $0, &status, AT_SYMLINK_NOFOLLOW) == 0
        } ?? false
      }
      if isSeen, status.st_mode & S_IFMT == S_IFREG { total += Double(status.st_size) }
    }
    return total
  }

  /// Whether something has this name, if only a link to nowhere.
  static func isPresent(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0
  }

  /// Whether this is a symbolic link.
  static func isLink(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
  }

  /// Whether this is a regular file and not a link to one.
  static func isRegularFile(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  /// Removes a file, where there is one; a folder stays.
  static func removeFile(_ path: String) throws(RecordsError) {
    if unlink(path) != 0 && ![ENOENT, EISDIR].contains(errno) { throw failure("remove", path) }
  }

  /// Removes a folder of files, where there is one. It stays when somebody puts a file into it meanwhile.
  static func removeFolder(_ path: String) throws(RecordsError) {
    for name in try names(in: path) { try removeFile("\(path)/\(name)") }
    if rmdir(path) != 0 && ![ENOENT, ENOTEMPTY, EEXIST].contains(errno) {
      throw failure("remove", path)
    }
  }

  /// When something was last changed, in seconds since 1970; nil when there is nothing of this name.
  static func modificationTime(_ path: String) -> Int? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    #if canImport(Darwin)
      return status.st_mtimespec.tv_sec
    #else
      return status.st_mtim.tv_sec
    #endif
  }
}

private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int)
  -> Int
{
  read(descriptor, buffer, count)
}

private func systemWrite(_ descriptor: Int32, _ buffer: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, buffer, count)
}

private func systemRename(_ source: String, _ target: String) -> Int32 { rename(source, target) }
