import Foundation
import Reporting
import Testing

/// Files that a test's output is compared with; one that is missing is recorded, and the test fails
/// once.
enum Golden {
  private static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Golden")

  /// Compares a file with the golden one of the same path below `name`.
  static func check(_ file: ReportFile, in name: String) throws {
    let url = folder.appendingPathComponent(name).appendingPathComponent(file.path)
    guard let expected = try? Data(contentsOf: url) else {
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(file.bytes).write(to: url)
      Issue.record("golden \(name)/\(file.path) was missing and is recorded now: read it")
      return
    }
    if Array(expected) == file.bytes { return }
    let (old, new) = (lines(Array(expected)), lines(file.bytes))
    let index = zip(old, new).enumerated().first { $0.element.0 != $0.element.1 }?.offset
    let place = index ?? min(old.count, new.count)
    Issue.record(
      """
      \(name)/\(file.path) differs from its golden at line \(place + 1) (\(old.count) lines, now \(new.count)):
      - \(place < old.count ? old[place] : "(end)")
      + \(place < new.count ? new[place] : "(end)")
      If the change is meant, delete the file, run again, and read what is recorded.
      """)
  }

  /// The paths below `name`, sorted.
  static func paths(in name: String) -> [String] {
    let root = folder.appendingPathComponent(name)
    let all = FileManager.default.enumerator(atPath: root.path)?.allObjects as? [String] ?? []
    return all.filter { $0.contains(".") }.sorted()
  }

  private static func lines(_ bytes: [UInt8]) -> [String] {
    String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
      .map(String.init)
  }
}
