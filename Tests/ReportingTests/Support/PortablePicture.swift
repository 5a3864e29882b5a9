/// Small grey pictures as PNG files, without any library.
enum PortablePicture {
  /// A tiling of 8 × 8 squares that grow noisier with `noise`.
  static func png(seed: Int, noise: Int) -> [UInt8] {
    let size = 96
    var numbers = SyntheticNumbers(seed, noise)
    var rows: [UInt8] = []
    for y in 0..<size {
      rows.append(0)
      for x in 0..<size {
        let inside = (x % 12 - 6) * (x % 12 - 6) + (y % 12 - 6) * (y % 12 - 6) < 20
        let grey = (inside ? 220 : 20) + Int(Double(noise) * 25 * numbers.normal())
        rows.append(UInt8(max(0, min(255, grey))))
      }
    }
    let header = big(UInt32(size)) + big(UInt32(size)) + [8, 0, 0, 0, 0]
    return [137, 80, 78, 71, 13, 10, 26, 10] + chunk("IHDR", header)
      + chunk("IDAT", stored(rows)) + chunk("IEND", [])
  }

  private static func chunk(_ name: String, _ bytes: [UInt8]) -> [UInt8] {
    let body = Array(name.utf8) + bytes
    return big(UInt32(bytes.count)) + body + big(checksum(body))
  }

  /// A zlib stream of one stored block.
  private static func stored(_ bytes: [UInt8]) -> [UInt8] {
    let length = UInt16(bytes.count)
    var (a, b): (UInt32, UInt32) = (1, 0)
    for byte in bytes {
      a = (a + UInt32(byte)) % 65521
      b = (b + a) % 65521
    }
    let little = [UInt8(length & 255), UInt8(length >> 8)]
    return [0x78, 0x01, 0x01] + little + little.map { ~$0 } + bytes + big(b << 16 | a)
  }

  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var crc: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? (crc >> 1) ^ 0xEDB8_8320 : crc >> 1 }
    }
    return ~crc
  }

  private static func big(_ value: UInt32) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
  }
}
