import Testing

@testable import Datasets

/// The labels 3, 1, 4, 1 as an IDX file, compressed by Python's gzip and lzma modules.
private let compressed: [(Compression, [UInt8])] = [
  (
    .gzip,
    [
      31, 139, 8, 0, 0, 0, 0, 0, 2, 255, 99, 96, 224, 96, 100, 96, 96, 96, 97, 102, 100, 97, 4, 0,
      83, 4, 229, 138, 12, 0, 0, 0,
    ]
  ),
  (
    .xz,
    [
      253, 55, 122, 88, 90, 0, 0, 4, 230, 214, 180, 70, 2, 0, 33, 1, 12, 0, 0, 0, 143, 152, 65,
      156, 1, 0, 11, 0, 0, 8, 1, 0, 0, 0, 4, 3, 1, 4, 1, 0, 45, 83, 100, 57, 94, 165, 116, 106, 0,
      1, 36, 12, 166, 24, 216, 216, 31, 182, 243, 125, 1, 0, 0, 0, 0, 4, 89, 90,
    ]
  ),
]

@Suite struct CompressionTests {
  @Test func decompresses() throws {
    for (compression, bytes) in compressed {
      #expect(Compression(of: bytes) == compression)
      #expect(try compression.decompress(bytes) == idx([4], [3, 1, 4, 1]))
    }
    #expect(Compression(of: idx([4], [3, 1, 4, 1])) == nil)
    #expect(Compression(of: []) == nil)
  }

  @Test func refusesEveryTruncationAndDamage() {
    for (compression, bytes) in compressed {
      for count in bytes.indices {
        let error = #expect(throws: CompressionFault.self, "\(compression), \(count) bytes") {
          try compression.decompress(Array(bytes[..<count]))
        }
        if count > 20 {
          #expect(error?.reason(compression).hasPrefix("truncated: its \(compression)") == true)
        }
      }
      // Of gzip's first ten bytes some are a time and an operating system.
      for position in 10..<bytes.count {
        var damaged = bytes
        damaged[position] ^= 1
        #expect(throws: CompressionFault.self, "\(compression), byte \(position)") {
          try compression.decompress(damaged)
        }
      }
      let error = #expect(throws: CompressionFault.self) {
        try compression.decompress(bytes + [0])
      }
      #expect(error?.reason(compression).hasPrefix("bytes follow the end") == true)
    }
  }

  @Test func stopsAtTheLimit() throws {
    for (compression, bytes) in compressed {
      #expect(try compression.decompress(bytes, limit: 12).count == 12)
      let error = #expect(throws: CompressionFault.self) {
        try compression.decompress(bytes, limit: 11)
      }
      #expect(error?.reason(compression) == "decompresses to more than 0 MiB")
    }
  }
}
