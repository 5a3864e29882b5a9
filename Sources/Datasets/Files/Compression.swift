/// How a file is compressed, told by its first bytes.
enum Compression: String {
  case gzip, xz

  /// More than any data set here decompresses to: a guard against files that are made to fill the memory.
  static let largestContent = 1 << 30

  /// The compression that the bytes of a file begin like; nil for plain files.
  init?(of bytes: [UInt8]) {
    if bytes.starts(with: [0x1f, 0x8b]) {
      self = .gzip
    } else if bytes.starts(with: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]) {
      self = .xz
    } else {
      return nil
    }
  }

  /// The content of one member, which must be all there is; its checksum is verified.
  ///
  /// - Parameter limit: the largest content in bytes.
  func decompress(
    _ bytes: [UInt8], limit: Int = Compression.largestContent
  ) throws(CompressionFault) -> [UInt8] {
    switch self {
    case .gzip: try Gzip.decompress(bytes, limit: limit)
    case .xz: try XZ.decompress(bytes, limit: limit)
    }
  }
}

/// Why compressed bytes have no content.
enum CompressionFault: Error {
  case truncated, corrupt, followed
  case tooLarge(limit: Int)

  /// What is wrong, as a clause about a file.
  func reason(_ compression: Compression) -> String {
    switch self {
    case .truncated: "truncated: its \(compression) content ends early"
    case .corrupt: "corrupt: its \(compression) content cannot be decompressed"
    case .followed: "bytes follow the end of its \(compression) content"
    case .tooLarge(let limit): "decompresses to more than \(limit >> 20) MiB"
    }
  }
}
