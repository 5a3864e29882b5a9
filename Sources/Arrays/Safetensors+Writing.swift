extension Safetensors {
  /// The file's bytes: a function of the names, arrays and metadata alone, not of the entries' order.
  ///
  /// Arrays are laid out by element size from large to small, then by name, so that each is aligned to its
  /// elements; keys of the header are sorted by their UTF-8 bytes; spaces pad it to a multiple of 8 bytes.
  public func encoded() -> [UInt8] {
    let placed = entries.sorted { first, second in
      let sizes = (first.array.elementType.byteCount, second.array.elementType.byteCount)
      return sizes.0 != sizes.1 ? sizes.0 > sizes.1 : precedes(first.name, second.name)
    }
    var body: [UInt8] = []
    var members: [(key: String, json: String)] = []
    for entry in placed {
      let begin = body.count
      entry.array.append(to: &body)
      members.append((entry.name, Self.json(of: entry.array, begin: begin, end: body.count)))
    }
    if !metadata.isEmpty {
      let texts = metadata.map { (key: $0.key, json: quoted($0.value)) }
      members.append((Self.metadataKey, Self.object(texts)))
    }

    var header = Array(Self.object(members).utf8)
    header += [UInt8](repeating: UInt8(ascii: " "), count: (8 - header.count % 8) % 8)
    let length = UInt64(header.count)
    return (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) } + header + body
  }

  /// Writes the file, replacing an old one in one step; throws when the place cannot be written.
  public func write(to path: String) throws(ArrayFileError) {
    try writeFile(encoded(), to: path)
  }

  private static func json(of array: TypedArray, begin: Int, end: Int) -> String {
    let shape = array.shape.map(String.init).joined(separator: ",")
    return #"{"dtype":"\#(array.elementType.safetensorsName)","shape":[\#(shape)],"#
      + #""data_offsets":[\#(begin),\#(end)]}"#
  }

  private static func object(_ members: [(key: String, json: String)]) -> String {
    let sorted = members.sorted { precedes($0.key, $1.key) }
    return "{" + sorted.map { quoted($0.key) + ":" + $0.json }.joined(separator: ",") + "}"
  }
}

/// Whether the UTF-8 bytes of `first` sort before those of `second`.
private func precedes(_ first: String, _ second: String) -> Bool {
  first.utf8.lexicographicallyPrecedes(second.utf8)
}

/// A JSON string literal.
private func quoted(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    case _ where scalar.value < 0x20:
      let digits = String(scalar.value, radix: 16)
      result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
}
