import Arrays
import Foundation
import Testing

/// The bytes of a file with this header, padded to eight bytes when asked for.
private func file(_ header: String, body: [UInt8] = []) -> [UInt8] {
  let text = Array(header.utf8)
  let length = (0..<8).map { UInt8(truncatingIfNeeded: UInt64(text.count) >> (8 * $0)) }
  return length + text + body
}

private func refusal(_ bytes: [UInt8]) -> String? {
  do {
    _ = try Safetensors(decoding: bytes, file: "x.safetensors")
    return nil
  } catch {
    return error.description
  }
}

private let sample = Safetensors(
  [
    .init("flags", .uint8(HostArray(shape: [3], elements: [1, 0, 255]))),
    .init("z", .float32(HostArray(shape: [2, 2], elements: [1, -2, 0.5, .infinity]))),
    .init("a\"π", .float64(HostArray(shape: [], elements: [-0.0]))),
    .init("n", .int64(HostArray(shape: [1], elements: [-2]))),
    .init("m", .int32(HostArray(shape: [2], elements: [7, .min]))),
    .init("empty", .float32(HostArray(shape: [0, 4], elements: []))),
  ], metadata: ["format": "pt", "Z": "line\nbreak"])

@Suite struct SafetensorsTests {
  @Test func encodesToTheseBytes() {
    let header =
      #"{"__metadata__":{"Z":"line\u000abreak","format":"pt"},"#
      + #""a\"π":{"dtype":"F64","shape":[],"data_offsets":[0,8]},"#
      + #""empty":{"dtype":"F32","shape":[0,4],"data_offsets":[16,16]},"#
      + #""flags":{"dtype":"U8","shape":[3],"data_offsets":[40,43]},"#
      + #""m":{"dtype":"I32","shape":[2],"data_offsets":[16,24]},"#
      + #""n":{"dtype":"I64","shape":[1],"data_offsets":[8,16]},"#
      + #""z":{"dtype":"F32","shape":[2,2],"data_offsets":[24,40]}}"#
    let padded = header + String(repeating: " ", count: (8 - header.utf8.count % 8) % 8)
    let body: [UInt8] = [
      0, 0, 0, 0, 0, 0, 0, 0x80,
      0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
      7, 0, 0, 0, 0, 0, 0, 0x80,
      0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0, 0, 0, 0, 0x3f, 0, 0, 0x80, 0x7f,
      1, 0, 255,
    ]
    #expect(sample.encoded() == file(padded, body: body))
  }

  @Test func bytesDoNotDependOnTheOrderOfEntries() {
    let reversed = Safetensors(sample.entries.reversed(), metadata: sample.metadata)
    #expect(reversed.encoded() == sample.encoded())
  }

  @Test func readsBackWhatItWrote() throws {
    let path = NSTemporaryDirectory() + "saddle-\(UUID().uuidString).safetensors"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try sample.write(to: path)
    let read = try Safetensors(contentsOf: path)
    #expect(read.entries.map(\.name) == ["a\"π", "n", "empty", "m", "z", "flags"])
    #expect(read.metadata == sample.metadata)
    for entry in sample.entries { #expect(read[entry.name] == entry.array) }
    #expect(read["none"] == nil)
    #expect(read["a\"π"]?.doubles.elements.first?.sign == .minus)
  }

  /// The layout of Python's writer: metadata first, spaces in other places, arrays in the order of their bytes.
  @Test func readsAnotherWritersFile() throws {
    let header =
      #"{"__metadata__": {"who": "p\u00e9"}, "w.0": {"shape": [1, 2], "dtype": "F32", "#
      + #""data_offsets": [0, 8]}, "b": {"dtype": "U8", "shape": [], "data_offsets": [8, 9]}}   "#
    let read = try Safetensors(
      decoding: file(header, body: [0, 0, 0x80, 0x3f, 0, 0, 0, 0x40, 9]), file: "x")
    #expect(read.metadata == ["who": "pé"])
    #expect(
      read.entries == [
        .init("w.0", .float32(HostArray(shape: [1, 2], elements: [1, 2]))),
        .init("b", .uint8(HostArray(shape: [], elements: [9]))),
      ])
  }

  @Test func readsAFileOfNothing() throws {
    #expect(try Safetensors(decoding: file("{}"), file: "x") == Safetensors([]))
  }

  @Test func refusesEveryTruncationAndExtension() {
    let bytes = sample.encoded()
    for count in bytes.indices {
      #expect(refusal(Array(bytes[..<count])) != nil, "\(count) of \(bytes.count) bytes")
    }
    #expect(refusal(bytes + [0])?.contains("follow the header") == true)
  }

  @Test(arguments: [
    (#"{"a":{"dtype":"F16","shape":[4],"data_offsets":[0,8]}}"#, "only F32, F64, I32, I64, U8"),
    (#"{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}"#, "does not fill its 8 bytes"),
    (#"{"a":{"dtype":"F32","shape":[-2,-1],"data_offsets":[0,8]}}"#, "does not fill"),
    (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}"#, "no valid data_offsets"),
    (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}}"#, "no valid data_offsets"),
    (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8,8]}}"#, "no valid data_offsets"),
    (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#, "leaves a gap"),
    (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#, "should be 4 bytes, 8 follow"),
    (#"{"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}"#, "should be 16 bytes, 8 follow"),
    (
      #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"U8","shape":[4],"data_offsets":[4,8]}}"#,
      "overlaps"
    ),
    (
      #"{"a":{"dtype":"U8","shape":[4294967296,4294967296],"data_offsets":[0,0]}}"#, "does not fill"
    ),
    (
      #"{"a":{"dtype":"U8","shape":[4294967296,4294967296,0],"data_offsets":[0,0]}}"#,
      "does not fill"
    ),
    (#"{"a":{"dtype":"U8","shape":[1e400],"data_offsets":[0,8]}}"#, "malformed"),
    (#"{"a":{"dtype":"U8","shape":[8.5],"data_offsets":[0,8]}}"#, "malformed"),
    (#"{"a":{"shape":[8],"data_offsets":[0,8]}}"#, "'a' is malformed"),
    (#"{"a":[0,8]}"#, "'a' is malformed"),
    (#"{"__metadata__":{"a":1}}"#, "'__metadata__' is malformed"),
    ("[]", "malformed"),
    ("{", "malformed"),
    ("", "malformed"),
  ])
  func refusesAMalformedHeader(_ header: String, _ message: String) {
    let reason = refusal(file(header, body: [UInt8](repeating: 0, count: 8)))
    #expect(reason?.contains(message) == true, "\(reason ?? "accepted")")
    #expect(reason?.hasPrefix("x.safetensors: ") == true)
  }

  @Test func survivesDamagedBytes() {
    let plain = Safetensors(sample.entries)
    let bytes = plain.encoded()
    let headerEnd = bytes.count - 43
    for position in 0..<headerEnd {
      for mask: UInt8 in [1, 0x20, 0x80, 0xff] {
        var damaged = bytes
        damaged[position] ^= mask
        let read = try? Safetensors(decoding: damaged, file: "x")
        #expect(read?.encoded() != bytes, "byte \(position) does not matter")
      }
    }
  }

  @Test func namesTheMissingFile() {
    let error = #expect(throws: ArrayFileError.self) {
      try Safetensors(contentsOf: "/nonexistent/w.safetensors")
    }
    #expect(error?.description.hasPrefix("/nonexistent/w.safetensors: cannot be read") == true)
  }
}
