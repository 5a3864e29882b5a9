import Testing

@testable import Datasets

@Suite struct TarArchiveTests {
  private func refusal(_ bytes: [UInt8]) -> String? {
    do {
      _ = try TarArchive(bytes, path: "a.tar")
      return nil
    } catch {
      return error.description
    }
  }

  @Test func givesTheContentsOfRegularFiles() throws {
    let long = [UInt8](repeating: 7, count: 1500)
    let bytes =
      tarMember("f/", type: "5") + tarMember("f/a", [1, 2, 3]) + tarMember("f/b", long)
      + tarMember("f/empty", []) + [UInt8](repeating: 0, count: 1024)
    let archive = try TarArchive(bytes, path: "a.tar")
    #expect(archive.content(of: "f/a") == [1, 2, 3])
    #expect(archive.content(of: "f/b") == long)
    #expect(archive.content(of: "f/empty") == [])
    #expect(archive.content(of: "f/c") == nil)
    #expect(archive.content(of: "f/") == nil)
  }

  @Test func passesOverLinksAndForeignPaths() throws {
    let bytes =
      tarMember("f/a", type: "2", link: "/etc/passwd") + tarMember("f/b", type: "1", link: "f/c")
      + tarMember("../f/c", [1]) + tarMember("/f/c", [2]) + tarMember("f/c", [3])
    let archive = try TarArchive(bytes, path: "a.tar")
    #expect(archive.content(of: "f/a") == nil)
    #expect(archive.content(of: "f/b") == nil)
    #expect(archive.content(of: "f/c") == [3])
  }

  @Test func refusesTruncationAndDamage() {
    let bytes = tarMember("f/a", [UInt8](repeating: 5, count: 600))
    #expect(refusal(bytes) == nil)
    for count in [1, 511, 512, 1000, 1111] {
      #expect(refusal(Array(bytes[..<count])) == "a.tar: truncated: its tar content ends early")
    }
    for position in [0, 100, 124, 130, 148, 150, 156, 300, 511] {
      var damaged = bytes
      damaged[position] ^= 1
      #expect(refusal(damaged) == "a.tar: corrupt: no tar header at byte 0", "byte \(position)")
    }
  }

  @Test func refusesSizesThatAreNone() {
    // The binary form of large sizes, a negative one, one beyond all numbers.
    for size in ["\u{7f}0000000001", "-0000000001", "77777777777", "77777777777 7"] {
      #expect(refusal(tarMember("f/a", size: size)) != nil, "\(size)")
    }
  }
}

/// A header of the ustar format and the blocks of a content.
func tarMember(
  _ name: String, _ content: [UInt8] = [], type: Character = "0", link: String = "",
  size: String? = nil
) -> [UInt8] {
  var header = [UInt8](repeating: 0, count: 512)
  func put(_ text: String, _ offset: Int) {
    for (index, byte) in text.utf8.enumerated() { header[offset + index] = byte }
  }
  func octal(_ number: Int, _ count: Int) -> String {
    let digits = String(number, radix: 8)
    return String(repeating: "0", count: count - digits.count) + digits
  }
  put(name, 0)
  put(size ?? octal(content.count, 11), 124)
  put(String(repeating: " ", count: 8), 148)
  put(String(type), 156)
  put(link, 157)
  put("ustar", 257)
  put(octal(header.reduce(0) { $0 + Int($1) }, 6) + "\0 ", 148)
  let padding = (512 - content.count % 512) % 512
  return header + content + [UInt8](repeating: 0, count: padding)
}
