import Engine
import Foundation
import Records

/// The version of the program.
public let saddleVersion = "0.3.0"

/// How a record was made: kept beside it under a sum of its own, and no part of any comparison.
struct Provenance: Codable {
  /// The name of the file of a record.
  static let fileName = "provenance.json"

  /// What training a run took.
  struct Training {
    /// Seconds of training and measuring, all processes together.
    let seconds: Double
    /// Counted floating-point operations of training.
    let operations: Int
    /// The step at which the last process took the run up; nil where one process did it all.
    let resumedAt: Int?
  }

  /// What the metrics of this machine depend on.
  var fingerprint = Fingerprint.current
  /// The kernels, or the reference executor.
  var executor: String
  /// The threads that shared the run; nil for one.
  var threads: Int?
  var seconds: Double?
  var operations: Int?
  var resumedAt: Int?
  /// The version of Saddle.
  var version = saddleVersion
  /// When the record was made.
  var date = Date()
  /// The commit of the repository in whose folder Saddle was called.
  var commit = GitCommit.current

  /// - Parameter training: nil where nothing was trained.
  init(_ executor: Executor, training: Training? = nil) {
    switch executor {
    case .fast(let kernels):
      self.executor = kernels.name
      if kernels.threads > 1 { threads = kernels.threads }
    case .reference: self.executor = executor.name
    }
    seconds = training?.seconds
    operations = training?.operations
    resumedAt = training?.resumedAt
  }

  /// The file of a record.
  func file() throws -> Store.File {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    encoder.dateEncodingStrategy = .iso8601
    return (Self.fileName, Array(try encoder.encode(self)) + [10])
  }

  /// What a record says of how it was made; nil where it says nothing that can be trusted.
  static func read(_ folder: StoredFolder) -> Provenance? {
    guard folder.isProvenanceIntact else { return nil }
    return folder.unsigned.first { $0.name == fileName }.flatMap { Provenance($0.bytes) }
  }

  /// Reads the file of a record; nil when the bytes are not what such a file holds.
  init?(_ bytes: [UInt8]) {
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .iso8601
    guard let provenance = try? decoder.decode(Provenance.self, from: Data(bytes)) else {
      return nil
    }
    self = provenance
  }

  /// Whether both records were made by equal kernels and as many threads on machines of the same kind.
  func hasConditions(of other: Provenance) -> Bool {
    fingerprint == other.fingerprint && executor == other.executor && threads == other.threads
  }
}

/// The commit that a folder's repository is at, read from its files.
enum GitCommit {
  /// The commit of the current folder's repository; nil outside of one.
  static var current: String? {
    let manager = FileManager.default
    var folder = URL(fileURLWithPath: manager.currentDirectoryPath)
    while !manager.fileExists(atPath: folder.path + "/.git") {
      guard folder.path != "/" else { return nil }
      folder.deleteLastPathComponent()
    }
    return commit(of: folder.path + "/.git")
  }

  private static func commit(of path: String) -> String? {
    guard let head = text("\(path)/HEAD") else { return nil }
    guard head.hasPrefix("ref: ") else { return head }
    let name = head.dropFirst("ref: ".count)
    if let commit = text("\(path)/\(name)") { return commit }
    return text("\(path)/packed-refs")?.split(separator: "\n")
      .first { $0.hasSuffix(" \(name)") }.map { String($0.prefix { $0 != " " }) }
  }

  private static func text(_ path: String) -> String? {
    (try? String(contentsOfFile: path, encoding: .utf8))?
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
