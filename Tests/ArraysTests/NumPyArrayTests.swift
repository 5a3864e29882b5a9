import Arrays
import Foundation
import Testing

/// A file as numpy.save writes it: version 1.0, a header of 118 bytes.
private func npy(_ dictionary: String, _ body: [UInt8]) -> [UInt8] {
  let padding = String(repeating: " ", count: 117 - dictionary.utf8.count)
  return [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array((dictionary + padding + "\n").utf8)
    + body
}

private func refusal(_ bytes: [UInt8]) -> String? {
  do {
    _ = try NumPyArray.decode(bytes, file: "x.npy")
    return nil
  } catch {
    return error.description
  }
}

/// Arrays and the bytes that numpy.save 2.4 gives for them, among others
/// `np.array([[1, -2, .5], [3, 4, np.inf]], '<f4')` and `np.array([-1, 2**40])`.
private let known: [(array: TypedArray, bytes: [UInt8])] = [
  (
    .float32(HostArray(shape: [2, 3], elements: [1, -2, 0.5, 3, 4, .infinity])),
    npy(
      "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }",
      [
        0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0, 0, 0, 0, 0x3f,
        0, 0, 0x40, 0x40, 0, 0, 0x80, 0x40, 0, 0, 0x80, 0x7f,
      ])
  ),
  (
    .float64(HostArray(shape: [], elements: [2.5])),
    npy("{'descr': '<f8', 'fortran_order': False, 'shape': (), }", [0, 0, 0, 0, 0, 0, 4, 0x40])
  ),
  (
    .int64(HostArray(shape: [2], elements: [-1, 1 << 40])),
    npy(
      "{'descr': '<i8', 'fortran_order': False, 'shape': (2,), }",
      [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0, 1, 0, 0])
  ),
  (
    .int32(HostArray(shape: [2, 1], elements: [1, 2])),
    npy(
      "{'descr': '<i4', 'fortran_order': False, 'shape': (2, 1), }", [1, 0, 0, 0, 2, 0, 0, 0])
  ),
  (
    .uint8(HostArray(shape: [5], elements: [0, 1, 2, 3, 4])),
    npy("{'descr': '|u1', 'fortran_order': False, 'shape': (5,), }", [0, 1, 2, 3, 4])
  ),
  (
    .float32(HostArray(shape: [0, 3], elements: [])),
    npy("{'descr': '<f4', 'fortran_order': False, 'shape': (0, 3), }", [])
  ),
]

@Suite struct NumPyArrayTests {
  @Test func readsAndWritesTheBytesOfNumPy() throws {
    for (array, bytes) in known {
      #expect(try NumPyArray.decode(bytes, file: "x") == array)
      #expect(NumPyArray.encode(array) == bytes)
    }
  }

  @Test func readsVersionTwoAndOtherSpellings() throws {
    let dictionary = "{\"shape\": (2,), 'fortran_order':False,\n 'descr': '<u1'}\n"
    let length = UInt8(dictionary.utf8.count)
    let bytes =
      [0x93] + Array("NUMPY".utf8) + [2, 0, length, 0, 0, 0] + Array(dictionary.utf8) + [8, 9]
    #expect(
      try NumPyArray.decode(bytes, file: "x") == .uint8(HostArray(shape: [2], elements: [8, 9])))
  }

  @Test func writesVersionTwoForALongHeader() throws {
    let array = TypedArray.uint8(
      HostArray(shape: [Int](repeating: 1, count: 30_000), elements: [5]))
    let bytes = NumPyArray.encode(array)
    #expect(bytes[6] == 2)
    #expect((bytes.count - 1) % 64 == 0)
    #expect(try NumPyArray.decode(bytes, file: "x") == array)
  }

  @Test func refusesEveryTruncationAndExtension() {
    for (array, bytes) in known {
      for count in bytes.indices {
        #expect(refusal(Array(bytes[..<count])) != nil, "\(array.shape): \(count) bytes")
      }
      #expect(refusal(bytes + [0])?.contains("truncated or damaged") == true)
    }
  }

  @Test(arguments: [
    ("{'descr': '<f4', 'fortran_order': True, 'shape': (2, 2), }", "numpy.ascontiguousarray"),
    ("{'descr': '>f4', 'fortran_order': False, 'shape': (4,), }", "type '>f4'"),
    ("{'descr': '<f2', 'fortran_order': False, 'shape': (8,), }", "type '<f2'"),
    ("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (4,), }", "malformed"),
    ("{'descr': '<f4', 'fortran_order': False, 'shape': (-4,), }", "malformed"),
    ("{'descr': '<f4', 'fortran_order': False, 'shape': (4 4), }", "malformed"),
    ("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,), }", "malformed"),
    ("{'descr': '<f4', 'fortran_order': False, 'shape': (4294967296, 4294967296)}", "do not make"),
    (
      "{'descr': '<f4', 'fortran_order': False, 'shape': (4294967296, 4294967296, 0)}",
      "do not make"
    ),
    ("{'descr': '<f4', 'fortran_order': False, 'shape': (5,), }", "do not make"),
    ("{'descr': '<f4', 'fortran_order': False, }", "malformed"),
    ("{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (4,), }", "malformed"),
    ("{'descr': '<f4', 'fortran_order': False, 'shape': (4,), 'more': 1}", "malformed"),
    ("{'descr': '<f4', 'fortran_order': False, 'shape': (4,), } x", "malformed"),
    ("{'descr': '<f4', 'fortran_order': 0, 'shape': (4,), }", "malformed"),
    ("{'descr: }", "malformed"),
    ("", "malformed"),
  ])
  func refusesAMalformedHeader(_ dictionary: String, _ message: String) {
    let reason = refusal(npy(dictionary, [UInt8](repeating: 0, count: 16)))
    #expect(reason?.contains(message) == true, "\(reason ?? "accepted")")
    #expect(reason?.hasPrefix("x.npy: ") == true)
  }

  @Test func refusesOtherVersionsAndFiles() {
    var bytes = known[0].bytes
    bytes[6] = 3
    #expect(refusal(bytes)?.contains("version 3.0") == true)
    bytes[0] = 0x92
    #expect(refusal(bytes)?.contains("not a .npy file") == true)
  }

  @Test func writesAndReadsFiles() throws {
    let path = NSTemporaryDirectory() + "saddle-\(UUID().uuidString).npy"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try NumPyArray.write(known[0].array, to: path)
    #expect(try NumPyArray.read(contentsOf: path) == known[0].array)
    let error = #expect(throws: ArrayFileError.self) {
      try NumPyArray.read(contentsOf: path + ".none")
    }
    #expect(error?.file == path + ".none")
    #expect(throws: ArrayFileError.self) {
      try NumPyArray.write(known[0].array, to: path + "/below/a/file.npy")
    }
  }

  @Test func convertsElements() {
    let bytes = TypedArray.uint8(HostArray(shape: [1, 2], elements: [0, 255]))
    #expect(bytes.doubles == HostArray(shape: [1, 2], elements: [0, 255]))
    let doubles = TypedArray.float64(HostArray(shape: [2], elements: [0.1, -3]))
    #expect(doubles.floats == HostArray(shape: [2], elements: [Float(0.1), -3]))
    #expect(doubles.doubles == HostArray(shape: [2], elements: [0.1, -3]))
    #expect(TypedArray.int32(HostArray(shape: [1], elements: [-7])).doubles.elements == [-7])
  }
}
