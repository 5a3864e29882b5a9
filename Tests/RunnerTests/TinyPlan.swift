import Catalog
import Datasets
import Engine
import Foundation
import Records

@testable import Runner

/// Experiments whose runs take milliseconds.
enum TinyPlan {
  /// Settings that all have in common.
  static let fixed = """
    data: ring8, generator: {hidden: [8]}, critic: {hidden: [8]}, train: {steps: 30, batch: 16}, \
    evaluate: {points: 5, samples: 64, reference: 128}
    """

  /// A plan with one axis, `arm`, whose values are named maps of settings.
  ///
  /// - Parameters:
  ///   - arms: names and settings in YAML's flow style.
  ///   - metrics: the metrics in the same style.
  ///   - set: changes as `--set` makes them.
  static func make(
    _ arms: [(name: String, settings: String)], seeds: String = "1",
    metrics: String = "frechet: {goal: min, primary: true}", set: [String] = []
  ) throws -> Plan {
    let lines =
      [
        "question: Is it so?", "fixed: {\(fixed)}", "seeds: \(seeds)", "metrics: {\(metrics)}",
        "axes:", "  arm:",
      ] + arms.map { "    \($0.name): {\($0.settings)}" }
    return try Plan(
      SourceFile(name: "tiny.yaml", text: lines.joined(separator: "\n") + "\n"),
      schema: RunSchema.experiment, overrides: Overrides(set: set))
  }

  /// A complete configuration.
  static func configuration(_ settings: String, set: [String] = []) throws -> RunConfiguration {
    RunConfiguration(try make([("only", settings)], set: set).arms[0].configuration)
  }
}

/// The instruction sets of this machine.
let availableKernels: [Kernels] = Kernels.allNames.compactMap { Kernels(named: $0) }

extension RunConfiguration {
  /// The data set of the configuration, which must be a drawn one.
  func dataset() throws -> Dataset {
    let (entry, arguments) = Datasets.table.selection(data)
    return try entry.body(arguments, nil)
  }

  /// A trainer at step 0.
  func trainer(seed: Int = 0, _ executor: Executor = .fast(.best)) throws -> Trainer {
    try Trainer(self, seed: seed, dataset: try dataset(), executor: executor)
  }
}

/// A folder that is removed when the test ends.
final class TemporaryFolder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/runner-tests-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// What differs from one making of a record to the next.
  private static let unsigned = ["/provenance.json", "/MANIFEST.unsigned"]

  /// The files of results below a folder with their contents.
  func contents(_ name: String) throws -> [String: [UInt8]] {
    let root = "\(path)/\(name)"
    var result: [String: [UInt8]] = [:]
    for file in try FileManager.default.subpathsOfDirectory(atPath: root) {
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: "\(root)/\(file)", isDirectory: &isFolder)
      if isFolder.boolValue || Self.unsigned.contains(where: file.hasSuffix) { continue }
      result[file] = Array(try Data(contentsOf: URL(fileURLWithPath: "\(root)/\(file)")))
    }
    return result
  }
}
