import Foundation

extension Safetensors {
  /// Reads a file; throws when it is missing, malformed, or holds element types other than F32, F64, I32, I64
  /// and U8.
  public init(contentsOf path: String) throws(ArrayFileError) {
    try self.init(decoding: try readFile(path), file: path)
  }

  /// Reads a file's bytes; `file` names it in errors.
  public init(decoding bytes: [UInt8], file: String) throws(ArrayFileError) {
    let (header, body) = try Self.split(bytes, file: file)
    let members: [String: HeaderMember]
    do {
      members = try JSONDecoder().decode([String: HeaderMember].self, from: Data(header))
    } catch {
      throw ArrayFileError(
        file: file, reason: "not a safetensors file: \(Self.explanation(of: error))")
    }

    var metadata: [String: String] = [:]
    var places: [Place] = []
    for (name, member) in members.sorted(by: { $0.key < $1.key }) {
      switch member {
      case .metadata(let texts) where name == Self.metadataKey: metadata = texts
      case .array(let description) where name != Self.metadataKey:
        places.append(try Place(name, description, file: file))
      default:
        throw ArrayFileError(file: file, reason: "the header's member '\(name)' is malformed")
      }
    }
    places.sort { $0.begin != $1.begin ? $0.begin < $1.begin : $0.sortsBefore($1) }
    try Self.checkCoverage(places, bodyCount: body.count, file: file)
    let entries = places.map { place in
      let slice = body[(body.startIndex + place.begin)..<(body.startIndex + place.end)]
      return Entry(place.name, TypedArray(place.type, shape: place.shape, bytes: slice))
    }
    self.init(entries, metadata: metadata)
  }

  /// The header's JSON and the bytes behind it.
  private static func split(
    _ bytes: [UInt8], file: String
  ) throws(ArrayFileError) -> (header: ArraySlice<UInt8>, body: ArraySlice<UInt8>) {
    guard bytes.count >= 8 else {
      throw ArrayFileError(
        file: file, reason: "not a safetensors file: \(bytes.count) bytes are too few")
    }
    let length = bytes[..<8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard length <= UInt64(bytes.count - 8) else {
      throw ArrayFileError(
        file: file,
        reason: "truncated, or not a safetensors file: its header should be \(length) bytes, "
          + "\(bytes.count - 8) follow")
    }
    let end = 8 + Int(length)
    return (bytes[8..<end], bytes[end...])
  }

  /// Checks that the arrays, sorted by place, fill the body without gap or overlap.
  private static func checkCoverage(
    _ places: [Place], bodyCount: Int, file: String
  ) throws(ArrayFileError) {
    var end = 0
    for place in places {
      guard place.begin == end else {
        let what = place.begin < end ? "overlaps the array before it" : "leaves a gap before it"
        throw ArrayFileError(
          file: file, reason: "the array '\(place.name)' at byte \(place.begin) \(what)")
      }
      end = place.end
    }
    guard end == bodyCount else {
      throw ArrayFileError(
        file: file,
        reason: "truncated, or not a safetensors file: its arrays should be \(end) bytes, "
          + "\(bodyCount) follow the header")
    }
  }

  private static func explanation(of error: any Error) -> String {
    guard let error = error as? DecodingError else { return "its header is malformed" }
    return switch error {
    case .typeMismatch(_, let context), .valueNotFound(_, let context),
      .keyNotFound(_, let context):
      "the header's member '\(context.codingPath.first?.stringValue ?? "")' is malformed"
    default: "its header is malformed"
    }
  }
}

/// One member of the header: an array's description or the metadata.
private enum HeaderMember: Decodable {
  struct Description: Decodable {
    let dtype: String
    let shape: [Int]
    let data_offsets: [Int]
  }

  case array(Description)
  case metadata([String: String])

  init(from decoder: any Decoder) throws {
    if decoder.codingPath.first?.stringValue == Safetensors.metadataKey {
      self = .metadata(try [String: String](from: decoder))
    } else {
      self = .array(try Description(from: decoder))
    }
  }
}

/// A checked description of an array: its size agrees with its type and shape.
private struct Place {
  let name: String
  let type: ElementType
  let shape: [Int]
  let begin: Int
  let end: Int

  init(
    _ name: String, _ description: HeaderMember.Description, file: String
  ) throws(ArrayFileError) {
    guard let type = ElementType.allCases.first(where: { $0.safetensorsName == description.dtype })
    else {
      let known = ElementType.allCases.map(\.safetensorsName).joined(separator: ", ")
      throw ArrayFileError(
        file: file,
        reason: "the array '\(name)' has elements of type '\(description.dtype)'; "
          + "only \(known) can be read")
    }
    let offsets = description.data_offsets
    guard offsets.count == 2, offsets[0] >= 0, offsets[0] <= offsets[1] else {
      throw ArrayFileError(file: file, reason: "the array '\(name)' has no valid data_offsets")
    }
    guard TypedArray.byteCount(type, shape: description.shape) == offsets[1] - offsets[0] else {
      throw ArrayFileError(
        file: file,
        reason: "the array '\(name)' of shape \(description.shape) and type \(description.dtype) "
          + "does not fill its \(offsets[1] - offsets[0]) bytes")
    }
    self.name = name
    self.type = type
    shape = description.shape
    begin = offsets[0]
    end = offsets[1]
  }

  /// The order of arrays that begin at one byte: empty ones first, then by name.
  func sortsBefore(_ other: Place) -> Bool {
    end != other.end ? end < other.end : name.utf8.lexicographicallyPrecedes(other.name.utf8)
  }
}
