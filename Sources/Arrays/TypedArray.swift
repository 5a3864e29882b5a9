/// The element types that array files hold, each little-endian.
public enum ElementType: Hashable, Sendable, CaseIterable {
  /// IEEE binary32.
  case float32
  /// IEEE binary64.
  case float64
  /// Signed 32-bit integers.
  case int32
  /// Signed 64-bit integers.
  case int64
  /// Bytes.
  case uint8

  /// The size of one element in bytes.
  public var byteCount: Int {
    switch self {
    case .uint8: 1
    case .float32, .int32: 4
    case .float64, .int64: 8
    }
  }
}

/// A dense array whose element type is known only at run time: what array files hold.
public enum TypedArray: Equatable, Sendable {
  /// IEEE binary32 elements.
  case float32(HostArray<Float>)
  /// IEEE binary64 elements.
  case float64(HostArray<Double>)
  /// Signed 32-bit integers.
  case int32(HostArray<Int32>)
  /// Signed 64-bit integers.
  case int64(HostArray<Int64>)
  /// Bytes.
  case uint8(HostArray<UInt8>)

  /// The type of the elements.
  public var elementType: ElementType {
    switch self {
    case .float32: .float32
    case .float64: .float64
    case .int32: .int32
    case .int64: .int64
    case .uint8: .uint8
    }
  }

  /// The extent of each axis; empty for a scalar.
  public var shape: [Int] {
    switch self {
    case .float32(let array): array.shape
    case .float64(let array): array.shape
    case .int32(let array): array.shape
    case .int64(let array): array.shape
    case .uint8(let array): array.shape
    }
  }

  /// The elements converted to `Double`: exact for all types but 64-bit integers beyond ±2⁵³.
  public var doubles: HostArray<Double> {
    switch self {
    case .float32(let array):
      HostArray(shape: array.shape, elements: array.elements.map(Double.init))
    case .float64(let array): array
    case .int32(let array): HostArray(shape: array.shape, elements: array.elements.map(Double.init))
    case .int64(let array): HostArray(shape: array.shape, elements: array.elements.map(Double.init))
    case .uint8(let array): HostArray(shape: array.shape, elements: array.elements.map(Double.init))
    }
  }

  /// The elements converted to `Float`, rounded to nearest where `Float` cannot hold them.
  public var floats: HostArray<Float> {
    switch self {
    case .float32(let array): array
    case .float64(let array):
      HostArray(shape: array.shape, elements: array.elements.map(Float.init))
    case .int32(let array): HostArray(shape: array.shape, elements: array.elements.map(Float.init))
    case .int64(let array): HostArray(shape: array.shape, elements: array.elements.map(Float.init))
    case .uint8(let array): HostArray(shape: array.shape, elements: array.elements.map(Float.init))
    }
  }
}

// MARK: Bytes of files

#if !_endian(little)
  #error("array files are little-endian; conversion for big-endian hosts is not written")
#endif

extension TypedArray {
  /// Reads `bytes`, whose count must be that of `shape` in elements of `type`.
  init(_ type: ElementType, shape: [Int], bytes: ArraySlice<UInt8>) {
    switch type {
    case .float32: self = .float32(HostArray(shape: shape, elements: elements(bytes)))
    case .float64: self = .float64(HostArray(shape: shape, elements: elements(bytes)))
    case .int32: self = .int32(HostArray(shape: shape, elements: elements(bytes)))
    case .int64: self = .int64(HostArray(shape: shape, elements: elements(bytes)))
    case .uint8: self = .uint8(HostArray(shape: shape, elements: Array(bytes)))
    }
  }

  /// Appends the elements in row-major order, little-endian.
  func append(to bytes: inout [UInt8]) {
    switch self {
    case .float32(let array): array.elements.withUnsafeBytes { bytes.append(contentsOf: $0) }
    case .float64(let array): array.elements.withUnsafeBytes { bytes.append(contentsOf: $0) }
    case .int32(let array): array.elements.withUnsafeBytes { bytes.append(contentsOf: $0) }
    case .int64(let array): array.elements.withUnsafeBytes { bytes.append(contentsOf: $0) }
    case .uint8(let array): bytes.append(contentsOf: array.elements)
    }
  }

  /// The size in bytes of an array of `shape`; nil when an extent is negative or the product overflows.
  static func byteCount(_ type: ElementType, shape: [Int]) -> Int? {
    if shape.contains(where: { $0 < 0 }) { return nil }
    var count = type.byteCount
    for extent in shape {
      // An empty axis counts as one here, so that no partial product of the shape can overflow.
      let (product, overflow) = count.multipliedReportingOverflow(by: max(extent, 1))
      if overflow { return nil }
      count = product
    }
    return shape.contains(0) ? 0 : count
  }
}

/// The elements whose bytes these are; works at any alignment.
private func elements<Element: BitwiseCopyable>(_ bytes: ArraySlice<UInt8>) -> [Element] {
  let count = bytes.count / MemoryLayout<Element>.stride
  return [Element](unsafeUninitializedCapacity: count) { buffer, initialized in
    bytes.withUnsafeBytes { source in
      UnsafeMutableRawBufferPointer(buffer).copyMemory(
        from: UnsafeRawBufferPointer(rebasing: source[..<(count * MemoryLayout<Element>.stride)]))
    }
    initialized = count
  }
}
