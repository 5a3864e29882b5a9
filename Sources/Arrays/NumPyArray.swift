/// NumPy's `.npy` files, versions 1.0 and 2.0: one array, little-endian, in C order.
///
/// The layout: `\x93NUMPY`, the version, the header's length, the header (a Python dictionary of `descr`,
/// `fortran_order` and `shape`) padded to a multiple of 64 bytes, the elements. Source: NumPy's NEP 1 and
/// `numpy.lib.format`.
public enum NumPyArray {
  /// Reads the array of a file; throws when it is missing, malformed, in Fortran order, or of element types other
  /// than `<f4`, `<f8`, `<i4`, `<i8` and `|u1`.
  public static func read(contentsOf path: String) throws(ArrayFileError) -> TypedArray {
    try decode(try readFile(path), file: path)
  }

  /// Reads a file's bytes; `file` names it in errors.
  public static func decode(
    _ bytes: [UInt8], file: String
  ) throws(ArrayFileError) -> TypedArray {
    func refusal(_ reason: String) -> ArrayFileError { ArrayFileError(file: file, reason: reason) }

    guard bytes.starts(with: magic), bytes.count >= 10 else { throw refusal("not a .npy file") }
    let major = bytes[6]
    guard bytes[7] == 0, major == 1 || major == 2 else {
      throw refusal("version \(major).\(bytes[7]) of .npy; only 1.0 and 2.0 can be read")
    }
    let headerStart = major == 1 ? 10 : 12
    guard bytes.count >= headerStart else { throw refusal("truncated in its header") }
    let length = bytes[8..<headerStart].reversed().reduce(0) { $0 << 8 | Int($1) }
    guard length <= bytes.count - headerStart else { throw refusal("truncated in its header") }

    let body = bytes[(headerStart + length)...]
    guard let header = NumPyHeader(parsing: bytes[headerStart..<(headerStart + length)]) else {
      throw refusal("the header of this .npy file is malformed")
    }
    guard !header.isFortranOrder else {
      throw refusal("in Fortran order; save it again after numpy.ascontiguousarray")
    }
    guard let type = ElementType(numPyDescriptor: header.descriptor) else {
      throw refusal(
        "elements of type '\(header.descriptor)'; only <f4, <f8, <i4, <i8 and |u1 can be read: "
          + "convert it with astype")
    }
    guard let size = TypedArray.byteCount(type, shape: header.shape), size == body.count else {
      throw refusal(
        "truncated or damaged: \(body.count) bytes of elements do not make an array of shape "
          + "\(header.shape) and type '\(header.descriptor)'")
    }
    return TypedArray(type, shape: header.shape, bytes: body)
  }

  /// A file's bytes, those that `numpy.save` writes.
  public static func encode(_ array: TypedArray) -> [UInt8] {
    let header = NumPyHeader(
      descriptor: array.elementType.numPyDescriptor, isFortranOrder: false, shape: array.shape)
    var text = Array(header.text.utf8)
    let major: UInt8 = text.count + 64 <= Int(UInt16.max) ? 1 : 2
    let lengthCount = major == 1 ? 2 : 4
    let unpadded = magic.count + 2 + lengthCount + text.count + 1
    text += [UInt8](repeating: UInt8(ascii: " "), count: (64 - unpadded % 64) % 64)
    text.append(UInt8(ascii: "\n"))

    var bytes = magic + [major, 0]
    bytes += (0..<lengthCount).map { UInt8(truncatingIfNeeded: text.count >> (8 * $0)) }
    bytes += text
    array.append(to: &bytes)
    return bytes
  }

  /// Writes a file, replacing an old one in one step; throws when the place cannot be written.
  public static func write(_ array: TypedArray, to path: String) throws(ArrayFileError) {
    try writeFile(encode(array), to: path)
  }

  private static let magic = [0x93] + Array("NUMPY".utf8)
}

extension ElementType {
  /// The type's `descr` in a `.npy` header, for example `<f4`.
  var numPyDescriptor: String {
    switch self {
    case .float32: "<f4"
    case .float64: "<f8"
    case .int32: "<i4"
    case .int64: "<i8"
    case .uint8: "|u1"
    }
  }

  /// The type of a `descr`; nil for other types. Bytes have no order: `<u1` is taken for `|u1`.
  init?(numPyDescriptor descriptor: String) {
    let canonical = descriptor == "<u1" ? "|u1" : descriptor
    guard let type = Self.allCases.first(where: { $0.numPyDescriptor == canonical }) else {
      return nil
    }
    self = type
  }
}
