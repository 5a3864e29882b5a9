import CLZMA

/// The compression of the .xz format, by liblzma.
enum XZ {
  /// What a decoder may take: four times what the strongest preset needs.
  private static let memoryLimit: UInt64 = 256 << 20

  /// See `Compression.decompress`.
  static func decompress(
    _ bytes: [UInt8], limit: Int
  ) throws(CompressionFault) -> [UInt8] {
    var stream = lzma_stream()
    guard lzma_stream_decoder(&stream, memoryLimit, 0) == LZMA_OK else { throw .corrupt }
    defer { lzma_end(&stream) }

    var content: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 18)
    let status: lzma_ret = bytes.withUnsafeBufferPointer { source in
      stream.next_in = source.baseAddress
      stream.avail_in = source.count
      var status = LZMA_OK
      while status == LZMA_OK, content.count <= limit {
        status = chunk.withUnsafeMutableBufferPointer { target in
          stream.next_out = target.baseAddress
          stream.avail_out = target.count
          let status = lzma_code(&stream, LZMA_FINISH)
          content.append(contentsOf: target[..<(target.count - stream.avail_out)])
          return status
        }
      }
      return status
    }
    guard content.count <= limit else { throw .tooLarge(limit: limit) }
    switch status {
    case LZMA_STREAM_END where stream.avail_in == 0: return content
    case LZMA_STREAM_END: throw .followed
    case LZMA_BUF_ERROR: throw .truncated
    default: throw .corrupt
    }
  }
}
