import Foundation
import Records

/// The experiments of the folder Experiments.
enum ExperimentFolder {
  /// An experiment by its name.
  struct Entry {
    let name: String
    let options: ExperimentOptions
    /// What its file asks, or what is wrong with it.
    let plan: Result<Plan, any Error>
  }

  /// All experiments, sorted by name, read as they would be with records in `store`.
  static func entries(store: String = "results") throws -> [Entry] {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: "Experiments")) ?? []
    return try files.filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted().map {
      let options = try ExperimentOptions.of($0, store: store)
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
