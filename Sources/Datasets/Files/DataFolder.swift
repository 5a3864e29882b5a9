import Crypto
import Foundation

/// The folder of one public data set; it remembers what was read for the digest.
struct DataFolder {
  /// The folder.
  let path: String
  private let published: PublishedSet
  private var hash = SHA256()
  private var archive: TarArchive?

  /// The folder of a set in the folder of data; nothing is read yet.
  init(of published: PublishedSet, in dataFolder: String) {
    path = "\(dataFolder)/\(published.name)"
    self.published = published
  }

  /// Reads a file, plain, compressed or from the set's archive, and adds its content to the digest.
  ///
  /// - Returns: the content, and the path of the file that holds it, for messages.
  mutating func read(_ name: String) throws(DatasetError) -> (path: String, bytes: [UInt8]) {
    let file = try content(of: name)
    hash.update(data: file.bytes)
    return file
  }

  /// Adds to the digest how the content is understood.
  mutating func note(_ text: String) { hash.update(data: Array(text.utf8)) }

  /// SHA-256 of all that was read, in the order of reading.
  var digest: String { hash.finalize().hexadecimal }

  /// Where a file's content lies: itself, with an ending of compression, or the archive; nil for nowhere.
  func place(of name: String) -> String? {
    if let path = DataFile.path(of: name, in: path) { return path }
    guard let archive = published.archive else { return nil }
    return DataFile.path(of: name, in: "\(path)/\(archive.folder)")
      ?? [archivePath(archive)].first { FileManager.default.fileExists(atPath: $0) }
  }

  /// The content of a file, and the path of what holds it.
  mutating func content(of name: String) throws(DatasetError) -> (path: String, bytes: [UInt8]) {
    guard let place = place(of: name) else {
      throw .missing(dataset: published.name, path: expectedPlace(of: name))
    }
    guard let archive = published.archive, place == archivePath(archive) else {
      return (place, try DataFile.content(of: place))
    }
    let member = "\(archive.folder)/\(name)"
    guard let bytes = try members(of: place).content(of: member) else {
      throw .malformed(path: place, reason: "holds no file \(member)")
    }
    return (place, bytes)
  }

  /// The files of the archive, which is read once.
  private mutating func members(of path: String) throws(DatasetError) -> TarArchive {
    if let archive { return archive }
    let members = try TarArchive(try DataFile.content(of: path), path: path)
    archive = members
    return members
  }

  private func archivePath(_ archive: PublishedSet.Archive) -> String { "\(path)/\(archive.file)" }

  /// Where a file's content should lie: the download in which it comes.
  func expectedPlace(of name: String) -> String {
    let names = published.downloads.map(\.name)
    let download = names.first { $0.hasPrefix(name) } ?? published.archive?.file ?? name
    return "\(path)/\(download)"
  }
}

extension Digest {
  /// The digest as hexadecimal digits in lower case.
  var hexadecimal: String {
    map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
