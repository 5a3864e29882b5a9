/// A public data set: what its folder holds, and where that can be had.
public struct PublishedSet: Sendable {
  /// The name of the table entry, and of the folder in the folder of data.
  public let name: String
  /// The files as their publisher gives them.
  public let downloads: [PublishedFile]
  /// What training reads, in this order, decompressed and unpacked.
  public let contents: [PublishedContent]
  /// The archive that may stand for all contents; nil for sets without one.
  let archive: Archive?

  /// An archive and the folder in it.
  struct Archive: Sendable {
    /// The name of the file.
    let file: String
    /// The folder within the archive, also once it is unpacked.
    let folder: String
  }

  init(
    _ name: String, downloads: [PublishedFile], contents: [PublishedContent],
    archive: Archive? = nil
  ) {
    self.name = name
    self.downloads = downloads
    self.contents = contents
    self.archive = archive
  }
}

/// A file that can be downloaded.
public struct PublishedFile: Sendable {
  /// Its name, the last part of every address.
  public let name: String
  /// Its size in bytes.
  public let byteCount: Int
  /// Its SHA-256, 64 hexadecimal digits.
  public let sha256: String
  /// The addresses of folders that hold it, ending with `/`, to be tried in this order.
  public let folders: [String]
}

/// A file's content, whatever it is compressed by.
public struct PublishedContent: Sendable {
  /// The file's name without an ending for compression.
  public let name: String
  /// SHA-256 of the decompressed content, 64 hexadecimal digits.
  public let sha256: String
}
