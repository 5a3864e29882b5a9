import Foundation
import Reporting

extension Report {
  /// The text of a file; empty when there is none of this path.
  func text(_ path: String) -> String {
    files.first { $0.path == path }.map { String(decoding: $0.bytes, as: UTF8.self) } ?? ""
  }

  /// The page.
  var page: String { text("README.md") }

  /// The cells of the first table row of the page that begins with `first`, after the heading or
  /// line `after`.
  func row(_ first: String, after: String = "") -> [String] {
    var lines = page.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if !after.isEmpty, let index = lines.firstIndex(where: { $0.hasPrefix(after) }) {
      lines = Array(lines[index...])
    }
    let line = lines.first { $0.hasPrefix("| \(first) |") } ?? ""
    return line.split(separator: "|").map { $0.split(separator: " ").joined(separator: " ") }
  }

  /// Writes the report into a folder below the one that the environment's REPORT_OUT names, to be
  /// looked at.
  func keep(_ name: String) throws {
    guard let out = ProcessInfo.processInfo.environment["REPORT_OUT"] else { return }
    for file in files {
      let url = URL(fileURLWithPath: out).appendingPathComponent(name)
        .appendingPathComponent(file.path)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(file.bytes).write(to: url)
    }
  }
}
