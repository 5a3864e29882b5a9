import Foundation
import Testing

/// The built command, as it lies beside the tests.
enum Command {
  /// Its path; nil when it has not been built.
  static let path: String? = {
    var folders = [Bundle.main.executablePath, Bundle.main.bundlePath].compactMap { $0 }
    folders += Bundle.allBundles.map(\.bundlePath).filter { $0.hasSuffix(".xctest") }
    return folders.map { URL(fileURLWithPath: $0).deletingLastPathComponent().path + "/saddle" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }()

  /// What a command said and how it ended: its exit status, or minus the signal's number.
  struct Result {
    let status: Int32
    let output: String
    let errors: String
    /// The lines for people.
    var lines: [String] { errors.split(separator: "\n").map(String.init) }
  }
}

extension Tag {
  /// Tests of the whole command.
  @Tag static var command: Self
}

extension Trait where Self == ConditionTrait {
  /// Skips tests of a command that is not there, with a reason.
  static var needsCommand: Self {
    .enabled(if: Command.path != nil, "the command 'saddle' is not built beside the tests")
  }
}

/// A temporary folder in which commands run; it is removed when the test ends.
final class Workspace: Sendable {
  let path: String

  /// - Parameter experiments: texts by name, for `Experiments/<name>.yaml`.
  init(_ experiments: [String: String] = ["tiny": Workspace.tiny]) throws {
    path = FileManager.default.temporaryDirectory.path + "/command-tests-\(UUID().uuidString)"
    try FileManager.default.createDirectory(
      atPath: path + "/Experiments", withIntermediateDirectories: true)
    for (name, text) in experiments { try write(text, to: "Experiments/\(name).yaml") }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Two arms, three seeds, milliseconds.
  static let tiny = """
    question: Does a penalty help?
    fixed:
      data: ring8
      generator: {hidden: [8]}
      critic: {hidden: [8]}
      train: {steps: 40, batch: 16}
      evaluate: {points: 2, samples: 64, reference: 128}
    axes:
      regularizer:
        none: {}
        r1: {penalty: {preset: r1, weight: 0.1}}
    baseline: {regularizer: none}
    seeds: 3
    metrics:
      frechet: {goal: min, primary: true}

    """

  /// Runs the command to its end.
  ///
  /// - Parameters:
  ///   - environment: variables besides PATH and HOME.
  ///   - search: PATH.
  @discardableResult
  func saddle(
    _ arguments: String..., environment: [String: String] = [:], search: String? = nil
  ) async throws -> Command.Result {
    try await saddle(arguments, environment: environment, search: search)
  }

  /// The same with the arguments in an array.
  ///
  /// - Parameters:
  ///   - errors: what standard error goes to, instead of the result.
  ///   - body: watches the process, in a thread of its own.
  @discardableResult
  func saddle(
    _ arguments: [String], environment: [String: String] = [:], search: String? = nil,
    errors: FileHandle? = nil, while body: @escaping @Sendable (pid_t) throws -> Void = { _ in }
  ) async throws -> Command.Result {
    let command = try #require(Command.path)
    return try await onThread { [self] in
      let name = UUID().uuidString
      let process = Process()
      process.executableURL = URL(fileURLWithPath: command)
      process.arguments = arguments
      process.currentDirectoryURL = URL(fileURLWithPath: path)
      process.environment = Self.variables(search).merging(environment) { $1 }
      process.standardInput = FileHandle.nullDevice
      process.standardOutput = try create("\(name).output")
      process.standardError = try errors ?? create("\(name).errors")
      try process.run()
      try? errors?.close()
      let watched = Swift.Result { try body(process.processIdentifier) }
      process.waitUntilExit()
      try watched.get()
      let isKilled = process.terminationReason == .uncaughtSignal
      return Command.Result(
        status: isKilled ? -process.terminationStatus : process.terminationStatus,
        output: try take("\(name).output"),
        errors: errors == nil ? try take("\(name).errors") : "")
    }
  }

  private static func variables(_ search: String?) -> [String: String] {
    let path = search ?? ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    return ["HOME": "/nonexistent", "PATH": path]
  }

  private func create(_ name: String) throws -> FileHandle {
    try write("", to: name)
    return try FileHandle(forWritingTo: URL(fileURLWithPath: "\(path)/\(name)"))
  }

  /// The text of a file, which is removed.
  private func take(_ name: String) throws -> String {
    defer { try? FileManager.default.removeItem(atPath: "\(path)/\(name)") }
    return try text(name)
  }

  // MARK: Files

  func write(_ text: String, to name: String) throws { try write(Array(text.utf8), to: name) }

  func write(_ bytes: [UInt8], to name: String) throws {
    let url = URL(fileURLWithPath: "\(path)/\(name)")
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
  }

  func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)")))
  }

  func text(_ name: String) throws -> String { String(decoding: try bytes(name), as: UTF8.self) }

  func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: "\(path)/\(name)") }

  /// What differs from one making of a record to the next.
  private static let unsigned = ["/provenance.json", "/MANIFEST.unsigned"]

  /// The files below a folder with their contents, those that say how a record was made left out.
  func contents(_ name: String) throws -> [String: [UInt8]] {
    var result: [String: [UInt8]] = [:]
    for file in try FileManager.default.subpathsOfDirectory(atPath: "\(path)/\(name)") {
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: "\(path)/\(name)/\(file)", isDirectory: &isFolder)
      if isFolder.boolValue || Self.unsigned.contains(where: file.hasSuffix) { continue }
      result[file] = try bytes("\(name)/\(file)")
    }
    return result
  }
}

/// Does something that waits on a thread of its own: those of tasks are few, and other tests keep them busy.
func onThread<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value
{
  try await withCheckedThrowingContinuation { continuation in
    Thread.detachNewThread { continuation.resume(with: Swift.Result(catching: body)) }
  }
}
