import Crypto

/// The list of a record's files with their sums, in the format of `sha256sum`, which can check it
/// too:
///
///     # run 0a1b…            what the record is
///     <sha256>  <name>       one line per file, sorted by name
///     # end <sha256>         the sum of all lines above, so that a line that was lost is noticed
struct Manifest {
  /// The name of the file that holds the list.
  static let fileName = "MANIFEST"
  /// The name of the file that holds the list of the files that are not part of the result.
  static let unsignedFileName = "MANIFEST.unsigned"

  /// What the record is, for example `run 0a1b…`.
  let title: String
  /// The names of the files, sorted, and their sums.
  let sums: [(name: String, sum: String)]

  /// Collects the sums of files in any order.
  init(title: String, sums: [(name: String, sum: String)]) {
    self.title = title
    self.sums = sums.sorted { $0.name < $1.name }
  }

  /// Reads a list; nil when it is not exactly what `text` would write.
  init?(title: String, bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    var sums: [(name: String, sum: String)] = []
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      guard line.utf8.count > 66, line.dropFirst(64).hasPrefix("  ") else { return nil }
      sums.append((String(line.dropFirst(66)), String(line.prefix(64))))
    }
    self.title = title
    self.sums = sums
    guard Array(self.text.utf8) == bytes else { return nil }
  }

  /// The list as it stands in the file.
  var text: String {
    let lines = (["# \(title)"] + sums.map { "\($0.sum)  \($0.name)" }).map { $0 + "\n" }.joined()
    return lines + "# end \(SHA256.hexadecimal(of: Array(lines.utf8)))\n"
  }

  /// Whether `bytes` are those of the file called `name`.
  func matches(_ name: String, _ bytes: [UInt8]) -> Bool {
    let sum = SHA256.hexadecimal(of: bytes)
    return sums.contains { $0.name == name && $0.sum == sum }
  }
}
