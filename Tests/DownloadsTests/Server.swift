import Foundation
import Testing

/// A server on loopback, and the folder that it gives files of; both end with the value.
final class Server {
  /// The folder.
  let path = NSTemporaryDirectory() + "saddle-server-\(UUID().uuidString)"
  private let process = Process()
  private let port: String

  /// Whether the server's interpreter and the downloader's program are there.
  static let isPossible = ["python3", "curl"].allSatisfy { program in
    let search = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    return search.split(separator: ":")
      .contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(program)") }
  }

  /// Starts the server; see Server/serve.py for its faults.
  init(_ faults: [String]) throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "\(script)/Server/serve.py", path] + faults
    process.standardOutput = output
    try process.run()
    let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
    port = line.trimmingCharacters(in: .whitespacesAndNewlines)
    try #require(Int(port) != nil, "the server said '\(line)'")
  }

  deinit {
    // Processes that tests start may have SIGTERM blocked, as the threads of tests have.
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    try? FileManager.default.removeItem(atPath: path)
  }

  /// The address of the folder, or of something in it.
  func address(_ name: String = "") -> String { "http://127.0.0.1:\(port)/\(name)" }

  /// The requests so far: path and range.
  var requests: [String] {
    let text = try? String(contentsOfFile: path + "/requests", encoding: .utf8)
    return text.map { $0.split(separator: "\n").map(String.init) } ?? []
  }

  /// Puts a file into the folder.
  func write(_ bytes: [UInt8], _ name: String) throws {
    let url = URL(fileURLWithPath: "\(path)/\(name)")
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
  }
}
