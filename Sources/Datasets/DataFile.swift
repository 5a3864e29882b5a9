import CZlib
import Foundation

/// Files of data, plain or compressed by gzip.
enum DataFile {
  /// More than any data set here decompresses to: a guard against files that are made to fill the memory.
  private static let largestContent = 1 << 30

  /// The decompressed content of `name` in `folder`, or of `name.gz` when the former does not exist.
  static func content(
    _ name: String, in folder: String, dataset: String
  ) throws(DatasetError) -> (path: String, bytes: [UInt8]) {
    let plain = folder + "/" + name
    if FileManager.default.fileExists(atPath: plain) { return (plain, try content(of: plain)) }
    let compressed = plain + ".gz"
    if FileManager.default.fileExists(atPath: compressed) {
      return (compressed, try content(of: compressed))
    }
    if FileManager.default.fileExists(atPath: plain + ".xz") {
      throw .malformed(
        path: plain + ".xz", reason: "compressed by xz, which is not read: run xz -dk on it")
    }
    throw .missing(dataset: dataset, path: compressed)
  }

  /// The content of a file, decompressed when it begins like a gzip file.
  static func content(of path: String) throws(DatasetError) -> [UInt8] {
    let bytes: [UInt8]
    do {
      bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    } catch {
      throw .malformed(path: path, reason: "cannot be read: \(error.localizedDescription)")
    }
    guard bytes.starts(with: [0x1f, 0x8b]) else { return bytes }
    switch gunzip(bytes) {
    case .success(let content): return content
    case .failure(let fault): throw .malformed(path: path, reason: fault.reason)
    }
  }

  private struct Fault: Error {
    let reason: String
  }

  /// Decompresses one gzip member, which must be all there is; its checksum is verified.
  private static func gunzip(_ bytes: [UInt8]) -> Result<[UInt8], Fault> {
    guard bytes.count <= largestContent else { return .failure(Fault(reason: "too large")) }
    var stream = z_stream()
    let gzipWindow = 16 + MAX_WBITS
    let started = inflateInit2_(
      &stream, gzipWindow, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard started == Z_OK else { return .failure(Fault(reason: "zlib cannot be started")) }
    defer { inflateEnd(&stream) }

    var content: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 18)
    var input = bytes
    let status: Int32 = input.withUnsafeMutableBufferPointer { source in
      stream.next_in = source.baseAddress
      stream.avail_in = UInt32(source.count)
      var status = Z_OK
      while status == Z_OK, content.count <= largestContent {
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
    switch status {
    case Z_STREAM_END where stream.avail_in == 0: return .success(content)
    case Z_STREAM_END: return .failure(Fault(reason: "bytes follow the end of its gzip content"))
    case Z_BUF_ERROR: return .failure(Fault(reason: "truncated: its gzip content ends early"))
    case Z_OK: return .failure(Fault(reason: "decompresses to more than 1 GiB"))
    default: return .failure(Fault(reason: "corrupt: its gzip content cannot be decompressed"))
    }
  }
}
