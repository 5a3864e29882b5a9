import CZlib

/// The compression of RFC 1952, by zlib.
enum Gzip {
  /// See `Compression.decompress`.
  static func decompress(
    _ bytes: [UInt8], limit: Int
  ) throws(CompressionFault) -> [UInt8] {
    guard let inputCount = UInt32(exactly: bytes.count) else { throw .tooLarge(limit: limit) }
    var stream = z_stream()
    let gzipWindow = 16 + MAX_WBITS
    let started = inflateInit2_(
      &stream, gzipWindow, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard started == Z_OK else { throw .corrupt }
    defer { inflateEnd(&stream) }

    var content: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 18)
    var input = bytes
    let status: Int32 = input.withUnsafeMutableBufferPointer { source in
      stream.next_in = source.baseAddress
      stream.avail_in = inputCount
      var status = Z_OK
      while status == Z_OK, content.count <= limit {
        status = chunk.withUnsafeMutableBufferPointer { target in
          stream.next_out = target.baseAddress
          stream.avail_out = UInt32(target.count)
          let status = inflate(&stream, Z_NO_FLUSH)
          content.append(contentsOf: target[..<(target.count - Int(stream.avail_out))])
          return status
        }
      }
      return status
    }
    guard content.count <= limit else { throw .tooLarge(limit: limit) }
    switch status {
    case Z_STREAM_END where stream.avail_in == 0: return content
    case Z_STREAM_END: throw .followed
    case Z_BUF_ERROR: throw .truncated
    default: throw .corrupt
    }
  }
}
