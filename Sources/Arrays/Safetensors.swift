/// A safetensors file: named arrays and text metadata.
///
/// The layout: the header's length as a 64-bit little-endian integer; the header, JSON that gives each
/// array's type, shape and place; the arrays' bytes without gaps. Source: github.com/huggingface/safetensors.
public struct Safetensors: Equatable, Sendable {
  /// A named array.
  public struct Entry: Equatable, Sendable {
    /// The name, unique in its file and not `__metadata__`.
    public let name: String
    /// The elements.
    public let array: TypedArray

    /// Names an array.
    public init(_ name: String, _ array: TypedArray) {
      self.name = name
      self.array = array
    }
  }

  /// The arrays; after reading, in the order of their bytes in the file.
  public let entries: [Entry]
  /// Text by key, the header's `__metadata__`.
  public let metadata: [String: String]

  private let indices: [String: Int]

  /// Collects arrays, whose names must differ and not be `__metadata__`.
  public init(_ entries: [Entry], metadata: [String: String] = [:]) {
    var indices: [String: Int] = [:]
    for (index, entry) in entries.enumerated() {
      precondition(
        entry.name != Self.metadataKey && indices.updateValue(index, forKey: entry.name) == nil,
        "the name '\(entry.name)' is reserved or used twice")
    }
    self.entries = entries
    self.metadata = metadata
    self.indices = indices
  }

  /// The array called `name`, or nil when there is none.
  public subscript(name: String) -> TypedArray? { indices[name].map { entries[$0].array } }

  /// The key of the header that holds the metadata.
  static let metadataKey = "__metadata__"
}

extension ElementType {
  /// The type's name in a safetensors header, for example `F32`.
  var safetensorsName: String {
    switch self {
    case .float32: "F32"
    case .float64: "F64"
    case .int32: "I32"
    case .int64: "I64"
    case .uint8: "U8"
    }
  }
}
