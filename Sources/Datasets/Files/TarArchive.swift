/// The regular files of a tar archive (POSIX ustar and its forerunner), held in memory: nothing is written anywhere, so
/// that neither names with `..` nor links can do harm.
struct TarArchive {
  private static let blockCount = 512
  private let bytes: [UInt8]
  private let members: [(name: String, range: Range<Int>)]

  /// Reads the headers; `path` names the archive in errors.
  ///
  /// Throws when a header's sum is wrong, a size is no octal number, or a member reaches beyond the end.
  init(_ bytes: [UInt8], path: String) throws(DatasetError) {
    var members: [(name: String, range: Range<Int>)] = []
    var position = 0
    while position < bytes.count {
      guard position + Self.blockCount <= bytes.count else { throw Self.truncated(path) }
      let header = bytes[position..<(position + Self.blockCount)]
      if header.allSatisfy({ $0 == 0 }) { break }
      guard let entry = Entry(header) else {
        throw .malformed(path: path, reason: "corrupt: no tar header at byte \(position)")
      }
      let start = position + Self.blockCount
      guard entry.byteCount <= bytes.count - start else { throw Self.truncated(path) }
      if entry.isRegular { members.append((entry.name, start..<(start + entry.byteCount))) }
      let blocks = (entry.byteCount + Self.blockCount - 1) / Self.blockCount
      position = start + blocks * Self.blockCount
    }
    self.bytes = bytes
    self.members = members
  }

  /// The content of the member of this name; nil when there is none. The last of several is meant, as when unpacking.
  func content(of name: String) -> [UInt8]? {
    members.last { $0.name == name }.map { Array(bytes[$0.range]) }
  }

  private static func truncated(_ path: String) -> DatasetError {
    .malformed(path: path, reason: "truncated: its tar content ends early")
  }

  /// What a header says of the member that follows it.
  private struct Entry {
    let name: String
    let byteCount: Int
    let isRegular: Bool

    /// Reads a block; nil when its sum is not that of its bytes or a number is malformed.
    init?(_ block: ArraySlice<UInt8>) {
      func field(_ offset: Int, _ count: Int) -> ArraySlice<UInt8> {
        block[(block.startIndex + offset)..<(block.startIndex + offset + count)]
      }
      let sumField = field(148, 8)
      let blanks = sumField.count * Int(UInt8(ascii: " "))
      let sum = block.reduce(0) { $0 + Int($1) } - sumField.reduce(0) { $0 + Int($1) } + blanks
      guard Self.octal(sumField) == sum, let size = Self.octal(field(124, 12)) else { return nil }
      let isPOSIX = field(257, 5).elementsEqual("ustar".utf8)
      let prefix = isPOSIX ? Self.text(field(345, 155)) : ""
      name = (prefix.isEmpty ? "" : prefix + "/") + Self.text(field(0, 100))
      byteCount = size
      let type = field(156, 1).first
      isRegular = type == UInt8(ascii: "0") || type == 0
    }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String {
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }

    /// An octal number that ends with a blank or zero byte.
    private static func octal(_ bytes: ArraySlice<UInt8>) -> Int? {
      let digits = text(bytes).split(separator: " ")
      return digits.count == 1 ? Int(digits[0], radix: 8).flatMap { $0 >= 0 ? $0 : nil } : nil
    }
  }
}
