import Foundation
import Records

/// The experiments of the folder Experiments.
enum ExperimentFolder {
  /// The folder.
  static let path = "Experiments"

  /// An experiment by its name.
  struct Entry {
    let name: String
    let options: ExperimentOptions
    /// What its file asks, or what is wrong with it.
    let plan: Result<Plan, any Error>
  }

  /// The names of all experiments, sorted; none where there is no such folder. Hidden files are none: editors and
  /// systems leave them.
  ///
  /// - Throws: `RecordsError.inputOutput` when the system refuses to list the folder.
  static func names() throws -> [String] {
    try FileSystem.names(in: path).filter { $0.hasSuffix(".yaml") && !$0.hasPrefix(".") }
      .map { String($0.dropLast(5)) }
  }

  /// All experiments, sorted by name, read as they would be with records in `store`.
  static func entries(store: String = StoreOption.standard) throws -> [Entry] {
    try names().map {
      let options = try ExperimentOptions.of($0, in: store)
      return Entry(name: $0, options: options, plan: Result { try options.plan() })
    }
  }
}

extension ExperimentFolder.Entry {
  /// The plan; nil where the file is broken.
  var validPlan: Plan? { try? plan.get() }

  /// What is wrong with the file, in a line; nil where nothing is.
  var fault: String? {
    guard case .failure(let error) = plan else { return nil }
    let lines = "\(error)".split(separator: "\n")
    let more = lines.count > 1 ? " (and \(lines.count - 1) more)" : ""
    return (lines.first.map(String.init) ?? "cannot be read") + more
  }
}
