import Arrays

/// IDX files of bytes, the form of MNIST: a magic number with the element type and the rank, the extent of each
/// axis as a 32-bit big-endian integer, the elements. Source: yann.lecun.com/exdb/mnist.
public enum IDX {
  /// Reads an IDX file, plain or compressed by gzip; throws when it cannot be read or is malformed.
  public static func read(contentsOf path: String) throws(DatasetError) -> HostArray<UInt8> {
    try decode(try DataFile.content(of: path), path: path)
  }

  /// Reads the bytes of an uncompressed IDX file; `path` names it in errors.
  ///
  /// Throws when the magic number, the element type (unsigned bytes only) or the size is wrong.
  public static func decode(
    _ bytes: [UInt8], path: String
  ) throws(DatasetError) -> HostArray<UInt8> {
    guard bytes.count >= 4, bytes[0] == 0, bytes[1] == 0, bytes[3] > 0 else {
      throw .malformed(path: path, reason: "not an IDX file")
    }
    guard bytes[2] == 0x08 else {
      throw .malformed(
        path: path, reason: "IDX elements of type \(bytes[2]); only unsigned bytes (8) can be read")
    }
    let rank = Int(bytes[3])
    let headerCount = 4 + 4 * rank
    guard bytes.count >= headerCount else {
      throw .malformed(path: path, reason: "truncated in its IDX header")
    }
    let shape = (0..<rank).map { axis in
      bytes[(4 + 4 * axis)..<(8 + 4 * axis)].reduce(0) { $0 << 8 | Int($1) }
    }
    let count = bytes.count - headerCount
    guard elementCount(shape) == count else {
      throw .malformed(
        path: path,
        reason: "truncated or damaged: \(count) bytes of elements for the IDX shape \(shape)")
    }
    return HostArray(shape: shape, elements: Array(bytes[headerCount...]))
  }

  /// The product of the extents; nil when it, or that of some of the axes, overflows.
  private static func elementCount(_ shape: [Int]) -> Int? {
    var count = 1
    for extent in shape {
      let (product, overflow) = count.multipliedReportingOverflow(by: max(extent, 1))
      if overflow { return nil }
      count = product
    }
    return shape.contains(0) ? 0 : count
  }
}
