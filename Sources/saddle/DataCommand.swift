import ArgumentParser
import Datasets
import Foundation

/// What is done with the data sets that come from files: one subcommand per file.
struct DataCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data",
    abstract: "Shows, downloads and checks the public data sets.",
    discussion: """
      They lie in a folder of data, each in a folder of its own name, which experiments read. \
      SADDLE_DATA names it; --into names another one.
      """,
    subcommands: [DataListCommand.self, DataFetchCommand.self, DataVerifyCommand.self],
    defaultSubcommand: DataListCommand.self)
}

/// The folder of data that a command works in.
struct DataFolderOption: ParsableArguments {
  @Option(
    name: [.customLong("into"), .customLong("in")],
    help: "The folder of data, instead of the one that SADDLE_DATA names.")
  var into: String?

  /// The folder; nil when neither the option nor the environment names one.
  var path: String? {
    let named = into ?? ProcessInfo.processInfo.environment["SADDLE_DATA"] ?? ""
    return named.isEmpty ? nil : named
  }

  /// The folder, which must be named.
  func required() throws -> String {
    guard let path else {
      throw UsageError("no folder of data: set SADDLE_DATA to one, or name it with --into")
    }
    return path
  }

  /// The sets of these names, all without any.
  static func sets(_ names: [String]) throws -> [PublishedSet] {
    if names.isEmpty { return PublishedSet.all }
    return try names.map { name in
      guard let set = PublishedSet.all.first(where: { $0.name == name }) else {
        let all = PublishedSet.all.map(\.name).joined(separator: ", ")
        throw UsageError("no public data set '\(name)'; there are \(all)")
      }
      return set
    }
  }
}
